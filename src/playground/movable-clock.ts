import type { Clock } from '../base/clock.ts'

export interface MovableClock extends Clock {
  /**
   * Sets the clock to `moment`, from where it runs on.
   *
   * Forward only: history is appended with its time and never edited, and a clock that went back would put updates
   * before the ones that they follow.
   * @throws RangeError on a moment before the present one
   */
  moveTo(moment: Date): void
}

/** A clock that shows `start` now and then runs with the real one. */
export function movableClock(start: Date, realClock: Clock): MovableClock {
  let [base, since] = [start.getTime(), realClock.now().getTime()]

  // The real clock may be set back (by a time server, say); this one then stands still until it catches up.
  const elapsed = () => Math.max(0, realClock.now().getTime() - since)
  const now = () => new Date(base + elapsed())

  return {
    now,
    moveTo: (moment) => {
      if (moment < now()) throw new RangeError('The clock of the playground goes forward only.')
      base = moment.getTime()
      since = realClock.now().getTime()
    },
  }
}
