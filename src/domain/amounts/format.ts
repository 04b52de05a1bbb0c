import { timeIn } from '../../base/dates.ts'
import type { Amount, UsedUp } from './rules.ts'

/** "5 times within a minute" */
export function formatAmount({ times, minutes }: Amount): string {
  const span = { 1: 'a minute', 60: 'an hour' }[minutes] ?? `${minutes} minutes`
  return `${times} times within ${span}`
}

/** "10:31", rounded up to the minute from which it goes on. */
export function formatFreeAt({ freeAt }: UsedUp, zone: string): string {
  const minute = 60_000
  return timeIn(zone, new Date(Math.ceil(freeAt.getTime() / minute) * minute))
}

/** The answer to a request beyond an amount. `whose`: of the person who asks, or of a programme by its title. */
export function usedUpText(found: UsedUp, programme: string | undefined, zone: string): string {
  const amount = formatAmount(found.amount)
  const said = programme
    ? `Others in ${programme} have heard from me ${amount} because somebody asked for it, and no more is allowed.`
    : `Others have heard from me ${amount} because you asked for it, and no more is allowed.`
  return `${said} Nothing was saved or sent. It goes on at ${formatFreeAt(found, zone)}. Until then, put several questions into one, or write to them yourself.`
}
