import { expect, test } from '@jest/globals'
import { movableClock } from '../../src/playground/movable-clock.ts'

const START = new Date('2026-02-27T09:30:00Z')
const MINUTE_MS = 60_000

/** A real clock for the test to set. */
function realClock() {
  let moment = Date.parse('2030-01-01T00:00:00Z')
  return {
    now: () => new Date(moment),
    pass: (milliseconds: number) => {
      moment += milliseconds
    },
  }
}

test('the clock begins at the given moment and runs with the real one', () => {
  const real = realClock()
  const clock = movableClock(START, real)
  expect(clock.now()).toEqual(START)
  real.pass(MINUTE_MS)
  expect(clock.now()).toEqual(new Date('2026-02-27T09:31:00Z'))
})

test('a moved clock runs on from where it was put', () => {
  const real = realClock()
  const clock = movableClock(START, real)
  real.pass(MINUTE_MS)
  clock.moveTo(new Date('2026-03-02T09:00:00Z'))
  expect(clock.now()).toEqual(new Date('2026-03-02T09:00:00Z'))
  real.pass(MINUTE_MS)
  expect(clock.now()).toEqual(new Date('2026-03-02T09:01:00Z'))
})

test('the clock is never put back', () => {
  const real = realClock()
  const clock = movableClock(START, real)
  real.pass(MINUTE_MS)
  expect(() => clock.moveTo(START)).toThrow('forward only')
  expect(clock.now()).toEqual(new Date('2026-02-27T09:31:00Z'))
})

test('a real clock that is set back holds the clock still', () => {
  const real = realClock()
  const clock = movableClock(START, real)
  real.pass(-5 * MINUTE_MS)
  expect(clock.now()).toEqual(START)
})
