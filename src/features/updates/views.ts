import { type CivilDate, fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { buttonTo } from '../../chat/card-button.ts'
import type { Card } from '../../chat/cards.ts'
import {
  formatProject,
  formatTimingWithSlippage,
  shortMilestoneText,
} from '../../domain/plan/format.ts'
import { projectsLedBy } from '../../domain/plan/led-projects.ts'
import { hasCompletion, type Plan } from '../../domain/plan/plan.ts'
import { dueCard } from './cards.ts'

/** How many rows a card shows before it counts the rest: both platforms stay well within their limits. */
export const rowsShown = 12

export interface DueViewInput {
  readonly plans: readonly Plan[]
  readonly personId: string
  readonly today: CivilDate
  /** The last day that counts; before today for what is overdue alone. */
  readonly until: CivilDate
  readonly prefix: string
}

/**
 * What is overdue or due up to a day: of one's own projects; of the whole programme for its office, and for
 * members who lead nothing in it, such as sponsors. Those only read.
 */
export function dueView({ plans, personId, today, until, prefix }: DueViewInput): Card {
  const rows = plans.flatMap((plan) => {
    const office = plan.programmeOffice.includes(personId)
    const own = projectsLedBy(plan, personId)
    const mine = office || own.length > 0
    return (office || !mine ? plan.projects : own).flatMap((project) =>
      project.milestones.flatMap((milestone) =>
        milestone.doneOn === null && milestone.due !== null && milestone.due <= until
          ? [{ project, milestone, due: milestone.due, mine: mine && !hasCompletion(milestone) }]
          : [],
      ),
    )
  })
  rows.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
  const overdue = rows.filter(({ due }) => due < today).length
  return dueCard({
    heading: until < today ? 'Overdue' : `Due by ${fullDate(until)}`,
    intro:
      rows.length === 0
        ? 'Nothing is overdue and nothing is due.'
        : `${plural(rows.length, 'milestone')}${overdue > 0 ? `, ${overdue} of them overdue` : ''}.`,
    rows: rows.slice(0, rowsShown).map(({ project, milestone, mine }) => ({
      when: formatTimingWithSlippage(milestone, today),
      title: formatProject(project),
      about: shortMilestoneText(milestone),
      buttons: mine ? answerButtons({ milestone: milestone.id }) : [],
    })),
    more:
      rows.length > rowsShown
        ? `${rows.length - rowsShown} more are not listed. Type ${prefix} due with fewer days to see the next ones only.`
        : '',
  })
}

const answerButtons = (data: { readonly milestone: string }) => [
  buttonTo('Done', 'done', data, 'positive'),
  buttonTo('Move date', 'move:form', data),
]
