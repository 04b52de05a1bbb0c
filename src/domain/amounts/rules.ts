/** How often others may hear from Milepost because somebody asked for it: a brake, not a ration. */

/** Whose work a command is: a programme office has messages sent again by the dozen after an outage. */
export type Allowance = 'member' | 'office'

/** At most `times` requests within any `minutes`. */
export interface Amount {
  readonly times: number
  readonly minutes: number
}

/** Of one person, of each allowance by itself. */
export const personAmounts: Readonly<Record<Allowance, readonly Amount[]>> = {
  member: [
    { times: 5, minutes: 1 },
    { times: 30, minutes: 60 },
  ],
  office: [
    { times: 20, minutes: 1 },
    { times: 200, minutes: 60 },
  ],
}

/** Of everybody in a programme together. */
export const programmeAmounts: readonly Amount[] = [
  { times: 60, minutes: 1 },
  { times: 300, minutes: 60 },
]

const minuteMs = 60_000

/** How far back requests count. */
export const longestAmountMs =
  Math.max(
    ...[...Object.values(personAmounts).flat(), ...programmeAmounts].map(({ minutes }) => minutes),
  ) * minuteMs

/** An amount that is used up, and when the next request is allowed. */
export interface UsedUp {
  readonly amount: Amount
  readonly freeAt: Date
}

/** Which of the amounts these earlier requests have used up, the one that lasts longest; undefined where none. */
export function usedUp(
  earlier: readonly Date[],
  amounts: readonly Amount[],
  now: Date,
): UsedUp | undefined {
  return amounts
    .flatMap((amount) => usedUpAmount(earlier, amount, now) ?? [])
    .toSorted((one, other) => other.freeAt.getTime() - one.freeAt.getTime())[0]
}

function usedUpAmount(earlier: readonly Date[], amount: Amount, now: Date): UsedUp | undefined {
  const spanMs = amount.minutes * minuteMs
  const within = earlier
    .map((moment) => moment.getTime())
    .filter((at) => at > now.getTime() - spanMs)
    .toSorted((one, other) => one - other)
  // Once this one is past, so many are left that one more is allowed.
  const oldest = within[within.length - amount.times]
  return oldest === undefined ? undefined : { amount, freeAt: new Date(oldest + spanMs) }
}
