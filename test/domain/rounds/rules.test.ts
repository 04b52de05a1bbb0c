import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays, civilDate, fullMoment } from '../../../src/base/dates.ts'
import { countingRound, roundsAt, roundsBetween } from '../../../src/domain/rounds/rules.ts'
import { change, known, london, roundOn, timesOf } from './round-sketches.ts'

describe('a round opens, nudges once and closes in working days before its digest', () => {
  test.each([
    ['an ordinary Monday', '2017-02-27', 'Tue 21 Feb', 'Thu 23 Feb', 'Mon 27 Feb'],
    ['over the clocks going forward', '2017-03-27', 'Tue 21 Mar', 'Thu 23 Mar', 'Mon 27 Mar'],
    ['over the clocks going back', '2017-10-30', 'Tue 24 Oct', 'Thu 26 Oct', 'Mon 30 Oct'],
    ['the digest of Easter Monday', '2017-04-17', 'Fri 7 Apr', 'Tue 11 Apr', 'Thu 13 Apr'],
    ['the Monday after Easter', '2017-04-24', 'Tue 18 Apr', 'Thu 20 Apr', 'Mon 24 Apr'],
    ['with a bank holiday within', '2017-05-08', 'Tue 2 May', 'Thu 4 May', 'Mon 8 May'],
    ['on early May bank holiday', '2017-05-01', 'Mon 24 Apr', 'Wed 26 Apr', 'Fri 28 Apr'],
    ['at Christmas', '2017-01-02', 'Thu 22 Dec', 'Wed 28 Dec', 'Fri 30 Dec'],
  ])('%s', (_, day, opens, closes, issued) => {
    const times = timesOf(day).map((text) => text.replace(/ \d{4}/, ''))
    expect(times).toEqual([
      `${opens}, 09:00`,
      `${closes}, 09:00`,
      `${closes}, 12:00`,
      `${issued}, 09:00`,
    ])
  })

  test('at nine by the wall clock on either side of a clock change', () => {
    const opens = (day: string) => roundOn(day).opens.toISOString().slice(11, 16)
    expect([opens('2017-03-27'), opens('2017-04-03')]).toEqual(['09:00', '08:00'])
    expect([opens('2017-10-30'), opens('2017-11-06')]).toEqual(['08:00', '09:00'])
  })

  test('earlier where the council is closed, as for a bank holiday', () => {
    const closed = known({ closures: [{ from: '2017-02-22', to: '2017-02-23' }] })
    expect(timesOf('2017-02-27', closed).slice(0, 3)).toEqual([
      'Fri 17 Feb 2017, 09:00',
      'Tue 21 Feb 2017, 09:00',
      'Tue 21 Feb 2017, 12:00',
    ])
  })
})

describe('a round that the programme office changes', () => {
  const round = '2017-02-27'

  test('counts no update after it was closed early; the next round counts it', () => {
    const early = known({}, [change(round, 'closed', '2017-02-22 16:00')])
    const { open, last, next } = roundsAt(early, london('2017-02-22 16:01'))
    expect([open?.round, last?.round, next?.round]).toEqual([undefined, round, '2017-03-06'])
    expect(next?.countsFrom).toEqual(london('2017-02-22 16:00'))
  })

  test('was open before it was closed', () => {
    const early = known({}, [change(round, 'closed', '2017-02-22 16:00')])
    expect(roundsAt(early, london('2017-02-22 15:59')).open?.closes).toEqual(
      london('2017-02-23 12:00'),
    )
  })

  test('closes at the time that was chosen last', () => {
    const changes = [
      change(round, 'extended', '2017-02-23 11:00', '2017-02-24 12:00'),
      change(round, 'closed', '2017-02-23 15:00'),
      change(round, 'opened', '2017-02-23 16:00', '2017-02-24 17:00'),
    ]
    expect(roundOn(round, known({}, changes)).closes).toEqual(london('2017-02-24 17:00'))
  })

  test('closes with its digest at the latest, also where settings changed after it was extended', () => {
    const extended = known({}, [change(round, 'extended', '2017-02-22 09:00', '2017-02-28 12:00')])
    expect(roundOn(round, extended).closes).toEqual(london('2017-02-27 09:00'))
  })

  test('opens when the round before closes, if that was extended beyond its opening', () => {
    const early = { round: { opens: { daysBefore: 9 } } }
    const extended = known(early, [
      change(round, 'extended', '2017-02-22 09:00', '2017-02-24 17:00'),
    ])
    expect(roundOn('2017-03-06', extended).opens).toEqual(london('2017-02-24 17:00'))
  })

  test('keeps the time of its nudge by hand', () => {
    const nudged = known({}, [change(round, 'nudged', '2017-02-22 10:00')])
    expect(roundOn(round, nudged).nudgedAt).toEqual(london('2017-02-22 10:00'))
    expect(roundOn('2017-03-06', nudged).nudgedAt).toBeNull()
  })
})

