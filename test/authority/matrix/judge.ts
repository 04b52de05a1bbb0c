import type { RowChange } from '../../support/row-changes.ts'
import type { Outcome, Question } from './ask.ts'
import type { Expectation } from './expectations.ts'
import type { KnownThings } from './roles.ts'
import { type Things, thingsOfNothing } from './things.ts'

/** What somebody got, and what the same person gets who asks about nothing: about a programme that does not exist. */
export interface Answered {
  readonly question: Question
  readonly outcome: Outcome
  /** Undefined where it is not compared. */
  readonly ofNothing: Outcome | undefined
}

/** What an answer has to be, as the end of a sentence. */
const demands: Readonly<Record<Expectation, string>> = {
  '✓': 'it should be done, or told',
  '○': 'it should be answered',
  '–': 'it should be refused',
  '·': 'it should be answered as if the programme did not exist',
}

/** What is wrong with an answer about `things`, as sentences with its words. */
export function problemsOfAnswer(
  { question, outcome, ofNothing }: Answered,
  expected: Expectation,
  things: Things,
): string[] {
  const { ended, reply } = outcome
  const answer = JSON.stringify(reply)
  const names = namesIn(answer, things, question)
  const isAnswered = ended === 'answered' || ended === 'form'
  const isSame =
    ofNothing !== undefined &&
    withoutNames(answer, things) === withoutNames(JSON.stringify(ofNothing.reply), thingsOfNothing)
  const isRight: Readonly<Record<Expectation, boolean>> = {
    '✓': isAnswered && (names.length > 0 || !isSame),
    '○': isAnswered,
    '–': ended === 'refused',
    '·': isSame && names.length === 0,
  }
  return isRight[expected] ? [] : [`${demands[expected]}, and the answer is: ${answer}`]
}

/** Whether a question that is answered changes rows. */
export const isWrite = ({ command, way }: Question): boolean =>
  !command.isReadOnly && way !== 'opened'

/** What is wrong with the rows that were changed, as sentences. */
export function problemsOfChanges(
  question: Question,
  changes: readonly RowChange[],
  expected: Expectation,
  north: KnownThings,
): string[] {
  if (expected === '✓' && isWrite(question)) return changes.length > 0 ? [] : ['nothing changed']
  const wrong = expected === '·' ? changes.filter((change) => isOf(change, north)) : changes
  const tables = [...new Set(wrong.map(({ table }) => table))]
  return tables.map((table) => `a row of ${table} changed`)
}

/** Whether a row belongs to a programme: it holds one of its ids or its words. */
export function isOf(change: RowChange, { things, ids }: KnownThings): boolean {
  const row = JSON.stringify(change)
  return (
    ids.some((id) => row.includes(id)) || row.includes(things.canary) || row.includes(things.key)
  )
}

/** What of a programme's own words a text has that the question does not bring itself. */
export function namesIn(
  text: string,
  { canary, key }: Things,
  { input, at }: Pick<Question, 'input' | 'at'>,
): string[] {
  const asked = JSON.stringify({ input, at })
  return [canary, key].filter((name) => text.includes(name) && !asked.includes(name))
}

/** The text with what a request may name taken out, so that answers about two programmes can be compared. */
function withoutNames(text: string, things: Things): string {
  const named = Object.entries(things)
    .flatMap(([name, value]) => (typeof value === 'string' ? [{ name, value }] : []))
    .toSorted((one, other) => other.value.length - one.value.length)
  return named.reduce((rest, { name, value }) => rest.replaceAll(value, `<${name}>`), text)
}
