import { nextReadingDue } from '../../../domain/measures/frequency.ts'
import { remindersSetting } from '../settings.ts'
import type { Finding, RuleInput } from '../types.ts'
import { repeatTriggers } from './repeat.ts'

/** A measure whose reading should have come: asked of the leads of its projects, or of the programme office. */
export function findMissingReadings(seen: RuleInput): Finding[] {
  const { programme, project, escalationLevel, missingReadings } = seen
  if (!remindersSetting.of(programme.settings).readings || escalationLevel !== 'lead') return []
  return missingReadings.flatMap((measure): Finding[] => {
    const due = nextReadingDue(measure)
    if (due === null) return []
    const about = { key: `${measure.id}:reading:${due}`, what: 'its reading was due' }
    return [
      {
        subject: `measure:${measure.id}`,
        item: { kind: 'reading', project, measure, due },
        triggers: repeatTriggers(seen, due, about),
        isListedWhileOpen: true,
        hasBegun: true,
      },
    ]
  })
}
