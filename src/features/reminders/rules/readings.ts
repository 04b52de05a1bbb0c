import { type CivilDate, fullDate } from '../../../base/dates.ts'
import { shorten } from '../../../base/text.ts'
import { nextReadingDue } from '../../../domain/measures/frequency.ts'
import type { Measure } from '../../../domain/measures/measure.ts'
import type { Finding, ItemView, RuleInput } from '../finding.ts'
import { loadReadingAnswers } from '../row-answers.ts'
import { snoozeButton } from '../row-buttons.ts'
import { repeatText, repeatTriggers } from './repeat.ts'
import { defineRule } from './rule.ts'
import { onOffSetting } from './rule-setting.ts'

/** A measure whose reading is overdue: asked of the leads of its projects, or of the programme office. */
export const readingsRule = defineRule({
  name: 'readings',
  about: 'A measure whose reading has not come',
  setting: onOffSetting('readings', repeatText),
  kind: 'reading',
  loadAnswers: loadReadingAnswers,
  find: findMissingReadings,
})

function findMissingReadings(input: RuleInput, isOn: boolean): Finding[] {
  const { project, escalationLevel, missingReadings } = input
  if (!isOn || escalationLevel !== 'lead') return []
  return missingReadings.flatMap((measure): Finding[] => {
    const due = nextReadingDue(measure)
    if (due === null) return []
    return [
      {
        subject: `measure:${measure.id}`,
        item: { kind: 'reading', project, format: () => readingView(input, measure, due) },
        triggers: repeatTriggers(input, due, {
          key: `${measure.id}:reading:${due}`,
          what: 'its reading was due',
        }),
        isListedWhileOpen: true,
        hasBegun: true,
      },
    ]
  })
}

function readingView(
  { project, programme }: RuleInput,
  { id, number, title }: Measure,
  due: CivilDate,
): ItemView {
  const measureTitle = `Measure ${number} ${title}`
  const about = `Of ${project ? `${project.ref} ${project.title}` : programme.title}`
  const when = `Its reading was due by ${fullDate(due)}`
  const record = { title: 'Record', verb: 'kpi:form', data: { measure: id } }
  return {
    ...{ rank: 4, heading: 'Readings overdue', day: due, isOverdue: false },
    ...{ title: measureTitle, about, when, text: `${measureTitle}: ${about}. ${when}` },
    shortName: `measure ${number} ${shorten(title, 40)}`,
    baseline: due,
    buttons: [{ ...record, style: 'positive' }, snoozeButton(`measure:${id}`)],
    details: { measure: number, due },
  }
}
