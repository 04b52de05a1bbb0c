import type { Clock } from '../base/clock.ts'

export interface MovableClock extends Clock {
  /**
   * Sets the clock to `moment`, from where it runs on. Throws RangeError on a moment before the present one.
   *
   * Forward only: what was stored, said and sent stands with its time, and history is appended, never edited.
   * A clock that went back would put updates before the ones that they follow.
   */
  moveTo(moment: Date): void
}

/** A clock that shows `start` now and then runs with the real one. */
export function movableClock(start: Date, realClock: Clock): MovableClock {
  let [shown, since] = [start.getTime(), realClock.now().getTime()]

  // The real clock may be set back (by a time server, say); this one then stands still for that while.
  const elapsed = () => Math.max(0, realClock.now().getTime() - since)
  const now = () => new Date(shown + elapsed())

  return {
    now,
    moveTo: (moment) => {
      if (moment < now()) throw new RangeError('The clock of the playground goes forward only.')
      shown = moment.getTime()
      since = realClock.now().getTime()
    },
  }
}
