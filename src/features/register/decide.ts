import { z } from 'zod'
import { loadProgrammeRoles } from '../../authority/programme-roles.ts'
import { fullDate } from '../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { shorten } from '../../base/text.ts'
import { defineCommand, optionalText, type QueryContext } from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import { listProblems } from '../../chat/form-problems.ts'
import { slot } from '../../chat/grammar.ts'
import { savedResult } from '../../chat/notice.ts'
import { safeguardingQuestion } from '../../domain/checks/safeguarding-guard.ts'
import { findProgramme, requirePersonId } from '../../domain/plan/lookup.ts'
import type { Entry } from '../../domain/register/entry.ts'
import { entryName } from '../../domain/register/format.ts'
import { loadEntries } from '../../domain/register/load-entries.ts'
import { entryToClose } from '../../domain/register/lookup.ts'
import { mayClose } from '../../domain/register/permissions.ts'
import { registerAsAt } from '../../domain/register/rules.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { maxChoices, maxTitleLength } from '../../domain/status/project-choices.ts'
import { decideFormCard } from './cards.ts'
import { endEntry, heardInThreadText, reopenButton } from './close-entry.ts'

const missingDecisionText = 'Choose the decision.'

/** Records a decision, its day and who recorded it. The thread of the digest that asked for it says so. */
export const decideCommand = defineCommand({
  name: 'decide',
  usages: ['decide <number> <outcome>'],
  slots: { number: slot.number, outcome: slot.text },
  examples: ['decide 3 The Cabinet agreed the money'],
  authority: ['close decision'],
  notifies: 'member',
  summary: 'Record what was decided, and by whom: “decide 3 The Cabinet agreed the money”.',
  args: z.object({
    entry: optionalText,
    number: optionalText,
    outcome: optionalText,
    fine: optionalText,
    programme: optionalText,
  }),
  run: async (context, args) => {
    const named = args.entry ?? args.number
    if (!named) throw fieldRefusal({ entry: missingDecisionText })
    const found = await entryToClose(context, { kind: 'decision', number: named })
    const { entry, programme } = found
    const isHeard = await endEntry(context, found, args)
    const line = `${entryName(entry)} is recorded as decided on ${fullDate(context.today)}.`
    const heard = isHeard ? [heardInThreadText] : []
    const lines = [line, entry.text, `Decided: ${args.outcome ?? ''}`, ...heard]
    const buttons = [
      // Teams shows the answer in place of the digest, to that person alone: a button leads back to it.
      ...(context.message ? [{ title: 'Back', verb: 'back', data: {} }] : []),
      reopenButton(entry.id),
    ]
    const saved = savedResult(lines, line, buttons)
    return isHeard ? { ...saved, heardIn: { programmeId: programme.id } } : saved
  },
  form: async (context, filled) => {
    const values = parseWith(formValues, filled.values)
    const { programme, open } = await loadOpenDecisions(context, values.programme || undefined)
    const chosen = open.find(({ id }) => id === values.entry)
    const question = chosen
      ? await safeguardingQuestion(
          context,
          { programmeId: programme.id, project: chosen.project },
          [values.outcome],
        )
      : ''
    return decideFormCard({
      programme: programme.key,
      choices: open.slice(0, maxChoices).map((entry) => ({
        title: shorten(`${entry.number}. ${entry.text}`, maxTitleLength),
        value: entry.id,
      })),
      entry: chosen?.id ?? '',
      outcome: values.outcome,
      problems: listProblems(filled.problems),
      child: { question, fine: values.fine },
    })
  },
})

const text = z.string().catch('')
const formValues = z.object({ programme: text, entry: text, outcome: text, fine: text })

/** The open decisions whose outcome the person may record. @throws Refusal where there is none */
async function loadOpenDecisions({ tx, actor, today }: QueryContext, key: string | undefined) {
  const programme = await findProgramme(tx, actor, key)
  const entries = await loadEntries(tx, programme.id)
  const { decisions } = registerAsAt(entries, today, schemeOf(programme.settings))
  const query = { personId: requirePersonId(actor), programmeId: programme.id, today }
  const roles = await loadProgrammeRoles(tx, query)
  const open: readonly Entry[] = decisions.filter((entry) => mayClose(roles, entry))
  if (open.length > 0) return { programme, open }
  const why =
    decisions.length === 0
      ? `No decision is needed in ${programme.title}.`
      : 'Thank you, but decisions are recorded by those who asked for them, sponsors and the programme office.'
  throw new Refusal(`${why} Nothing was saved.`)
}
