import { nextReadingDue } from '../../../domain/measures/frequency.ts'
import type { Finding, Seen } from '../types.ts'
import { chased } from './repeat.ts'

/** A measure whose reading should have come: asked of the leads of its projects, or of the programme office. */
export function readings(seen: Seen): Finding[] {
  const { programme, project, rung, missingReadings } = seen
  if (!programme.settings.reminders.readings || rung !== 'lead') return []
  return missingReadings.flatMap((measure): Finding[] => {
    const due = nextReadingDue(measure)
    if (due === null) return []
    const about = { key: `${measure.id}:reading:${due}`, what: 'its reading was due' }
    return [
      {
        subject: `measure:${measure.id}`,
        thing: { kind: 'reading', project, measure, due },
        triggers: chased(seen, due, about),
        stays: true,
        hasBegun: true,
      },
    ]
  })
}
