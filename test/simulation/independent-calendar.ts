/**
 * Days and hours for the simulation's judge, worked out apart from Milepost: bank holidays are written down as GOV.UK
 * publishes them (https://www.gov.uk/bank-holidays), zones are asked of the platform, and nothing of src is used. What
 * both had wrong in the same way would not be seen.
 */

/** '2026-04-03', compared as text. */
export type Day = string

const shared = [
  ...['2025-12-25', '2025-12-26', '2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04'],
  ...['2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28', '2027-01-01', '2027-03-26'],
  ...['2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'],
]

export const bankHolidays: Readonly<Record<'england-and-wales' | 'northern-ireland', Set<Day>>> = {
  'england-and-wales': new Set(shared),
  'northern-ireland': new Set([
    ...shared,
    ...['2026-03-17', '2026-07-13', '2027-03-17', '2027-07-12'],
  ]),
}

const dayMs = 24 * 60 * 60_000

export function dayAfter(day: Day, days = 1): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

export function weekday(day: Day): string {
  return weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''
}

/** Day and wall time there, such as '2026-03-29' and '09:30'. */
export function localTime(zone: string, at: Date): { day: Day; time: string } {
  const parts = Object.fromEntries(
    formatFor(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}`,
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const fresh = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  })
  formats.set(timeZone, fresh)
  return fresh
}

/** Whether a wall time is within quiet hours, which may go over midnight. */
export function isQuiet({ from, to }: { from: string; to: string }, time: string): boolean {
  return from < to ? from <= time && time < to : time >= from || time < to
}
