import { fullDate } from '../../../base/dates.ts'
import { listOf, plural } from '../../../base/text.ts'
import {
  deliveryState,
  type Milestone,
  type Plan,
  type Project,
  textOf,
} from '../../../domain/plan/plan.ts'
import { slippage } from '../../../domain/plan/slippage.ts'
import { colourOf } from '../../../domain/rollup/rules.ts'
import { criteriaOf, criterionInWords, ruleInWords } from '../../../domain/scheme/criteria.ts'
import { type Scheme, type State, stateByKey } from '../../../domain/scheme/schemes.ts'
import type { Standing } from './milestone-cells.ts'
import type { Month } from './months.ts'
import type { SummaryRow } from './rows.ts'

/** A milestone, and where in the sheet it stands. */
export interface Placed {
  readonly project: Project
  readonly milestone: Milestone
  readonly standing: Standing
}

interface FooterAsked {
  readonly plan: Plan
  readonly scheme: Scheme
  readonly months: readonly [Month, Month]
  readonly placed: readonly Placed[]
  readonly ratingOf: (state: State) => string
  readonly remarks: readonly string[]
}

/**
 * Below the table: the day it speaks for, what the colours mean and how many there are, how a colour comes about, and
 * what its columns do not say of milestones. A moved date is told here, so that the cell keeps the words of the plan.
 */
export function footerOf(asked: FooterAsked): SummaryRow[] {
  const { plan, remarks } = asked
  const { asAt, programme, projects } = plan
  const said = [
    `As at ${fullDate(asAt)}: ${plural(projects.length, 'project')} in ${plural(plan.workstreams.length, 'workstream')}.`,
    ...remarks,
  ]
  const lines = [...ruleLines(asked, programme.settings), ...milestoneLines(asked)]
  return [...said.map(footer), ...keyRows(asked), ...lines.map(footer)]
}

const footer = (text: string): SummaryRow => ({ kind: 'footer', text })

/** The whole scale with its counts; of what is no colour only what there is. */
function keyRows({ plan, scheme, ratingOf }: FooterAsked): SummaryRow[] {
  const states = plan.projects.map((project) => stateByKey(scheme, colourOf(plan, project)))
  const countOf = ({ key }: State) => states.filter((state) => state.key === key).length
  const others = [...scheme.specials, scheme.blank].filter((state) => countOf(state) > 0)
  return [...scheme.states, ...others].map((state) => ({
    kind: 'key',
    state,
    rating: ratingOf(state),
    text: `${state.label}: ${plural(countOf(state), 'project')}`,
  }))
}

function ruleLines({ scheme }: FooterAsked, settings: Plan['programme']['settings']): string[] {
  const criteria = criteriaOf(settings)
  if (criteria.length === 0) return []
  return [
    `Criteria: ${criteria.map(criterionInWords).join('; ')}.`,
    `Rating: ${ruleInWords(scheme, criteria)}`,
  ]
}

function milestoneLines({ plan, months, placed }: FooterAsked): string[] {
  const { asAt } = plan
  const [first, second] = months
  const inSheet = placed.filter(({ standing }) => standing === 'first' || standing === 'second')
  const of = (wanted: ReturnType<typeof deliveryState>) =>
    inSheet.filter(({ milestone }) => deliveryState(milestone, asAt) === wanted)
  const out = (wanted: Standing) => placed.filter(({ standing }) => standing === wanted).length
  const notShown = [
    out('later') > 0 && `${plural(out('later'), 'milestone')} due after ${fullDate(second.last)}`,
    out('done before') > 0 && `${out('done before')} done and due before ${fullDate(first.first)}`,
  ].filter((part) => part !== false)
  const moved = inSheet.filter(({ milestone }) => slippage(milestone) !== null)
  return [
    `Milestones due in ${first.name} and ${second.name}; ${first.name} also has what is late and what has no date.`,
    ...(notShown.length > 0 ? [`Not in these columns: ${listOf(notShown)}.`] : []),
    ...listed('Done', of('completed'), ({ milestone }) => doneInWords(milestone)),
    ...listed('Late', of('missed'), ({ milestone }) =>
      milestone.due ? `was due ${fullDate(milestone.due)}` : '',
    ),
    ...listed('At risk', of('at risk'), ({ milestone }) => milestone.flag?.reason ?? ''),
    ...listed('Moved', moved, ({ milestone }) => slippage(milestone) ?? ''),
  ]
}

function doneInWords({ doneOn }: Milestone): string {
  return doneOn ? fullDate(doneOn) : ''
}

/** 'Late: 1.2 Mock up of website completed (was due Mon 13 Mar 2017)', one to a line. */
function listed(what: string, placed: readonly Placed[], more: (one: Placed) => string): string[] {
  return placed.map((one) => {
    const remark = more(one)
    return `${what}: ${one.project.ref} ${textOf(one.milestone)}${remark === '' ? '' : ` (${remark})`}`
  })
}
