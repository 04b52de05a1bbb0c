import { civilDateIfValid } from '../../../base/dates.ts'
import type { Claim, Statement } from '../../../domain/digests/fact-check/claims.ts'
import type { ProjectRef } from '../../../domain/plan/plan.ts'

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
const date = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\\d{1,2}) ([A-Z][a-z]{2}) (\\d{4})'
/** '2. Rota agreed: was due Fri 30 Jun 2017; …'. The last such words are ours: a milestone may be called so, too. */
const dueLine = new RegExp(`^(\\d+)\\. .*: (?:was )?due ${date}(?:;|$)`, 's')
/** '2. Rota agreed. Ana Lee: 3 days overdue; was …'. */
const overdueText = /^(\d+)\. .*[.:] (\d+) days? overdue(?:;|$)/s

/** What the lines of an entry say of a milestone: when it was due, or for how many days it has been overdue. */
export function entryClaims(
  { title, beside, lines }: ReadEntry,
  projects: readonly ProjectRef[],
): Claim[] {
  const project = findProjectByTitle(title, projects)?.id
  if (!project) return []
  const told = lines.flatMap((line): Statement[] => {
    const [, number, day, month = '', year] = dueLine.exec(line) ?? []
    const due = civilDateIfValid(Number(year), months.indexOf(month) + 1, Number(day))
    return due ? [{ says: 'due', project, number: Number(number), due }] : []
  })
  const [, number, days] = overdueText.exec(beside) ?? []
  if (number) told.push({ says: 'overdue', project, number: Number(number), days: Number(days) })
  return told.map((one) => ({ ...one, sentence: [`${title}  ${beside}`, ...lines].join(' ') }))
}
