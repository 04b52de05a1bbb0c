import { civilDateIfValid } from '../../../base/dates.ts'
import type { Claim, ClaimOf, Statement } from '../../../domain/digests/fact-check/claims.ts'
import type { ProjectRef } from '../../../domain/plan/plan.ts'
import { confidence } from '../../../domain/scheme/schemes.ts'
import type { DimensionKey } from '../../../domain/status/dimensions.ts'

/** An entry of a list: its title, what stands beside it, and the lines below. */
export interface ReadEntry {
  readonly title: string
  readonly beside: string
  readonly lines: readonly string[]
}

/** So much of a title is enough to know a project by, besides its number. */
const titleLength = 40

export function findProjectByTitle(
  title: string,
  projects: readonly ProjectRef[],
): ProjectRef | undefined {
  return projects.find(
    (project) =>
      title.startsWith(`${project.ref} `) &&
      title.includes(project.title.slice(0, titleLength).trim()),
  )
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const dayOf = ([day, month = '', year]: readonly string[]) =>
  civilDateIfValid(Number(year), months.indexOf(month) + 1, Number(day))

const date = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\\d{1,2}) ([A-Z][a-z]{2}) (\\d{4})'
/** '2. Rota agreed: was due Fri 30 Jun 2017; …'. The last such words are ours: a milestone may be called so, too. */
const dueLine = new RegExp(`^(\\d+)\\. .*: (?:was )?due ${date}(?:;|$)`, 's')
/** '2. Rota agreed. Ana Lee: 3 days overdue; was …'. */
const overdueText = /^(\d+)\. .*[.:] (\d[\d,]*) days? overdue(?:;|$)/s

/** 'Closed on Fri 3 Mar 2017: finished', 'Live again since Wed 8 Mar 2017; it was …'. */
const lifeLine = new RegExp(
  `^(In the pipeline since|On hold since|Closed on|Live again since) ${date}(?:[:;,]|$)`,
)
const lifeWords: Readonly<Record<string, ClaimOf<'life'>['state']>> = {
  'In the pipeline since': 'pipeline',
  'On hold since': 'on hold',
  'Closed on': 'closed',
  'Live again since': 'live',
}

const dimensionsBegin = 'By dimension: '
/** 'Cost ◆ Red, was Green'. */
const dimensionText = /^(?<name>[A-Z][a-z ]+) \S+ (?<state>[^,]+?)(?:, was (?<was>.+))?$/u
const dimensionNames = new Map<string | undefined, DimensionKey>([
  ...([
    ['Time', 'time'],
    ['Cost', 'cost'],
    ['Scope', 'scope'],
    ['Benefits', 'benefits'],
  ] as const),
  ...([
    ['Risk', 'risk'],
    ['Quality', 'quality'],
    ['Delivery confidence', 'confidence'],
  ] as const),
])

function dimensionStatements(project: string, line: string): Statement[] {
  if (!line.startsWith(dimensionsBegin)) return []
  const key = (label: string) =>
    confidence.states.find((state) => state.label === label)?.key ?? label
  return line
    .slice(dimensionsBegin.length)
    .split('; ')
    .flatMap((text) => {
      const { name, state = '', was } = dimensionText.exec(text)?.groups ?? {}
      const dimension = dimensionNames.get(name)
      if (!dimension) return []
      const before = was === undefined ? null : key(was)
      return [{ says: 'dimension', project, dimension, state: key(state), was: before } as const]
    })
}

/**
 * What the lines of an entry say of a milestone: when it was due, or for how many days it has been overdue; and of a
 * project, that it is set aside or live again since a day, or how it stands by dimension.
 */
export function entryClaims(
  { title, beside, lines }: ReadEntry,
  projects: readonly ProjectRef[],
): Claim[] {
  const project = findProjectByTitle(title, projects)?.id
  if (!project) return []
  const told = lines.flatMap((line): Statement[] => {
    const [, number, ...dueDate] = dueLine.exec(line) ?? []
    const due = dayOf(dueDate)
    return due ? [{ says: 'due', project, number: Number(number), due }] : []
  })
  told.push(...dimensionStatements(project, lines[0] ?? ''))
  const [, words = '', ...since] = lifeLine.exec(lines[0] ?? '') ?? []
  const [state, onDay] = [lifeWords[words], dayOf(since)]
  if (state && onDay) told.push({ says: 'life', project, state, onDay })
  const [, number, days = ''] = overdueText.exec(beside) ?? []
  if (number) {
    const overdue = Number(days.replaceAll(',', ''))
    told.push({ says: 'overdue', project, number: Number(number), days: overdue })
  }
  return told.map((one) => ({ ...one, sentence: [`${title}  ${beside}`, ...lines].join(' ') }))
}
