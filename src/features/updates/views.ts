import { addDays, type CivilDate, fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import type { Card } from '../../chat/cards.ts'
import { standsInFor } from '../../domain/calendars/calendar.ts'
import { named, shortTextOf, whenAndSlippage } from '../../domain/plan/format.ts'
import {
  awaitedUpdate,
  isAnswered,
  type Plan,
  type Project,
  stateOf,
  workstreamOf,
} from '../../domain/plan/plan.ts'
import { type Scheme, shown, stateByKey } from '../../domain/scheme/schemes.ts'
import { dueCard } from './cards.ts'

/** How many rows a card shows before it counts the rest: both platforms stay well within their limits. */
export const rowsShown = 12

/** "▲ Amber", "▲ Amber, awaiting confirmation; counts as ◆ Red". */
export function statedAs(project: Project, scheme: Scheme): string {
  const counting = shown(stateByKey(scheme, stateOf(project)))
  const awaited = awaitedUpdate(project)
  if (!awaited) return counting
  return `${shown(stateByKey(scheme, awaited.state))}, awaiting confirmation; counts as ${counting}`
}

/** Projects that a person leads, or whose workstream they lead; those too of whom they stand in for. */
export function projectsOf(plan: Plan, personId: string): Project[] {
  const theirs = [personId, ...standsInFor(plan.people.values(), personId, plan.asAt)]
  return plan.projects.filter((project) =>
    theirs.some(
      (id) => project.leads.includes(id) || workstreamOf(plan, project)?.leads.includes(id),
    ),
  )
}

export interface DueViewed {
  readonly plans: readonly Plan[]
  readonly personId: string
  readonly today: CivilDate
  /** How many days ahead, today included as 0. */
  readonly days: number
  readonly prefix: string
}

/**
 * What is late or due in the next `days`: of one's own projects; of the whole programme for its office, and for
 * members who lead nothing in it, such as sponsors. Those only read.
 */
export function dueView({ plans, personId, today, days, prefix }: DueViewed): Card {
  const until = addDays(today, days)
  const rows = plans.flatMap((plan) => {
    const office = plan.programmeOffice.includes(personId)
    const own = projectsOf(plan, personId)
    const mine = office || own.length > 0
    return (office || !mine ? plan.projects : own).flatMap((project) =>
      project.milestones.flatMap((milestone) =>
        milestone.doneOn === null && milestone.due !== null && milestone.due <= until
          ? [{ project, milestone, due: milestone.due, mine: mine && !isAnswered(milestone) }]
          : [],
      ),
    )
  })
  rows.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
  const late = rows.filter(({ due }) => due < today).length
  return dueCard({
    heading: `Due by ${fullDate(until)}`,
    intro:
      rows.length === 0
        ? 'Nothing is late and nothing is due.'
        : `${plural(rows.length, 'milestone')}${late > 0 ? `, ${late} of them late` : ''}.`,
    rows: rows.slice(0, rowsShown).map(({ project, milestone, mine }) => ({
      milestone: milestone.id,
      when: whenAndSlippage(milestone, today),
      title: named(project),
      about: shortTextOf(milestone),
      mine,
    })),
    more:
      rows.length > rowsShown
        ? `${rows.length - rowsShown} more are not listed. Type ${prefix} due with fewer days to see the next ones only.`
        : '',
  })
}
