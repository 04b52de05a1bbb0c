/**
 * The wait that a Retry-After header asks for, in milliseconds: a number of seconds or a date (RFC 9110, 10.2.3). A date
 * that has passed or a negative number is no wait. Undefined where the header is missing or nonsense. How long Milepost
 * waits in fact is for the outbox to decide: it knows a shortest and a longest wait.
 */
export function parseRetryAfter(header: string | null | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? ''
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return Math.max(0, Number(text) * 1000)
  // A date has letters; Date.parse would also take a number and a dash for a year.
  const moment = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now.getTime())
}
