import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { defineCommand, optionalText } from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { savedResult, undoButton } from '../../chat/notice.ts'
import { entryKinds } from '../../domain/register/entry.ts'
import { entryName } from '../../domain/register/format.ts'
import { entryToClose } from '../../domain/register/lookup.ts'
import { endEntry, heardInThreadText, reopenButton } from './close-entry.ts'
import { closeForm } from './close-form.ts'
import { entryQueryOf } from './entry-fields.ts'

/** Ends what is open, with how it ended; the entry itself stays as it was. */
export const closeCommand = defineCommand({
  name: 'close',
  usages: ['close <kind> <number> [because <outcome>]'],
  slots: { kind: oneOf(...entryKinds), number: slot.number, outcome: slot.text },
  examples: ['close decision 2 because the Cabinet chose option B', 'close action 4'],
  authority: ['close entry', 'close decision'],
  notifies: 'member',
  summary:
    'Close a risk, issue, action, decision, dependency or headline; of a decision, say what was decided.',
  args: z.object({
    entry: optionalText,
    kind: z.string().toLowerCase().pipe(z.enum(entryKinds)).optional(),
    number: optionalText,
    outcome: optionalText,
    fine: optionalText,
  }),
  run: async (context, args) => {
    const found = await entryToClose(context, entryQueryOf(args))
    const { entry, programme } = found
    const isHeard = await endEntry(context, found, args)
    const line = `${entryName(entry)} is closed, as at ${fullDate(context.today)}.`
    const ended = entry.kind === 'decision' ? 'Decided' : 'Because'
    const lines = [
      line,
      ...(entry.text ? [entry.text] : []),
      ...(args.outcome ? [`${ended}: ${args.outcome}`] : []),
      ...(isHeard ? [heardInThreadText] : []),
    ]
    const saved = savedResult(lines, line, [
      entry.kind === 'decision' ? reopenButton(entry.id) : undoButton({ closing: entry.id }),
    ])
    return isHeard ? { ...saved, heardIn: { programmeId: programme.id } } : saved
  },
  form: closeForm,
})
