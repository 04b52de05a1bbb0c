import { z } from 'zod'
import { type CivilDate, civilDate, daysBetween, laterOf } from '../../../base/dates.ts'
import { listOf, plural } from '../../../base/text.ts'
import {
  type Calendar,
  workingDaysAfter,
  workingDaysBefore,
  workingDaysFrom,
} from '../../../base/working-days.ts'
import type { Milestone } from '../../../domain/plan/plan.ts'
import type { Recipient } from '../../../domain/plan/recipients.ts'
import {
  type EscalationLevel,
  type Finding,
  graceWorkingDays,
  type ItemView,
  type RuleInput,
  recentSteps,
} from '../finding.ts'
import { loadMilestoneAnswers } from '../row-answers.ts'
import { type DueMilestone, dueMilestones } from './due-milestone.ts'
import { defineRule } from './rule.ts'
import {
  maxWorkingDays,
  off,
  type ParsedSetting,
  parseDaysOrOff,
  type RuleSetting,
  tooManyDaysText,
  workingDaysSchema,
} from './rule-setting.ts'

/** Milestones that have a due day: before it, and after it by escalation. Steps count from it: -3, 0, +5. */

/** As much of the input as these rules need. */
type DueDateInput = Pick<RuleInput, 'project' | 'escalationLevel' | 'calendar' | 'day'> & {
  readonly recipient: Pick<Recipient, 'since'>
}

/** Working days before a milestone is due, the day itself being 0, on which its lead is told. */
const dueSoonSetting: RuleSetting<readonly number[]> = {
  key: 'before',
  schema: z.array(z.int().min(0)).default([10, 3, 0]),
  format: (days) => (days.length === 0 ? off : `${listOf(days.map(String))} working days before`),
  examples: ['10 3 0', off],
  parse: (words) => (words === off ? { value: [] } : parseSteps(words)),
}

const maxSteps = 5

/** "10 3 0", "10, 3 and 0": the furthest first, each once. */
function parseSteps(words: string): ParsedSetting<readonly number[]> {
  const parts = words
    .replaceAll(/,|\band\b/g, ' ')
    .trim()
    .split(/\s+/)
  if (!parts.every((part) => /^\d{1,6}$/.test(part))) return undefined
  const days = [...new Set(parts.map(Number))].toSorted((a, b) => b - a)
  if (days.some((day) => day > maxWorkingDays)) return { problem: tooManyDaysText }
  if (days.length <= maxSteps) return { value: days }
  return { problem: `At most ${maxSteps} days before it: more would be read by nobody.` }
}

export const dueSoonRule = defineRule({
  name: 'before',
  about: 'A milestone that falls due',
  setting: dueSoonSetting,
  kind: 'milestone',
  loadAnswers: loadMilestoneAnswers,
  find: findDueSoon,
})

function findDueSoon(input: DueDateInput, daysBefore: readonly number[]): Finding[] {
  if (input.escalationLevel !== 'lead') return []
  const steps = new Set(daysBefore.map((days) => -days || 0))
  const first = Math.min(...steps)
  return dueMilestones(input).map((item) => ({
    ...dueDateFinding(item, input, (step) => steps.has(step)),
    isListedWhileOpen: false,
    hasBegun: -item.workingDaysLeft >= first,
  }))
}

/** Working days in a week. */
const weekDays = 5

/** Working days after the due day from which each is told; null: never. */
const escalationSchema = z
  .object({
    lead: workingDaysSchema(2),
    /** The leads of the workstream, too. */
    workstream: workingDaysSchema(5),
    /** The sponsors of the workstream, too. */
    sponsor: workingDaysSchema(10),
    /**
     * All of them again, about so many days apart, once the last of these has passed. Where that is a week or more, on
     * the first working day of a week: whoever answers for many hears of all of them in one message.
     */
    every: workingDaysSchema(weekDays),
  })
  .prefault({})
type Escalation = z.infer<typeof escalationSchema>

