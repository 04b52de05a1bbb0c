import { civilDateIfValid } from '../../../base/dates.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import type { Claim, CountedThing, Statement } from '../../../domain/digests/fact-check/claims.ts'
import type { ProjectRef } from '../../../domain/plan/plan.ts'
import type { Movement } from '../../../domain/status/movement.ts'
import { findProjectByTitle, type ReadEntry } from './read-entries.ts'

/** Sentences that count something, by the words after the number. */
const counted: readonly (readonly [RegExp, CountedThing])[] = [
  [/(\d[\d,]*) projects? got worse(?! in a dimension)/g, 'worse'],
  [/(\d[\d,]*) projects? got worse in a dimension/g, 'worse in a dimension'],
  [/(\d[\d,]*) projects? got better/g, 'better'],
  [/(\d[\d,]*) projects? no longer rated/g, 'no longer rated'],
  [/(\d[\d,]*) projects? rated for the first time/g, 'first rated'],
  [/(\d[\d,]*) projects? rated again/g, 'rated again'],
  [/(\d[\d,]*) projects? new in the plan/g, 'new'],
  [/(\d[\d,]*) projects? back in the plan/g, 'back in the plan'],
  [/(\d[\d,]*) projects? set aside(?! and live)/g, 'set aside'],
  [/(\d[\d,]*) projects? set aside and live again/g, 'set aside and live again'],
  [/(\d[\d,]*) projects? no longer in the plan/g, 'out of the plan'],
  [/(\d[\d,]*) projects? rated by another rule/g, 'rated by another rule'],
  [/(\d[\d,]*) projects? rated on another scale/g, 'another scale'],
  [/(\d[\d,]*) projects? in another workstream/g, 'in another workstream'],
  [/(\d[\d,]*) projects? renumbered/g, 'renumbered'],
  [/(\d[\d,]*) projects? not rated for another reason/g, 'still not rated'],
  [/(\d[\d,]*) milestones? newly overdue/g, 'newly overdue'],
  [/(\d[\d,]*) milestones? reopened/g, 'reopened'],
  [/(\d[\d,]*) milestones? newly at risk/g, 'newly at risk'],
  [/(\d[\d,]*) milestones? finished/g, 'finished'],
  [/(\d[\d,]*) milestones? (?:is|are) overdue/g, 'overdue'],
  [/(\d[\d,]*) dates? moved/g, 'moved'],
  [/milestones of (\d[\d,]*) other projects? were rated/g, 'rated by their milestones'],
  [/(\d[\d,]*) KPIs? changed colour/g, 'measures of another colour'],
  [/(\d[\d,]*) decisions? (?:is|are) needed/g, 'decisions'],
  [/needed, (\d[\d,]*) of others/g, 'decisions of others'],
]

/** Sentences that say that something is not there. */
const absences: readonly (readonly [RegExp, Statement])[] = [
  [/Nothing moved since/, { says: 'nothing moved' }],
  [/nothing is due by/, { says: 'nothing due' }],
  [/nothing is asked/, { says: 'count', of: 'decisions', count: 0 }],
  [/No project was updated/, { says: 'nobody updated' }],
  [/No project is rated yet/, { says: 'nothing rated' }],
  [/There is no project in the plan yet/, { says: 'no project yet' }],
  [/The first digest/, { says: 'first digest' }],
]

/** '1,234'. */
const numberOf = (text: string) => Number(text.replaceAll(',', ''))

/** What a sentence of ours says. */
export function sentenceClaims(text: string, content: DigestContent): Claim[] {
  const told: Statement[] = [
    ...counted.flatMap(([pattern, of]) =>
      [...text.matchAll(pattern)].map(
        ([, count = '']): Statement => ({ says: 'count', of, count: numberOf(count) }),
      ),
    ),
    ...absences.flatMap(([pattern, says]) => (pattern.test(text) ? [says] : [])),
    ...coverage(text),
    ...weekdays(text),
    ...stateCounts(text, content),
  ]
  return told.map((one) => ({ ...one, sentence: text }))
}

/** '41 of 47 projects updated this round, 2 others after it closed.' */
function coverage(text: string): Statement[] {
  const [, updated = '', of = ''] = /^(\d[\d,]*) of (\d[\d,]*) projects? updated/.exec(text) ?? []
  return updated ? [{ says: 'coverage', updated: numberOf(updated), of: numberOf(of) }] : []
}

const datePattern =
  /\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})\b/g
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function weekdays(text: string): Statement[] {
  return [...text.matchAll(datePattern)].flatMap(([, weekday = '', day, month = '', year]) => {
    const found = civilDateIfValid(Number(year), months.indexOf(month) + 1, Number(day))
    return found ? [{ says: 'weekday', weekday, day: found }] : []
  })
}

/** '◆ Red 3 (was 2)'. */
function stateCounts(text: string, { scheme }: DigestContent): Statement[] {
  return [...scheme.states, scheme.blank].flatMap(({ key, shape, label }) => {
    const begin = `${shape} ${label} `
    if (!text.startsWith(begin)) return []
    const [, count, was] = /^(\d+)(?: \(was (\d+)\))?$/.exec(text.slice(begin.length)) ?? []
    if (count === undefined) return []
    const state = { state: key, count: Number(count), was: was === undefined ? null : Number(was) }
    return [{ says: 'in state', ...state }]
  })
}

/** Words beside a title that say how it moved. */
const movementWords: readonly (readonly [RegExp, Movement])[] = [
  [/, worse\b/, 'worse'],
  [/, better\b/, 'better'],
  [/ for \d+ rounds/, 'same'],
  [/, rated for the first time/, 'first rated'],
  [/, rated again/, 'rated again'],
  [/, by another rule/, 'another rule'],
]

/** A workstream has its counts beside it, and a risk a rating of its own: only a project's history ends in letters. */
const historyEnding = / \([^()]+\)(, unconfirmed)?$/

/** What stands beside a project's title: its state, how it moved, for how many rounds. */
export function headClaims(
  { title, beside }: Pick<ReadEntry, 'title' | 'beside'>,
  { scheme }: DigestContent,
  projects: readonly ProjectRef[],
): Claim[] {
  const project = historyEnding.test(beside) ? findProjectByTitle(title, projects)?.id : undefined
  if (!project) return []
  const sentence = `${title}  ${beside}`
  const state = [...scheme.states, scheme.blank].find(({ shape, label }) =>
    beside.startsWith(`${shape} ${label}`),
  )
  const rounds = / for (\d+) rounds/.exec(beside)?.[1]
  const told: (Statement | undefined)[] = [
    state && { says: 'state', project, state: state.key },
    rounds === undefined ? undefined : { says: 'rounds', project, rounds: Number(rounds) },
    ...movementWords.map(([pattern, movement]): Statement | undefined =>
      pattern.test(beside) ? { says: 'movement', project, movement } : undefined,
    ),
  ]
  return told.flatMap((one) => (one ? [{ ...one, sentence }] : []))
}
