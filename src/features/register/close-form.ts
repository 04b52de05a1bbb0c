import { z } from 'zod'
import type { Card } from '../../chat/cards.ts'
import type { FormState, QueryContext } from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import { listProblems } from '../../chat/form-problems.ts'
import { safeguardingQuestion } from '../../domain/checks/safeguarding-guard.ts'
import { namesOf } from '../../domain/people/names.ts'
import { type EntryKind, entryKinds } from '../../domain/register/entry.ts'
import { entryName, entryTitle, formatDetails, ownersOf } from '../../domain/register/format.ts'
import { assertOpen, entryToClose } from '../../domain/register/lookup.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { registerCloseFormCard } from './cards.ts'
import { entryQueryOf } from './entry-fields.ts'

const textInput = z.string().catch('')

const outcomeLabels: Readonly<Record<EntryKind, string>> = {
  risk: 'Why is it no longer a risk?',
  issue: 'What became of it?',
  action: 'What was done?',
  decision: 'What was decided, and by whom?',
  dependency: 'What became of it?',
  headline: 'Why does it go?',
}

const closeFormValues = z.object({
  entry: textInput,
  kind: textInput,
  number: textInput,
  outcome: textInput,
  fine: textInput,
})

const optionalKind = z.enum(entryKinds).optional().catch(undefined)

/** The form that closes an entry, which stands in it whole. */
export async function closeForm(context: QueryContext, filled: FormState): Promise<Card> {
  const values = parseWith(closeFormValues, filled.values)
  const kind = optionalKind.parse(values.kind.toLowerCase())
  const { entry, programme } = await entryToClose(context, entryQueryOf({ ...values, kind }))
  assertOpen(entry)
  const names = await namesOf(context.tx, ownersOf([entry]))
  const subject = { programmeId: programme.id, project: entry.project }
  const question = await safeguardingQuestion(context, subject, [values.outcome])
  return registerCloseFormCard({
    entry: entry.id,
    heading: `Close ${entryName(entry).toLowerCase()}`,
    title: entryTitle(entry),
    text: entry.text,
    lines: formatDetails(entry, {
      asAt: context.today,
      scheme: schemeOf(programme.settings),
      names,
    }),
    label: outcomeLabels[entry.kind],
    outcome: values.outcome,
    problems: listProblems(filled.problems),
    child: { question, fine: values.fine },
  })
}
