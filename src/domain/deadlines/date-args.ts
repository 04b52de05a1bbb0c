import { addDays, type CivilDate, fullDate, isTime, plainDay } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { quoted } from '../../base/text.ts'
import { readDate } from './deadlines.ts'

/** An example that could be meant. */
const exampleDaysAhead = 21

/** @throws Refusal where it cannot be read */
export function parseDateArg(text: string, today: CivilDate): CivilDate {
  const day = readDate(text, today)
  if (day) return day
  throw new Refusal(
    `I could not read ${quoted(text)} as a date. Try ${plainDay(addDays(today, exampleDaysAhead))}.`,
  )
}

/** The day as at which something is asked for: today, where none is named. @throws Refusal of one to come */
export function parseAsAtDate(text: string | undefined, today: CivilDate): CivilDate {
  if (text === undefined) return today
  const day = parseDateArg(text, today)
  if (day <= today) return day
  throw new Refusal(`${fullDate(day)} has not come yet. Ask for today or an earlier day.`)
}

/** A wall time, 'HH:MM', from what people type: "9:05", "09.05". @throws Refusal where it is none */
export function parseTimeArg(text: string): string {
  const time = text.trim().replace('.', ':').padStart(5, '0')
  if (isTime(time)) return time
  throw new Refusal(`I could not read ${quoted(text)} as a time. Try 12:00.`)
}