const overdueSetting: RuleSetting<Escalation> = {
  key: 'overdue',
  schema: escalationSchema,
  format: formatEscalation,
  examples: ['lead 2', 'workstream 5', 'sponsor 10', 'every 10', 'lead off'],
  parse: (words, present) => {
    const [, part, days = ''] = /^(lead|workstream|sponsor|every) (.+)$/.exec(words) ?? []
    if (part === undefined) return undefined
    const parsed = parseDaysOrOff(days)
    return parsed && 'value' in parsed ? { value: { ...present, [part]: parsed.value } } : parsed
  },
}

function formatEscalation({ lead, workstream, sponsor, every }: Escalation): string {
  const parts = [
    ...(lead === null ? [] : [`after ${plural(lead, 'working day')} the lead`]),
    ...(workstream === null ? [] : [`after ${workstream} the workstream's leads too`]),
    ...(sponsor === null ? [] : [`after ${sponsor} its sponsors too`]),
    ...(every === null ? [] : [`then ${formatEvery(every)}`]),
  ]
  return parts.length === 0 ? off : parts.join(', ')
}

/** 'once a week', 'every 2 weeks', 'every 3'. */
function formatEvery(every: number): string {
  if (every < weekDays) return `every ${every}`
  const weeks = Math.ceil(every / weekDays)
  return weeks === 1 ? 'once a week' : `every ${weeks} weeks`
}

export const overdueRule = defineRule({
  name: 'overdue',
  about: 'A milestone that is overdue',
  setting: overdueSetting,
  kind: 'milestone',
  loadAnswers: loadMilestoneAnswers,
  find: findOverdue,
})

function findOverdue(input: DueDateInput, escalation: Escalation): Finding[] {
  const steps = escalationSteps(input.escalationLevel, escalation)
  const { every } = escalation
  const last = Math.max(0, ...steps)
  const from = input.escalationLevel === 'lead' ? 1 : (steps[0] ?? Number.POSITIVE_INFINITY)
  return dueMilestones(input)
    .filter(({ workingDaysLeft }) => -workingDaysLeft >= from)
    .map((item) => {
      const isStep = (step: number) =>
        steps.includes(step) ||
        (every !== null && isRepeatStep(input.calendar, item.effectiveDue, { step, last, every }))
      const finding = dueDateFinding(item, input, (step) => step > 0 && isStep(step))
      const isRepeated = every !== null && -item.workingDaysLeft > last
      return {
        ...finding,
        item: isRepeated ? { ...item, format: () => repeatedView(item, every) } : item,
        triggers: [...pastDateTriggers(item, input), ...finding.triggers],
        isListedWhileOpen: true,
        hasBegun: true,
      }
    })
}

interface Repeat {
  readonly step: number
  /** The last step of the escalation. */
  readonly last: number
  readonly every: number
}

/** Whether what nobody has answered is told again on a step: after the escalation, on the first working day of a week. */
function isRepeatStep(
  calendar: Calendar,
  effectiveDue: CivilDate,
  { step, last, every }: Repeat,
): boolean {
  if (step <= last) return false
  if (every < weekDays) return (step - last) % every === 0
  const day = workingDaysAfter(calendar, effectiveDue, step)
  const week = weekOf(day)
  // Somebody who was told on Friday is not told again on Monday.
  const weeks = week - weekOf(workingDaysAfter(calendar, effectiveDue, last + 2))
  return (
    weekOf(workingDaysBefore(calendar, day, 1)) < week &&
    weeks > 0 &&
    weeks % Math.ceil(every / weekDays) === 0
  )
}

/** Monday to Sunday, counted from an arbitrary week that stays the same: 5 January 1970 was a Monday. */
const weekOf = (day: CivilDate): number => Math.floor(daysBetween(civilDate('1970-01-05'), day) / 7)

/** It says that it comes again, and how that ends. */
function repeatedView(item: DueMilestone, every: number): ItemView {
  const view = item.format()
  const again = `Told ${formatEvery(every)} until it is done or has a new date`
  return { ...view, when: `${view.when}. ${again}`, text: `${view.text}. ${again}` }
}

