import { fullDate } from '../../../base/dates.ts'
import { listOf, plural } from '../../../base/text.ts'
import {
  deliveryState,
  type Milestone,
  milestoneText,
  type Plan,
  type Project,
} from '../../../domain/plan/plan.ts'
import { formatSlippage } from '../../../domain/plan/slippage.ts'
import { criteriaOf, formatCriteriaRule, formatCriterion } from '../../../domain/scheme/criteria.ts'
import type { Scheme, State } from '../../../domain/scheme/schemes.ts'
import { ratingContextOf, ratingOf } from '../../../domain/status/rating.ts'
import type { MilestonePlacement } from './milestone-cells.ts'
import type { Month } from './months.ts'
import type { SummaryRow } from './rows.ts'

/** A milestone, and where in the sheet it stands. */
export interface PlacedMilestone {
  readonly project: Project
  readonly milestone: Milestone
  readonly placement: MilestonePlacement
}

interface FooterInput {
  readonly plan: Plan
  readonly scheme: Scheme
  readonly months: readonly [Month, Month]
  readonly placed: readonly PlacedMilestone[]
  readonly ratingCell: (state: State) => string
  readonly remarks: readonly string[]
}

/**
 * Below the table: the day it speaks for, what the colours mean and how many there are, how a colour comes about, and
 * what its columns do not say of milestones. A moved date is told here, so that the cell keeps the words of the plan.
 */
export function footerOf(input: FooterInput): SummaryRow[] {
  const { plan, remarks } = input
  const { asAt, programme, projects } = plan
  const intro = [
    `As at ${fullDate(asAt)}: ${plural(projects.length, 'project')} in ${plural(plan.workstreams.length, 'workstream')}.`,
    ...remarks,
  ]
  const lines = [...ruleLines(input, programme.settings), ...milestoneLines(input)]
  return [...intro.map(footerRow), ...keyRows(input), ...lines.map(footerRow)]
}

const footerRow = (text: string): SummaryRow => ({ kind: 'footer', text })

/** The whole scale with its counts; of what is no colour only what there is. */
function keyRows({ plan, scheme, ratingCell }: FooterInput): SummaryRow[] {
  const context = ratingContextOf(plan)
  const states = plan.projects.map((project) => ratingOf(project, context).state)
  const countOf = ({ key }: State) => states.filter((state) => state.key === key).length
  const others = [...scheme.specials, scheme.blank].filter((state) => countOf(state) > 0)
  return [...scheme.states, ...others].map((state) => ({
    kind: 'key',
    state,
    rating: ratingCell(state),
    text: `${state.label}: ${plural(countOf(state), 'project')}`,
  }))
}

function ruleLines({ scheme }: FooterInput, settings: Plan['programme']['settings']): string[] {
  const criteria = criteriaOf(settings)
  if (criteria.length === 0) return []
  return [
    `Criteria: ${criteria.map(formatCriterion).join('; ')}.`,
    `Rating: ${formatCriteriaRule(scheme, criteria)}`,
  ]
}

function milestoneLines({ plan, months, placed }: FooterInput): string[] {
  const { asAt } = plan
  const [first, second] = months
  const inSheet = placed.filter(({ placement }) => placement === 'first' || placement === 'second')
  const of = (wanted: ReturnType<typeof deliveryState>) =>
    inSheet.filter(({ milestone }) => deliveryState(milestone, asAt) === wanted)
  const out = (wanted: MilestonePlacement) =>
    placed.filter(({ placement }) => placement === wanted).length
  const notShown = [
    out('later') > 0 && `${plural(out('later'), 'milestone')} due after ${fullDate(second.last)}`,
    out('done before') > 0 && `${out('done before')} done and due before ${fullDate(first.first)}`,
  ].filter((part) => part !== false)
  const moved = inSheet.filter(({ milestone }) => formatSlippage(milestone) !== null)
  return [
    `Milestones due in ${first.name} and ${second.name}; ${first.name} also has what is overdue and what has no date.`,
    ...(notShown.length > 0 ? [`Not in these columns: ${listOf(notShown)}.`] : []),
    ...milestoneLinesFor('Done', of('completed'), ({ milestone }) => formatDone(milestone)),
    ...milestoneLinesFor('Overdue', of('missed'), ({ milestone }) =>
      milestone.due ? `was due ${fullDate(milestone.due)}` : '',
    ),
    ...milestoneLinesFor('At risk', of('at risk'), ({ milestone }) => milestone.flag?.reason ?? ''),
    ...milestoneLinesFor('Moved', moved, ({ milestone }) => formatSlippage(milestone) ?? ''),
  ]
}

function formatDone({ doneOn, completion }: Milestone): string {
  return doneOn && !completion?.isDayUnknown ? fullDate(doneOn) : ''
}

/** 'Overdue: 1.2 Mock up of website completed (was due Mon 13 Mar 2017)', one to a line. */
function milestoneLinesFor(
  what: string,
  placed: readonly PlacedMilestone[],
  more: (one: PlacedMilestone) => string,
): string[] {
  return placed.map((one) => {
    const remark = more(one)
    return `${what}: ${one.project.ref} ${milestoneText(one.milestone)}${remark === '' ? '' : ` (${remark})`}`
  })
}
