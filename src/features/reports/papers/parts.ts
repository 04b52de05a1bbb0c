import { type CivilDate, fullDate } from '../../../base/dates.ts'
import { missing, type PaperBlock, type PaperCell } from '../../../base/papers/paper.ts'
import type { MeasureEntry } from '../../../domain/digests/content/measure-entries.ts'
import {
  type Commentary,
  isWithheldCommentary,
  withheldText,
} from '../../../domain/digests/withheld.ts'
import { directionTexts } from '../../../domain/measures/format.ts'
import { formatMilestoneTiming } from '../../../domain/plan/format.ts'
import {
  type Milestone,
  milestoneText,
  type Project,
  type Workstream,
} from '../../../domain/plan/plan.ts'
import type { Audience } from '../../../domain/programme/audience.ts'
import { colourStyles } from '../../../domain/scheme/palette.ts'
import { formatState, rag, type State, stateByKey } from '../../../domain/scheme/schemes.ts'
import type { Movement } from '../../../domain/status/movement.ts'
import { readers } from './layout.ts'
import type { PaperSnapshot } from './snapshot.ts'

/** What the layouts have in common: cells, and tables of one kind of thing. */

/** What stands in a cell where nothing is recorded. */
export const nothing = '–'
export const dashNote = 'A dash says that nothing is recorded there.'

export const textCell = (text: string | null | undefined): PaperCell => ({ text: text || nothing })

/** '◆ Red' on its colour; what is no colour stands without one. */
export function stateCell(state: Pick<State, 'label' | 'shape' | 'colour'>, more = ''): PaperCell {
  const { fill, ink } = colourStyles[state.colour]
  const text = [formatState(state), more].filter(Boolean).join('\n')
  return state.colour === 'grey' ? { text } : { text, bold: true, look: { fill, ink } }
}

/** A table, or a sentence that says why there is none. */
export function tableOr(
  none: string,
  caption: string,
  columns: readonly (readonly [heading: string, share: number])[],
  rows: readonly PaperCell[][],
): PaperBlock {
  if (rows.length === 0) return missing(none)
  return {
    kind: 'table',
    caption,
    columns: columns.map(([heading, share]) => ({ heading, share })),
    rows: [...rows],
  }
}

/** A list, or a sentence that says why there is none. */
export function listOr(none: string, items: readonly string[]): PaperBlock {
  return items.length === 0 ? missing(none) : { kind: 'list', items: [...items] }
}

/** Of what only the board and the programme's own people read: why it is not there. */
export function noneFor(reader: Audience, what: string, none: string): string {
  return reader === 'public' ? `${what} are not shown to ${readers.public}.` : none
}

/** Who answers for a project, by the rule of the digest; '' where nobody is recorded or may be named. */
export function ownersOf({ digest }: PaperSnapshot, { id }: Pick<Project, 'id'>): string {
  return (digest.owners?.[id] ?? []).join(', ')
}

/** The leads of a workstream, by the same rule. */
export function leadsOf({ plan, digest }: PaperSnapshot, { leads }: Workstream): string {
  if (digest.owners === null) return ''
  return leads.flatMap((id) => plan.people.get(id)?.name ?? []).join(', ')
}

/** What somebody wrote about a project, or the sentence in place of words that these readers may not see. */
export const commentaryCell = (said: Commentary | null): PaperCell =>
  textCell(isWithheldCommentary(said) ? withheldText : said)

export const dayText = (day: CivilDate | null): string => (day ? fullDate(day) : nothing)

/** Better and worse are said with an arrow and in words; all else as the digest has it. */
export function directionOf(movement: Movement | undefined): string {
  if (movement === undefined || movement === 'new') return 'Nothing to compare with'
  const arrows: Partial<Record<Movement, string>> = { better: '↑ ', worse: '↓ ', same: '→ ' }
  return `${arrows[movement] ?? ''}${movement}`
}

/** '1 Red, 0 Amber, 4 Green, 2 not rated'. @param said the key of each one's state; none where it has none */
export function countsText(
  states: readonly State[],
  said: readonly (string | null | undefined)[],
): string {
  const counts = states.map(({ key, label }) => ({
    label,
    count: said.filter((one) => one === key).length,
  }))
  const rest = said.length - counts.reduce((sum, { count }) => sum + count, 0)
  return [
    ...counts.map(({ label, count }) => `${count} ${label}`),
    ...(rest > 0 ? [`${rest} not rated`] : []),
  ].join(', ')
}

export const measureColumns = [
  ['Number', 0.9],
  ['Measure', 5],
  ['Target', 1.8],
  ['Last reading', 1.8],
  ['Period', 1.8],
  ['Rating', 1.4],
  ['Direction of travel', 1.5],
] as const

const kindTexts = { kpi: 'KPI', quality: 'Quality', feedback: 'Feedback' }

/** 'KPI 3' */
export const measureName = ({ kind, number }: Pick<MeasureEntry, 'kind' | 'number'>): string =>
  `${kindTexts[kind]} ${number}`

/** Measures are rated by RAG, whatever the programme's own scheme is. */
export function measureRow(measure: MeasureEntry): PaperCell[] {
  const { title, target, reading, period, state, direction } = measure
  return [
    { text: measureName(measure) },
    { text: title },
    textCell(target),
    textCell(reading),
    textCell(period),
    state === null ? { text: 'Not rated' } : stateCell(stateByKey(rag, state)),
    { text: direction ? directionTexts[direction] : 'Not known' },
  ]
}

export interface ProjectMilestone {
  readonly project: Project
  readonly milestone: Milestone
}

export const milestonesOf = (projects: readonly Project[]): ProjectMilestone[] =>
  projects.flatMap((project) => project.milestones.map((milestone) => ({ project, milestone })))

/** Milestones with when they are due or were done. `none`: what is said where there are none. */
export function milestonesTable(
  milestones: readonly ProjectMilestone[],
  asAt: CivilDate,
  { none, caption }: { readonly none: string; readonly caption: string },
): PaperBlock {
  return tableOr(
    none,
    caption,
    [
      ['Project', 2.5],
      ['Milestone', 5],
      ['When', 2.5],
    ],
    milestones.map(({ project, milestone }) => [
      { text: `${project.ref} ${project.title}` },
      { text: milestoneText(milestone) },
      { text: formatMilestoneTiming(milestone, asAt) },
    ]),
  )
}