/** The steps after the due day on which a level is told, ascending. */
function escalationSteps(
  level: EscalationLevel,
  { lead, workstream, sponsor }: Escalation,
): number[] {
  const daysOf = {
    lead: [lead, workstream, sponsor],
    workstream: [workstream, sponsor],
    sponsor: [sponsor],
  }
  return daysOf[level].flatMap((day) => day ?? []).toSorted((a, b) => a - b)
}

/** Whether either rule sends the recipient something about the project's milestones on this day. */
export function hasDueDateTriggers(input: DueDateInput & Pick<RuleInput, 'programme'>): boolean {
  const { programme } = input
  const findings = [
    ...findDueSoon(input, dueSoonRule.settingOf(programme)),
    ...findOverdue(input, overdueRule.settingOf(programme)),
  ]
  return findings.some(({ triggers }) => triggers.length > 0)
}

function dueDateFinding(
  item: DueMilestone,
  { calendar, recipient }: DueDateInput,
  isStep: (step: number) => boolean,
): Omit<Finding, 'isListedWhileOpen' | 'hasBegun'> {
  const { milestone, effectiveDue, due } = item
  const triggers = recentSteps(-item.workingDaysLeft)
    .filter(isStep)
    .filter((step) =>
      isStepCounted(milestone, stepDay(calendar, effectiveDue, step), step, recipient.since),
    )
    .map((step) => ({
      key: `${milestone.id}:${due}:${stepName(step)}`,
      step,
      ruleText: formatStep(step),
    }))
  return { subject: `milestone:${milestone.id}`, item, triggers }
}

/**
 * For a due day that had passed already when an import set it: none of its steps was ever ahead, so its lead is told
 * at once.
 */
function pastDateTriggers(
  { milestone, due, effectiveDue }: DueMilestone,
  { calendar, day, escalationLevel, recipient: { since } }: DueDateInput,
): Finding['triggers'] {
  const setOn = stepsCountFrom(milestone)
  const isNew =
    milestone.moves.length > 0 && escalationLevel === 'lead' && (since ?? setOn) <= setOn
  if (!isNew || setOn <= effectiveDue || setOn > day) return []
  if (workingDaysFrom(calendar, setOn, day) > graceWorkingDays) return []
  const ruleText = 'its day was moved to one that had passed'
  return [{ key: `${milestone.id}:${due}:past`, step: null, ruleText }]
}

/**
 * Whether the step belongs to the present due day and to this recipient. Step 0 does too where only a day off, on which
 * the due day was set or the project taken over, moved its reminder to before that: it is sent late rather than lost.
 */
function isStepCounted(
  milestone: Milestone,
  day: CivilDate,
  step: number,
  since: CivilDate | null,
): boolean {
  const setOn = stepsCountFrom(milestone)
  const from = laterOf(setOn, since ?? setOn)
  return day >= from || (step === 0 && milestone.due !== null && milestone.due >= from)
}

/**
 * The day on which the present due day was set. A milestone added or moved seven working days before it is due is
 * reminded of three days before, not at once as if somebody had missed the ten.
 */
export function stepsCountFrom(milestone: Milestone): CivilDate {
  return milestone.moves.at(-1)?.onDay ?? milestone.addedOn
}

function stepDay(calendar: Calendar, due: CivilDate, step: number): CivilDate {
  return step < 0 ? workingDaysBefore(calendar, due, -step) : workingDaysAfter(calendar, due, step)
}

/** '-10', '0', '+2'. */
export function stepName(step: number): string {
  return step > 0 ? `+${step}` : String(step)
}

/** '3 working days before it is due', 'on the day it is due', '1 working day after it was due'. */
function formatStep(step: number): string {
  if (step === 0) return 'on the day it is due'
  const days = plural(Math.abs(step), 'working day')
  return step < 0 ? `${days} before it is due` : `${days} after it was due`
}
