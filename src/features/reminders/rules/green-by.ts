import { fullDate } from '../../../base/dates.ts'
import type { Project, StatusUpdate } from '../../../domain/plan/plan.ts'
import {
  formatState,
  goalOf,
  needsReason,
  schemeOf,
  stateByKey,
} from '../../../domain/scheme/schemes.ts'
import type { Finding, ItemView, RuleInput } from '../finding.ts'
import { loadUpdateAnswers } from '../row-answers.ts'
import { snoozeButton, updateButton } from '../row-buttons.ts'
import { repeatText, repeatTriggers } from './repeat.ts'
import { defineRule } from './rule.ts'
import { onOffSetting } from './rule-setting.ts'

/** A project that is Red or Amber past the day by which its lead said it would be back to Green. */
export const greenByRule = defineRule({
  name: 'green-by',
  about: 'A project past the day it was to be back to Green',
  setting: onOffSetting('greenBy', repeatText),
  kind: 'green-by',
  loadAnswers: loadUpdateAnswers,
  find: findOverdueGreenBy,
})

function findOverdueGreenBy(input: RuleInput, isOn: boolean): Finding[] {
  const { programme, project, escalationLevel, day } = input
  const [update] = project?.updates ?? []
  const greenBy = update?.greenBy
  if (!isOn || escalationLevel !== 'lead') return []
  if (!project || !update || !greenBy || greenBy >= day) return []
  const scheme = schemeOf(programme.settings)
  const state = stateByKey(scheme, update.state)
  if (!needsReason(state)) return []
  const goal = goalOf(scheme).label
  return [
    {
      subject: `project:${project.id}`,
      item: {
        ...{ kind: 'green-by', project },
        format: () => greenByView(project, { ...update, greenBy }, formatState(state), goal),
      },
      triggers: repeatTriggers(input, greenBy, {
        key: `${update.id}:green-by`,
        what: `the day it was to be back to ${goal}`,
      }),
      isListedWhileOpen: true,
      hasBegun: true,
    },
  ]
}

/** `state`: "▲ Amber"; `goal`: "Green". */
function greenByView(
  project: Project,
  { id, onDay, greenBy }: StatusUpdate & { readonly greenBy: NonNullable<StatusUpdate['greenBy']> },
  state: string,
  goal: string,
): ItemView {
  const title = `${project.ref} ${project.title}`
  const about = `${state}, as at ${fullDate(onDay)}`
  const when = `Should have been back to ${goal} by ${fullDate(greenBy)}`
  return {
    ...{ rank: 3, heading: `Overdue: back to ${goal}`, day: greenBy, isOverdue: false },
    ...{ title, about, when, text: `${title}: ${about}. ${when}` },
    shortName: `${project.ref} past its day to be back to ${goal}`,
    baseline: id,
    buttons: [updateButton('positive', project.id), snoozeButton(`project:${project.id}`)],
  }
}
