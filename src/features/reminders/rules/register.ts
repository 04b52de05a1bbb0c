import { type CivilDate, fullDate } from '../../../base/dates.ts'
import { capitalised, plural } from '../../../base/text.ts'
import {
  onOrBefore,
  workingDaysAfter,
  workingDaysBefore,
  workingDaysFrom,
} from '../../../base/working-days.ts'
import type { Entry, EntryKind } from '../../../domain/register/entry.ts'
import { entryName, entryTitle } from '../../../domain/register/format.ts'
import { type Finding, type ItemView, type RuleInput, recentSteps } from '../finding.ts'
import type { RowButton } from '../reminder-data.ts'
import { snoozeButton } from '../row-buttons.ts'
import { stepName } from './due-date.ts'
import { loadEntryAnswers } from './entry-answers.ts'
import { defineRule } from './rule.ts'
import { onOffSetting } from './rule-setting.ts'

/** Entries of the register that somebody owns and that have a day: actions, and risks and issues to be looked at again. */

const every = 10

/** Before its day, on it and after it, as of a milestone. */
const isActionStep = (step: number) =>
  step === -3 || step === 0 || (step >= 2 && (step - 2) % every === 0)

/** On its day, and then once a fortnight. */
const isReviewStep = (step: number) => step >= 0 && step % every === 0

export const actionRule = defineRule({
  name: 'actions',
  about: 'An action of the register that is due',
  setting: onOffSetting(
    'actions',
    `3 working days before, on its day, 2 after it and then every ${every}`,
  ),
  kind: 'action',
  loadAnswers: loadEntryAnswers,
  find: (input, isOn) => (isOn ? findDueEntry(input, 'action', ['action'], isActionStep) : []),
})

export const reviewRule = defineRule({
  name: 'reviews',
  about: 'A risk or an issue of the register that is to be looked at again',
  setting: onOffSetting('reviews', `on the day, and then every ${every} working days`),
  kind: 'entry-review',
  loadAnswers: loadEntryAnswers,
  find: (input, isOn) =>
    isOn ? findDueEntry(input, 'entry-review', ['risk', 'issue'], isReviewStep) : [],
})

/** The day that counts of an entry: by when an action is to be done, or when a risk or issue is looked at again. */
export function dayOfEntry(entry: Entry): CivilDate | null {
  if (entry.kind === 'action') return entry.neededBy
  return entry.kind === 'risk' || entry.kind === 'issue' ? entry.reviewOn : null
}

function findDueEntry(
  { entry, calendar, day, recipient }: RuleInput,
  kind: 'action' | 'entry-review',
  of: readonly EntryKind[],
  isStep: (step: number) => boolean,
): Finding[] {
  const due = entry && of.includes(entry.register.kind) ? dayOfEntry(entry.register) : null
  if (!entry || due === null) return []
  const { register, project } = entry
  const first = onOrBefore(calendar, due)
  const past = workingDaysFrom(calendar, first, day)
  const setOn = register.reviews.findLast(({ withdrawnOn }) => withdrawnOn === null)?.onDay
  const from = [register.onDay, setOn ?? register.onDay, recipient.since ?? register.onDay]
    .toSorted()
    .at(-1)
  const stepDay = (step: number) =>
    step < 0 ? workingDaysBefore(calendar, first, -step) : workingDaysAfter(calendar, first, step)
  const steps = recentSteps(past)
    .filter(isStep)
    // What was ahead when the day was set, or the entry taken over.
    .filter((step) => from === undefined || stepDay(step) >= from || (step === 0 && due >= from))
  return [
    {
      subject: `entry:${register.id}`,
      item: { kind, project, format: () => entryView(register, due, past) },
      triggers: steps.map((step) => ({
        key: `${register.id}:${due}:${stepName(step)}`,
        ...{ step, ruleText: ruleText(kind, step) },
      })),
      isListedWhileOpen: kind === 'action' ? past > 0 : past >= 0,
      hasBegun: past >= 0,
    },
  ]
}

function ruleText(kind: 'action' | 'entry-review', step: number): string {
  const what = kind === 'action' ? 'it is due' : 'it is to be looked at again'
  if (step === 0) return `on the day ${what}`
  const days = plural(Math.abs(step), 'working day')
  return step < 0 ? `${days} before ${what}` : `${days} after the day on which ${what}`
}

/** `past`: working days since its day, negative before it. */
function entryView(entry: Entry, due: CivilDate, past: number): ItemView {
  const isAction = entry.kind === 'action'
  const title = entryTitle(entry)
  const when = isAction ? dueText(due, past) : `To be looked at again by ${fullDate(due)}`
  const overdue = isAction && past > 0
  return {
    ...urgency(isAction, due, past),
    ...{ day: due, isOverdue: overdue, title, about: entry.text, when },
    shortName: entryName(entry).toLowerCase(),
    text: `${title}: ${entry.text}. ${when}`,
    baseline: due,
    buttons: isAction ? actionButtons(entry.id) : reviewButtons(entry.id),
    details: { due, dueInWords: when, workingDays: past === 0 ? 0 : -past },
  }
}

function dueText(due: CivilDate, past: number): string {
  if (past === 0) return `Due today: ${fullDate(due)}`
  const days = plural(Math.abs(past), 'working day')
  return capitalised(
    past > 0 ? `overdue by ${days}: was due ${fullDate(due)}` : `due in ${days}: ${fullDate(due)}`,
  )
}

function urgency(
  isAction: boolean,
  due: CivilDate,
  past: number,
): Pick<ItemView, 'rank' | 'heading'> {
  if (!isAction) return { rank: 4, heading: 'To look at again' }
  if (past > 0) return { rank: 0, heading: 'Overdue' }
  if (past === 0) return { rank: 1, heading: 'Due today' }
  return { rank: 6, heading: `Due by ${fullDate(due)}` }
}

function actionButtons(entry: string): RowButton[] {
  return [
    { title: 'Done', verb: 'close', style: 'positive', data: { entry } },
    { title: 'Move date', verb: 'review:form', style: 'default', data: { entry } },
    snoozeButton(`entry:${entry}`),
  ]
}

function reviewButtons(entry: string): RowButton[] {
  return [
    { title: 'Review', verb: 'review:form', style: 'positive', data: { entry } },
    { title: 'Close', verb: 'close:form', style: 'default', data: { entry } },
    snoozeButton(`entry:${entry}`),
  ]
}
