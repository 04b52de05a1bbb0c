import { askOnce, type Question, questionsOf } from './ask.ts'
import { type Expectation, type ExpectationRow, symbols } from './expectations.ts'
import { isWrite, problemsOfAnswer, problemsOfChanges } from './judge.ts'
import { askings } from './requests.ts'
import type { Role } from './roles.ts'
import type { Stage } from './stage.ts'
import { thingsOfNothing } from './things.ts'

/** A question about the programme, and the same about one that does not exist. */
interface Pair {
  readonly question: Question
  readonly ofNothing: Question
}

/**
 * What is otherwise than a row of the table says, as sentences; empty where all is right. Those who are to change
 * nothing ask at the same moment, so a sentence about changed rows may name several of them.
 */
export async function problemsOf(
  stage: Stage,
  row: ExpectationRow,
  roles: readonly Role[],
): Promise<string[]> {
  const problems: string[] = []
  for (const pair of pairsOf(stage, row)) {
    for (const expected of symbols) {
      const those = roles.filter((role) => row.of[role] === expected)
      const groups =
        expected === '✓' && isWrite(pair.question) ? those.map((one) => [one]) : [those]
      for (const group of groups) {
        const found = await problemsTogether(stage, pair, expected, group)
        problems.push(...found.map((one) => `${row.name}, ${pair.question.way}, ${one}`))
      }
    }
  }
  return problems
}

/** The questions of a row. @throws Error that says what to mend in requests.ts */
function pairsOf({ cast }: Stage, { name, command }: ExpectationRow): Pair[] {
  const asking = askings[name]
  if (!asking) throw new Error(`Say in requests.ts how “${name}” is asked.`)
  const ofNothing = questionsOf(asking(thingsOfNothing))
  return questionsOf(asking(cast.north.things)).map((question, at) => {
    if (question.command.name !== command)
      throw new Error(`“${name}” asks ${question.command.name}: mend its line in requests.ts.`)
    return { question, ofNothing: ofNothing[at] ?? question }
  })
}

async function problemsTogether(
  stage: Stage,
  { question, ofNothing }: Pair,
  expected: Expectation,
  roles: readonly Role[],
): Promise<string[]> {
  const { north } = stage.cast
  const { outcomes, changes } = await askTogether(stage, question, roles)
  const isCompared = expected === '·' || (expected === '✓' && question.command.isReadOnly)
  const unknown = isCompared ? await askTogether(stage, ofNothing, roles) : undefined
  const problems = [...outcomes].flatMap(([role, outcome]) => {
    const wrong = problemsOfAnswer(
      { question, outcome, ofNothing: unknown?.outcomes.get(role) },
      expected,
      north.things,
    )
    return wrong.map((problem) => `${role}: ${problem}`)
  })
  const wrongRows = problemsOfChanges(question, changes, expected, north)
  return [...problems, ...wrongRows.map((problem) => `${roles.join(' or ')}: ${problem}`)]
}

/** What each of them gets, and all rows that changed, which are put back. */
async function askTogether(
  { db, cast, changes }: Stage,
  question: Question,
  roles: readonly Role[],
) {
  const asked = roles.map(
    async (role) => [role, await askOnce(db, cast.askers[role], question)] as const,
  )
  const outcomes = new Map(await Promise.all(asked))
  return { outcomes, changes: await changes.undo() }
}