describe('the round at a point in time', () => {
  test.each([
    ['before it opens, the one about to open', '2017-02-21 08:59', undefined, '2017-02-27'],
    ['when it opens', '2017-02-21 09:00', '2017-02-27', '2017-02-27'],
    ['at the minute it closes', '2017-02-23 12:00', '2017-02-27', '2017-02-27'],
    ['after it has closed, the next one', '2017-02-23 12:01', undefined, '2017-03-06'],
    ['on the day of the digest', '2017-02-27 09:00', undefined, '2017-03-06'],
  ])('%s', (_, at, open, counting) => {
    const rounds = roundsAt(known(), london(at))
    expect(rounds.open?.round).toBe(open)
    expect(countingRound(rounds)?.round).toBe(counting)
  })

  test('is one for two digests that go out on one day, named after the later', () => {
    const closed = known({ closures: [{ from: '2016-12-28', to: '2016-12-30' }] })
    const rounds = roundsBetween(closed, civilDate('2016-12-19'), civilDate('2017-01-09'))
    expect(rounds.map(({ round }) => round)).toEqual(['2016-12-19', '2017-01-02', '2017-01-09'])
    expect(fullMoment(rounds[1]?.issuedAt ?? new Date(0), 'Europe/London')).toBe(
      'Fri 23 Dec 2016, 09:00',
    )
  })

  test('is that of a board meeting where rounds serve the board, and none without a meeting', () => {
    const boards = [{ on: '2017-03-16', name: 'Cabinet' }, { on: '2017-04-20' }]
    const board = known({ round: { serves: 'board' }, boards })
    expect(timesOf('2017-03-16', board).slice(0, 3)).toEqual([
      'Fri 10 Mar 2017, 09:00',
      'Tue 14 Mar 2017, 09:00',
      'Tue 14 Mar 2017, 12:00',
    ])
    const now = (text: string) => countingRound(roundsAt(board, london(text)))?.round
    expect([now('2017-02-27 12:00'), now('2017-03-15 12:00'), now('2017-04-21 12:00')]).toEqual([
      '2017-03-16',
      '2017-04-20',
      undefined,
    ])
    expect(roundOn('2017-03-16', board).countsFrom).toEqual(london('2017-02-16 00:00'))
    expect(roundsAt(known({ round: { serves: 'board' } }), london('2017-02-27 12:00'))).toEqual({})
  })

  test('has wall times of the programme’s zone', () => {
    const auckland = known({}, [], 'Pacific/Auckland')
    expect(timesOf('2017-02-27', auckland).slice(0, 3)).toEqual([
      'Tue 21 Feb 2017, 09:00',
      'Thu 23 Feb 2017, 09:00',
      'Thu 23 Feb 2017, 12:00',
    ])
    expect(roundOn('2017-02-27', auckland).opens.toISOString()).toBe('2017-02-20T20:00:00.000Z')
  })
})

test('rounds never overlap, and an update at any time counts for exactly one', () => {
  const from = civilDate('2017-01-01')
  const day = fc.integer({ min: 0, max: 120 }).map((days) => addDays(from, days))
  const time = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:30`)
  const moment = fc.tuple(day, time).map(([on, at]) => london(`${on} ${at}`))
  const at = fc.record({ daysBefore: fc.integer({ min: 0, max: 12 }), at: time })
  const changes = fc.array(
    fc.record({
      round: day,
      kind: fc.constantFrom(
        'nudged' as const,
        'closed' as const,
        'extended' as const,
        'opened' as const,
      ),
      until: fc.option(moment),
      byId: fc.constant(null),
      at: moment,
    }),
    { maxLength: 12 },
  )
  const closures = fc
    .option(fc.tuple(day, fc.integer({ min: 0, max: 30 })))
    .map((one) => (one ? [{ from: one[0], to: addDays(one[0], one[1]) }] : []))
  const zone = fc.constantFrom('Europe/London', 'America/New_York', 'Australia/Lord_Howe')
  const settings = fc.record({ round: fc.record({ opens: at, nudges: at, closes: at }), closures })
  fc.assert(
    fc.property(settings, changes, zone, moment, (chosen, made, where, now) => {
      const it = known(chosen, made, where)
      const rounds = roundsBetween(it, from, addDays(from, 220))
      for (const [index, { countsFrom, opens, nudges, closes, issuedAt }] of rounds.entries()) {
        const inOrder = [countsFrom, opens, nudges, closes, issuedAt].map(Number)
        expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
        const next = rounds[index + 1]
        if (next) expect(next.countsFrom).toEqual(closes)
      }
      const counting = rounds.filter(({ countsFrom, closes }) => countsFrom < now && now <= closes)
      expect(counting).toHaveLength(1)
      // Asked in the middle of it, only what was known by then is so.
      const then = roundsAt(it, now)
      expect(countingRound(then)?.closes.getTime()).toBeGreaterThanOrEqual(now.getTime())
      expect(then.last === undefined || then.last.closes < now).toBe(true)
    }),
  )
})
