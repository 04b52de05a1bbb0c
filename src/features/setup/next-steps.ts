import { fullDate } from '../../base/dates.ts'
import type { QueryContext } from '../../chat/commands.ts'
import type { DigestWish } from './read-setup.ts'

interface NewProgramme {
  readonly key: string
  /** Its office is in no other programme: commands need not say which is meant. */
  readonly isOnly: boolean
  readonly isEmpty: boolean
  readonly digest: DigestWish | undefined
}

/** What comes next in a new programme, as lines to type. */
export function nextStepsLines(
  { key, isOnly, isEmpty, digest }: NewProgramme,
  { prefix, today }: Pick<QueryContext, 'prefix' | 'today'>,
): string[] {
  const forIt = isOnly ? '' : ` for ${key}`
  const ofIt = isOnly ? '' : `${key}/`
  const { weekday, time } = digest ?? { weekday: 'monday', time: '09:00' }
  const plan = [
    `1. A workstream: ${prefix} add workstream Practice${forIt}`,
    `2. A project in it: ${prefix} add project Practice standards to ${ofIt}1`,
    `3. A milestone: ${prefix} add milestone ${ofIt}1.1 Publish the standards by ${fullDate(today)}`,
    `4. Whoever leads it: ${prefix} set ${ofIt}1.1 leads to @name`,
    `A plan in a sheet: drop it into our direct message, as .xlsx or .csv. A blank one to fill in: ${prefix} template${forIt}`,
  ]
  return [
    ...(isEmpty ? plan : [`Its plan: ${prefix} projects${forIt}`]),
    `The digest, typed in the channel of your leadership: ${prefix} digest here weekly ${weekday} ${time}${forIt}`,
    `How it rates and when it rests: ${prefix} help admin`,
  ]
}
