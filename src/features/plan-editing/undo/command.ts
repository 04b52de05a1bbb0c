import { subDays } from 'date-fns/subDays'
import { z } from 'zod'
import { Refusal } from '../../../base/errors.ts'
import { isId } from '../../../base/ids.ts'
import { listOf } from '../../../base/text.ts'
import {
  type Command,
  type CommandContext,
  defineCommand,
  optionalText,
} from '../../../chat/commands.ts'
import { oneOf, slot } from '../../../chat/grammar.ts'
import { savedResult, undoButton } from '../../../chat/notice.ts'
import { lastImport } from '../../../domain/imports/import-store.ts'
import { findEditableProject, mayIn, requirePersonId } from '../../../domain/plan/lookup.ts'
import { programmesOf } from '../../../domain/plan/store.ts'
import { lockProgramme } from '../../../domain/programme/lock.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { attributes } from './attributes.ts'
import { completions } from './completions.ts'
import { correctingDigests, type EditDigestMessage } from './correct-digests.ts'
import { flags } from './flags.ts'
import { handovers } from './handovers.ts'
import { imports, undoableImport } from './imports.ts'
import { milestoneRatings } from './milestone-ratings.ts'
import { money } from './money.ts'
import { moves } from './moves.ts'
import { readings } from './readings.ts'
import { closings, reviews } from './register.ts'
import { revisions } from './revisions.ts'
import { roles } from './roles.ts'
import { settings } from './settings.ts'
import type { Undoable, UndoableKind } from './undoable.ts'
import { updates } from './updates.ts'

/** For how many days people may take back what they said themselves; the programme office may at any time. */
const ownDays = 1

const kinds: readonly UndoableKind[] = [
  ...[updates, completions, moves, flags, milestoneRatings, readings],
  ...[revisions, handovers, imports, roles, attributes, settings],
  ...[closings, reviews, money],
]

const undoArgs = z.object({
  update: optionalText,
  done: optionalText,
  move: optionalText,
  reading: optionalText,
  revision: optionalText,
  handover: optionalText,
  import: optionalText,
  role: optionalText,
  attribute: optionalText,
  flag: optionalText,
  rating: optionalText,
  setting: optionalText,
  closing: optionalText,
  review: optionalText,
  money: optionalText,
  /** The last import of the programme, whenever and by whom it was. */
  what: z.literal('import', { error: 'Say “undo” or “undo import”.' }).optional(),
  reason: optionalText,
})
type UndoArgs = z.infer<typeof undoArgs>

/** `edit` shows in a posted digest that something it told was taken back. */
export const createUndoCommand = (edit: EditDigestMessage): Command =>
  defineCommand({
    name: 'undo',
    usages: ['undo [because <reason>]', 'undo <what> [because <reason>]'],
    slots: { what: oneOf('import'), reason: slot.text },
    examples: [
      'undo',
      'undo because that was the wrong project',
      'undo import because it was an old sheet',
    ],
    authority: ['change project'],
    notifies: 'member',
    summary:
      'Take back the last thing that you said or changed, within a day: an update, a milestone done or moved, a reading, a change of the plan or of the register, an import. The history keeps both. The programme office may take back anything with its Undo button, and “undo import” the last sheet as a whole.',
    args: undoArgs,
    run: async (context, args) => {
      const undoable = await findUndoable(context, args)
      await lockProgramme(context.tx, undoable.programmeId)
      await assertMayUndo(context, undoable)
      const { result, corrected } = await correctingDigests(context, undoable, edit, () =>
        undoable.takeBack(context, args.reason ?? null),
      )
      const { lines, redo } = result
      const saved = savedResult(
        [...lines, ...correctedLines(corrected)],
        lines.join(': '),
        redo ? [undoButton(redo)] : [],
      )
      if (corrected.length === 0) return saved
      return { ...saved, heardIn: { programmeId: undoable.programmeId } }
    },
  })

function correctedLines(numbers: readonly number[]): string[] {
  if (numbers.length === 0) return []
  const digests = `${numbers.length === 1 ? 'Digest' : 'Digests'} ${listOf(numbers.map(String))}`
  return [`${digests} told it: marked as corrected where posted. It can take a minute.`]
}

/** What a button names, or the last thing that the person said. @throws Refusal where there is none */
async function findUndoable(context: CommandContext, args: UndoArgs): Promise<Undoable> {
  const { tx, actor, now } = context
  const personId = requirePersonId(actor)
  const programmeIds = (await programmesOf(tx, personId)).map(({ id }) => id)
  const named = kinds.find(({ arg }) => args[arg] !== undefined)
  if (named) {
    const id = args[named.arg] ?? ''
    const found = isId(id) ? await named.find(tx, programmeIds, id) : undefined
    if (found) return found
    throw new Refusal('That was taken back already, or is not here any more. Nothing was changed.')
  }
  if (args.what) return lastImportOf(tx, programmeIds)
  const own: Undoable[] = []
  for (const kind of kinds) {
    const latest = await kind.latest(tx, programmeIds, personId, subDays(now, ownDays))
    if (latest) own.push(latest)
  }
  const [last] = own.toSorted((one, other) => other.at.getTime() - one.at.getTime())
  if (last) return last
  throw new Refusal(
    'You said and changed nothing within the last day that could be taken back. Nothing was changed.',
  )
}

/** @throws Refusal where there is none */
async function lastImportOf(tx: ReadTx, programmeIds: readonly string[]): Promise<Undoable> {
  const last = await lastImport(tx, programmeIds)
  if (last) return undoableImport(last)
  throw new Refusal('There is no import that could be taken back. Nothing was changed.')
}

/** @throws Refusal for somebody else's words, for what is too old, or a project that is not theirs any more */
async function assertMayUndo(context: CommandContext, undoable: Undoable): Promise<void> {
  const { actor, now } = context
  const { programmeId, projectId, byId, at, checksRight } = undoable
  const personId = requirePersonId(actor)
  if (await mayIn(context, 'change plan', { id: programmeId })) return
  const isOwn = byId === personId && at >= subDays(now, ownDays)
  if (isOwn && checksRight) return
  if (!isOwn || projectId === null) {
    throw new Refusal(
      'Your programme office can take that back; you can take back what you said yourself for a day. Nothing was changed.',
    )
  }
  await findEditableProject(context, projectId)
}
