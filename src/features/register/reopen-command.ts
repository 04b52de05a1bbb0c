import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { defineCommand, optionalText } from '../../chat/commands.ts'
import { addForm } from '../../chat/edit-form.ts'
import { parseWith } from '../../chat/fields.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { savedResult } from '../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingQuestion,
} from '../../domain/checks/safeguarding-guard.ts'
import { entryKinds } from '../../domain/register/entry.ts'
import { entryName } from '../../domain/register/format.ts'
import { entryToClose } from '../../domain/register/lookup.ts'
import { reopenEntry } from '../../domain/register/store.ts'
import { heardInThreadText } from './close-entry.ts'
import { enqueueReopened } from './decision-threads.ts'
import { entryQueryOf } from './entry-fields.ts'

const formValues = z.looseObject({
  entry: z.string().optional(),
  kind: z.string().toLowerCase().pipe(z.enum(entryKinds)).optional().catch(undefined),
  number: z.string().optional(),
  reason: z.string().catch(''),
})

/** What was closed too early, or decided otherwise: the closing stays in the history. */
export const reopenEntryCommand = defineCommand({
  name: 'reopen-entry',
  usages: ['reopen <kind> <number> [because <reason>]'],
  slots: { kind: oneOf(...entryKinds), number: slot.number, reason: slot.text },
  examples: ['reopen decision 2 because the Cabinet chose option C'],
  authority: ['close entry', 'close decision'],
  notifies: 'member',
  summary:
    'Open a closed entry of the register again, with the reason: a decision that was recorded wrongly is then decided anew.',
  args: z.object({
    entry: optionalText,
    kind: z.string().toLowerCase().pipe(z.enum(entryKinds)).optional(),
    number: optionalText,
    reason: optionalText,
    fine: optionalText,
  }),
  run: async (context, args) => {
    const found = await entryToClose(context, entryQueryOf(args))
    const { entry, programme } = found
    const name = entryName(entry)
    if (!entry.closing) throw new Refusal(`${name} is open. Nothing was changed.`)
    const { reason } = args
    if (!reason) throw fieldRefusal({ reason: 'Say why, in a few words: “because …”.' })
    const subject = { programmeId: programme.id, project: entry.project }
    await requireSafeguardingAnswer(context, subject, [reason], args.fine)
    if (!(await reopenEntry(context, entry.id, reason))) {
      throw new Refusal(`${name} is open. Nothing was changed.`)
    }
    const isHeard = entry.kind === 'decision' && (await enqueueReopened(context, found, reason))
    const { outcome } = entry.closing
    const line = `${name} is open again, as at ${fullDate(context.today)}.`
    const lines = [
      ...[line, entry.text, `Because: ${reason}`],
      ...(outcome ? [`Was: ${outcome}`] : []),
      ...(isHeard ? [heardInThreadText] : []),
    ]
    const saved = savedResult(lines, line)
    return isHeard ? { ...saved, heardIn: { programmeId: programme.id } } : saved
  },
  form: async (context, filled) => {
    const { reason, ...named } = parseWith(formValues, filled.values)
    const { entry, programme } = await entryToClose(context, entryQueryOf(named))
    const subject = { programmeId: programme.id, project: entry.project }
    return addForm(
      {
        heading: `Reopen ${entryName(entry).toLowerCase()}`,
        about: entry.text,
        ...{ button: 'Open again', verb: 'reopen-entry', data: { entry: entry.id } },
        question: await safeguardingQuestion(context, subject, [reason]),
      },
      [{ id: 'reason', label: 'Why?', kind: 'long', present: '' }],
      filled,
    )
  },
})
