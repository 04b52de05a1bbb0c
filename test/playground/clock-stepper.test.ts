import { describe, expect, test } from '@jest/globals'
import { Refusal } from '../../src/base/errors.ts'
import {
  createClockStepper,
  type Destination,
  resolveDestination,
  stepsBetween,
} from '../../src/playground/clock-stepper.ts'
import { movableClock } from '../../src/playground/movable-clock.ts'
import { clockAt } from '../support/clock.ts'

const FRIDAY = new Date('2026-02-27T09:30:00Z')

describe('where the clock goes', () => {
  test.each<[string, string, Destination, string]>([
    ['the Monday after a Friday', '2026-02-27T09:30Z', 'next monday', '2026-03-02T09:00Z'],
    ['a week on from a Monday', '2026-03-02T09:00Z', 'next monday', '2026-03-09T09:00Z'],
    ['tomorrow, a Saturday', '2026-02-27T09:30Z', 'tomorrow', '2026-02-28T09:00Z'],
    [
      '09:00 on the wall after the clocks went on',
      '2026-03-28T10:00Z',
      'tomorrow',
      '2026-03-29T08:00Z',
    ],
    ['an hour on', '2026-02-27T09:30Z', 'an hour on', '2026-02-27T10:30Z'],
    ['a time in summer', '2026-02-27T09:30Z', { local: '2026-04-01T12:00' }, '2026-04-01T11:00Z'],
  ])('%s', (_, now, destination, expected) => {
    expect(resolveDestination(destination, new Date(now))).toEqual(new Date(expected))
  })

  test.each<[string, string, string]>([
    ['a moment that is past', '2026-02-27T09:00', 'It is already Fri 27 Feb 2026, 09:30.'],
    ['a moment far away', '2027-02-27T09:00', 'more than 92 days ahead'],
    ['a day that does not exist', '2026-02-30T09:00', 'Please choose a date and a time'],
    ['no time', '2026-03-01', 'Please choose a date and a time'],
    ['nothing', '', 'Please choose a date and a time'],
  ])('not to %s', (_, local, words) => {
    expect(() => resolveDestination({ local }, FRIDAY)).toThrow(Refusal)
    expect(() => resolveDestination({ local }, FRIDAY)).toThrow(words)
  })
})

test('the steps are the full hours between, then the moment itself', () => {
  const steps = stepsBetween(FRIDAY, new Date('2026-02-27T12:15:00Z'))
  expect(steps.map((step) => step.toISOString().slice(11, 16))).toEqual([
    '10:00',
    '11:00',
    '12:00',
    '12:15',
  ])
})

test('a move to a full hour goes there once', () => {
  expect(stepsBetween(FRIDAY, new Date('2026-02-27T10:00:00Z'))).toHaveLength(1)
})

describe('a move', () => {
  function clockOnFriday() {
    const clock = movableClock(FRIDAY, clockAt(FRIDAY))
    let told = 0
    return {
      clock,
      told: () => told,
      moves: createClockStepper(clock, () => {
        told += 1
      }),
    }
  }

  test('has the clock at each step while what is due is done, and tells how far it is', async () => {
    const { clock, moves, told } = clockOnFriday()
    const seen: string[] = []
    await moves.move({ local: '2026-02-27T12:00' }, async () => {
      const { done, steps } = moves.progress() ?? { done: -1, steps: -1 }
      seen.push(`${clock.now().toISOString().slice(11, 16)} ${done}/${steps}`)
    })
    expect(seen).toEqual(['10:00 0/3', '11:00 1/3', '12:00 2/3'])
    expect(moves.progress()).toBeNull()
    expect(told()).toBe(5)
  })

  test('stops where a step fails, and another can follow', async () => {
    const { clock, moves } = clockOnFriday()
    const failing = moves.move('tomorrow', async (step) => {
      if (step.toISOString().includes('T12')) throw new Error('The database is away.')
    })
    await expect(failing).rejects.toThrow('The database is away.')
    expect(clock.now()).toEqual(new Date('2026-02-27T12:00:00Z'))
    await moves.move('an hour on', async () => {})
    expect(clock.now()).toEqual(new Date('2026-02-27T13:00:00Z'))
  })

  test('is refused while another is under way', async () => {
    const { moves } = clockOnFriday()
    const first = moves.move('tomorrow', async () => {})
    await expect(moves.move('an hour on', async () => {})).rejects.toThrow(
      'already on its way to Sat 28 Feb 2026, 09:00',
    )
    await first
  })
})
