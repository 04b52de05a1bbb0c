import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { seededRandom } from '../support/seeded-random.ts'
import { type Day, dayAfter } from './independent-calendar.ts'
import { judge, unsaid } from './judge.ts'
import { firstDay, lastDay, worldOf } from './world.ts'
import { runYear } from './year.ts'

/**
 * A year of 3 programmes and 200 people on 4 working patterns in 3 zones: both clock changes, Easter, the May and August
 * bank holidays, Christmas and New Year; two replicas, restarts, days without the service, platforms that are down.
 */

const minute = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
/** Before, at and after the hours at which a day begins in the three zones; two at random moments. */
const ticks = ['03:31', '04:31', '06:00', '09:01', '10:01', '13:10', '14:10', '16:45'].map(minute)

/** From the evening of the first day until the morning of the last one nobody runs the service. */
const outages: readonly (readonly [Day, Day])[] = [
  ['2026-02-13', '2026-02-17'],
  ['2026-04-02', '2026-04-07'],
  ['2026-09-22', '2026-09-23'],
]
const isUp = (at: Date): boolean => {
  const moment = at.toISOString()
  return !outages.some(([from, to]) => moment > `${from}T16:00` && moment < `${to}T11:00`)
}

/** One in twenty people cannot be reached for three days of each month. */
const isDown = (personId: string, day: Day): boolean => {
  const number = Number(personId.split('-')[1])
  return number % 20 === 7 && Number(day.slice(8)) % 28 < 3
}

describe('a year', () => {
  const random = seededRandom(20_260_101).next
  const plans = worldOf(random, { programmes: 3, peopleEach: 67, projectsEach: 40 })
  const year = runYear({
    ...{ plans, random, from: firstDay, to: lastDay, ticks, isUp, twins: 3 },
    reaches: (id, at) => !isDown(id, at.toISOString().slice(0, 10)),
  })

  test('has enough programmes, people and days to test the rules', () => {
    expect(new Set(year.sent.map(({ to }) => to)).size).toBeGreaterThan(120)
    expect(year.sent.length).toBeGreaterThan(5_000)
    expect(year.repeats).toBeGreaterThan(500)
    expect(year.dropped).toBeGreaterThan(10)
    // What had ended was not decided in the first place: dropping it before sending is for the minutes between.
    expect(year.dropped).toBeLessThan(year.sent.length / 20)
  })

  test('sends nothing twice, nothing on a day off, one message a day, nothing after the end', () => {
    expect(judge(plans, year).slice(0, 5)).toEqual([])
  })

  test('sends everything that is due', () => {
    const isNear = (day: Day) =>
      outages.some(([from, to]) => dayAfter(day, 8) > from && day <= dayAfter(to))
    const { missing, checked } = unsaid(plans, year, {
      from: dayAfter(firstDay, 20),
      to: dayAfter(lastDay, -7),
      isTested: (day, personId) => !isNear(day) && Number(personId.split('-')[1]) % 20 !== 7,
    })
    expect(checked).toBeGreaterThan(600)
    expect(missing.slice(0, 5)).toEqual([])
  })
})

describe('some weeks of any year', () => {
  const day = (from: Day, most: number) =>
    fc.integer({ min: 0, max: most }).map((days) => dayAfter(from, days))
  const closure = fc
    .tuple(day('2026-01-05', 330), fc.integer({ min: 0, max: 12 }))
    .map(([from, days]) => ({ from, to: dayAfter(from, days) }))
  const closures = fc
    .array(closure, { maxLength: 3 })
    .map((some) => some.toSorted((a, b) => (a.from < b.from ? -1 : 1)))
    .filter((some) => some.every(({ from }, at) => at === 0 || from > (some[at - 1]?.to ?? '')))
  const weeks = fc.record({
    seed: fc.nat(),
    from: day('2026-01-05', 290),
    programmes: fc.integer({ min: 1, max: 2 }),
    peopleEach: fc.integer({ min: 2, max: 8 }),
    projectsEach: fc.integer({ min: 1, max: 8 }),
    closures,
    hours: fc.uniqueArray(fc.integer({ min: 0, max: 24 * 4 - 1 }), { minLength: 3, maxLength: 8 }),
    downFrom: fc.integer({ min: 0, max: 40 }),
    downFor: fc.integer({ min: 0, max: 5 }),
  })

  test('send nothing twice, nothing on a day off, one message a day, nothing after the end', () => {
    fc.assert(
      fc.property(weeks, ({ seed, from, hours, downFrom, downFor, ...size }) => {
        const random = seededRandom(seed).next
        const to = dayAfter(from, 45)
        const plans = worldOf(random, { ...size, from, to })
        const down = [dayAfter(from, downFrom), dayAfter(from, downFrom + downFor)] as const
        const year = runYear({
          ...{ plans, random, from, to, twins: 5 },
          ticks: hours.map((quarter) => quarter * 15).toSorted((a, b) => a - b),
          isUp: (at) => {
            const today = at.toISOString().slice(0, 10)
            return today < down[0] || today >= down[1]
          },
          reaches: () => random() < 0.9,
        })
        expect(judge(plans, year)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
