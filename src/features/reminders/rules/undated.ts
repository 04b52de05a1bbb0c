import { addDays, type CivilDate, civilDate, daysBetween } from '../../../base/dates.ts'
import { plural } from '../../../base/text.ts'
import { onOrAfter, workingDaysFrom } from '../../../base/working-days.ts'
import { type Milestone, milestoneText, type Project } from '../../../domain/plan/plan.ts'
import { formatSlippage } from '../../../domain/plan/slippage.ts'
import {
  type Finding,
  graceWorkingDays,
  type ItemView,
  type OpenItem,
  type RuleInput,
} from '../finding.ts'
import { loadMilestoneAnswers } from '../row-answers.ts'
import { doneButton, moveButton, snoozeButton, updateButton } from '../row-buttons.ts'
import { stepsCountFrom } from './due-date.ts'
import { isAnsweredBy, milestoneLine } from './due-milestone.ts'
import { defineRule } from './rule.ts'
import { off, parseDaysOrOff, type RuleSetting, workingDaysSchema } from './rule-setting.ts'

export interface UndatedMilestone extends OpenItem {
  readonly kind: 'undated'
  readonly project: Project
  readonly milestone: Milestone
}

export function isUndatedMilestone(item: OpenItem): item is UndatedMilestone {
  return item.kind === 'undated'
}

/** How many working days lie between two requests; null: none is sent. */
const undatedSetting: RuleSetting<number | null> = {
  key: 'undated',
  schema: workingDaysSchema(10),
  format: (days) => (days === null ? off : `all together, every ${plural(days, 'working day')}`),
  examples: ['every 10', off],
  parse: (words) => parseDaysOrOff(words.replace(/^every /, '')),
}

/** Milestones without a date: all are asked for on the same day, so that they make one message. */
export const undatedRule = defineRule({
  name: 'undated',
  about: 'Milestones without a date',
  setting: undatedSetting,
  kind: 'undated',
  loadAnswers: loadMilestoneAnswers,
  find: findUndated,
})

function findUndated(input: RuleInput, every: number | null): Finding[] {
  const { project, recipient, escalationLevel, calendar, day } = input
  const open = (project?.milestones ?? []).filter(
    (milestone) => milestone.due === null && !isAnsweredBy(milestone, day),
  )
  if (!project || every === null || escalationLevel !== 'lead' || open.length === 0) return []
  const periodStart = startOfPeriod(day, every)
  const first = onOrAfter(calendar, periodStart)
  const isDue = first <= day && workingDaysFrom(calendar, first, day) <= graceWorkingDays
  const { since } = recipient
  const ruleText = `it has no date, which I ask for every ${every} working days`
  return open.map((milestone) => {
    const isTheirs = stepsCountFrom(milestone) <= periodStart && (since === null || since <= first)
    const key = `${milestone.id}:undated:${periodStart}`
    const item: UndatedMilestone = {
      ...{ kind: 'undated', project, milestone },
      format: () => undatedView(project, milestone),
    }
    return {
      subject: `milestone:${milestone.id}`,
      item,
      triggers: isDue && isTheirs ? [{ key, step: null, ruleText }] : [],
      isListedWhileOpen: false,
      // The next period asks for it anyway.
      hasBegun: false,
    }
  })
}

function undatedView(project: Project, milestone: Milestone): ItemView {
  const title = `${project.ref} ${project.title}`
  const about = milestoneLine(milestone)
  const when = ['No date yet: say when it is due, or that it is done', formatSlippage(milestone)]
    .filter(Boolean)
    .join('; ')
  return {
    ...{ rank: 7, heading: 'No date yet', day: null, isOverdue: false },
    ...{ title, about, when, text: `${title}: ${about}. ${when}` },
    shortName: `${project.ref} milestone ${milestone.number}`,
    baseline: '',
    buttons: [
      doneButton(milestone.id),
      moveButton('Give a date', milestone.id),
      updateButton('default', project.id),
      snoozeButton(`milestone:${milestone.id}`),
    ],
    details: { milestone: milestoneText(milestone), number: milestone.number, due: null },
  }
}

/** Periods begin on the same days for everybody; any Monday would do. */
const firstMonday = civilDate('1970-01-05')

/** The day on which the period of `every` weekdays began that a day belongs to. */
function startOfPeriod(day: CivilDate, every: number): CivilDate {
  const days = daysBetween(firstMonday, day)
  const weekdays = Math.floor(days / 7) * 5 + Math.min(days % 7, 4)
  const started = Math.floor(weekdays / every) * every
  return addDays(firstMonday, Math.floor(started / 5) * 7 + (started % 5))
}
