/** Formats times. The moment always comes from the playground, never from the browser's clock. */

/** The zone of the page: it shows one playground. */
let zone = 'Europe/London'

export function setZone(name: string): void {
  zone = name
}

function dateParts(moment: Date): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]))
}

/** 'Fri 27 Feb 2026' */
export function formatDay(moment: Date): string {
  const { weekday, day, month = '', year } = dateParts(moment)
  // 'Sept' is the one month that en-GB writes with four letters; Milepost writes three.
  return `${weekday} ${day} ${month.slice(0, 3)} ${year}`
}

/** '09:30' */
export function formatTime(moment: Date): string {
  const { hour, minute } = dateParts(moment)
  return `${hour}:${minute}`
}

/** 'Fri 27 Feb 2026, 09:30' */
export function formatDateTime(moment: Date): string {
  return `${formatDay(moment)}, ${formatTime(moment)}`
}

/** The moment of a Slack timestamp. */
export function momentOf(ts: string): Date {
  return new Date(Number(ts) * 1000)
}
