import { subDays } from 'date-fns/subDays'
import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { type CommandContext, defineCommand, optionalText } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { findEditableProject, requirePersonId } from '../../domain/plan/lookup.ts'
import { permissionsIn } from '../../domain/plan/permissions.ts'
import { fieldOf, undoRevision } from '../../domain/plan/revise.ts'
import { findRevision, latestRevisionBy } from '../../domain/plan/revision-store.ts'
import type { Revision } from '../../domain/plan/revisions.ts'
import { programmesOf } from '../../domain/plan/store.ts'
import { lockProgramme } from '../../domain/programme/lock.ts'
import { officeProvenance } from './office-lookup.ts'
import { describeItem, projectOfRevision } from './revised-item.ts'
import { revisedResult } from './revised-result.ts'

/** For how many days people may take back what they changed themselves; the programme office may at any time. */
const ownDays = 1

export const undo = defineCommand({
  name: 'undo',
  usages: ['undo [because <reason>]'],
  slots: { reason: slot.text },
  examples: ['undo', 'undo because that was the wrong project'],
  authority: ['change project'],
  summary:
    'Take back your last change of the plan, within a day. The history keeps both. The programme office may take back any change with its Undo button.',
  args: z.object({ revision: optionalText, reason: optionalText }),
  run: async (context, { revision: id, reason = null }) => {
    const revision = await findOwnOrNamed(context, id)
    await lockProgramme(context.tx, revision.programmeId)
    await assertMayUndo(context, revision)
    const said = officeProvenance(context)
    const undone = await undoRevision(context.tx, revision, { reason, said })
    const { label } = fieldOf(revision)
    const line = `Taken back: the ${label} is what it was before.`
    return revisedResult(undone, [await describeItem(context.tx, revision), line], line)
  },
})

async function findOwnOrNamed(
  { tx, actor, now }: CommandContext,
  id: string | undefined,
): Promise<Revision> {
  const personId = requirePersonId(actor)
  const programmeIds = (await programmesOf(tx, personId)).map((programme) => programme.id)
  if (id === undefined) {
    const latest = await latestRevisionBy(tx, programmeIds, personId, subDays(now, ownDays))
    if (latest) return latest
    throw new Refusal(
      'You changed nothing of the plan within the last day that could be taken back. Nothing was changed.',
    )
  }
  const named = isId(id) ? await findRevision(tx, programmeIds, id) : undefined
  if (named) return named
  throw new Refusal('That change is not here any more. Nothing was changed.')
}

/** @throws Refusal for somebody else's change, one that is too old, or a project that is not theirs any more */
async function assertMayUndo(context: CommandContext, revision: Revision): Promise<void> {
  const { tx, actor, now } = context
  const personId = requirePersonId(actor)
  const { isOffice } = await permissionsIn(tx, personId, revision.programmeId)
  if (isOffice) return
  const isOwn = revision.byId === personId && revision.at >= subDays(now, ownDays)
  const projectId = await projectOfRevision(tx, revision)
  if (!isOwn || projectId === null) {
    throw new Refusal(
      'Your programme office can take that back; you can take back your own changes for a day. Nothing was changed.',
    )
  }
  await findEditableProject(context, projectId)
}
