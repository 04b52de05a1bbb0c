import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  addDays,
  civilDate,
  fullMoment,
  momentAt,
  type Weekday,
  weekdays,
} from '../../../src/base/dates.ts'
import { calendarOf } from '../../../src/features/calendars/calendar.ts'
import { areQuietHours, officeHours, speakingHours } from '../../../src/features/calendars/hours.ts'
import { defaultSchedule } from '../../../src/features/digests/schedule.ts'
import type { Person } from '../../../src/features/plan/plan.ts'
import { settingsOf } from '../../../src/features/plan/settings.ts'
import {
  countingRound,
  type RoundChange,
  type RoundsKnown,
  roundsAt,
  roundsBetween,
  stepsOf,
} from '../../../src/features/rounds/rules.ts'

const london = (text: string, zone = 'Europe/London') => {
  const [day = '', time = ''] = text.split(' ')
  return momentAt(civilDate(day), time, zone)
}

function known(settings: unknown = {}, changes: readonly RoundChange[] = [], zone?: string) {
  const where = zone ?? 'Europe/London'
  const programme = { settings: settingsOf(settings), zone: where }
  return { programme, schedule: defaultSchedule(where), changes } satisfies RoundsKnown
}

function roundOn(day: string, from: RoundsKnown = known()) {
  const [round] = roundsBetween(from, civilDate(day), civilDate(day))
  if (!round) throw new Error(`no round serves ${day}`)
  return round
}

function timesOf(day: string, from: RoundsKnown = known()) {
  const { opens, nudges, closes, issued } = roundOn(day, from)
  return [opens, nudges, closes, issued].map((at) => fullMoment(at, from.programme.zone))
}

const change = (
  round: string,
  kind: RoundChange['kind'],
  at: string,
  until?: string,
): RoundChange => ({
  round: civilDate(round),
  kind,
  until: until ? london(until) : null,
  byId: null,
  at: london(at),
})

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

  test('nine o’clock is by the wall clock on either side of a change', () => {
    const opens = (day: string) => roundOn(day).opens.toISOString().slice(11, 16)
    expect([opens('2017-03-27'), opens('2017-04-03')]).toEqual(['09:00', '08:00'])
    expect([opens('2017-10-30'), opens('2017-11-06')]).toEqual(['08:00', '09:00'])
  })

  test('a closure moves it as a bank holiday does', () => {
    const closed = known({ closures: [{ from: '2017-02-22', to: '2017-02-23' }] })
    expect(timesOf('2017-02-27', closed).slice(0, 3)).toEqual([
      'Fri 17 Feb 2017, 09:00',
      'Tue 21 Feb 2017, 09:00',
      'Tue 21 Feb 2017, 12:00',
    ])
  })
})

describe('what the programme office does with a round', () => {
  const round = '2017-02-27'

  test('a round that is closed early counts nothing after that, and the next one counts it', () => {
    const early = known({}, [change(round, 'closed', '2017-02-22 16:00')])
    const { open, last, next } = roundsAt(early, london('2017-02-22 16:01'))
    expect([open?.round, last?.round, next?.round]).toEqual([undefined, round, '2017-03-06'])
    expect(next?.countsFrom).toEqual(london('2017-02-22 16:00'))
  })

  test('before it was closed, it was open', () => {
    const early = known({}, [change(round, 'closed', '2017-02-22 16:00')])
    expect(roundsAt(early, london('2017-02-22 15:59')).open?.closes).toEqual(
      london('2017-02-23 12:00'),
    )
  })

  test('the last word on when it closes is the one that holds', () => {
    const changes = [
      change(round, 'extended', '2017-02-23 11:00', '2017-02-24 12:00'),
      change(round, 'closed', '2017-02-23 15:00'),
      change(round, 'opened', '2017-02-23 16:00', '2017-02-24 17:00'),
    ]
    expect(roundOn(round, known({}, changes)).closes).toEqual(london('2017-02-24 17:00'))
  })

  test('one that is extended beyond its digest by a change of settings closes with the digest', () => {
    const extended = known({}, [change(round, 'extended', '2017-02-22 09:00', '2017-02-28 12:00')])
    expect(roundOn(round, extended).closes).toEqual(london('2017-02-27 09:00'))
  })

  test('one that would open while another is open begins when that one closes', () => {
    const early = { round: { opens: { daysBefore: 9 } } }
    const extended = known(early, [
      change(round, 'extended', '2017-02-22 09:00', '2017-02-24 17:00'),
    ])
    expect(roundOn('2017-03-06', extended).opens).toEqual(london('2017-02-24 17:00'))
  })

  test('a nudge is kept with its round', () => {
    const nudged = known({}, [change(round, 'nudged', '2017-02-22 10:00')])
    expect(roundOn(round, nudged).nudgedAt).toEqual(london('2017-02-22 10:00'))
    expect(roundOn('2017-03-06', nudged).nudgedAt).toBeNull()
  })
})

describe('which round it is', () => {
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

  test('where two digests go out on one day, there is one round, named after the later', () => {
    const closed = known({ closures: [{ from: '2016-12-28', to: '2016-12-30' }] })
    const rounds = roundsBetween(closed, civilDate('2016-12-19'), civilDate('2017-01-09'))
    expect(rounds.map(({ round }) => round)).toEqual(['2016-12-19', '2017-01-02', '2017-01-09'])
    expect(fullMoment(rounds[1]?.issued ?? new Date(0), 'Europe/London')).toBe(
      'Fri 23 Dec 2016, 09:00',
    )
  })

  test('a programme that serves its board has a round for each meeting, and none without one', () => {
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

  test('all times are wall times of the programme', () => {
    const auckland = known({}, [], 'Pacific/Auckland')
    expect(timesOf('2017-02-27', auckland).slice(0, 3)).toEqual([
      'Tue 21 Feb 2017, 09:00',
      'Thu 23 Feb 2017, 09:00',
      'Thu 23 Feb 2017, 12:00',
    ])
    expect(roundOn('2017-02-27', auckland).opens.toISOString()).toBe('2017-02-20T20:00:00.000Z')
  })
})

test('rounds never overlap, and what is said at any moment counts for exactly one', () => {
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
      for (const [index, { countsFrom, opens, nudges, closes, issued }] of rounds.entries()) {
        const inOrder = [countsFrom, opens, nudges, closes, issued].map(Number)
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

describe('what a person who owes an update is told of a round', () => {
  const round = '2017-02-27'
  const tuesdayToThursday = 'Tue 21 Feb 09:00 to Thu 23 Feb 12:00'
  const nobodySpecial: Person = {
    ...{ id: 'asha', name: 'Asha', post: null, zone: null, quiet: null },
    ...{ patterns: [], leaves: [] },
  }

  /** The steps that are new at each moment, in order. */
  function told(person: Partial<Person>, changes: readonly RoundChange[] = []) {
    const it = known({}, changes)
    const programme = { ...it.programme, id: 'P1' }
    const said = new Set<string>()
    const moments: string[] = []
    for (let day = civilDate('2017-02-16'); day <= '2017-02-24'; day = addDays(day, 1)) {
      for (const time of ['08:00', '09:00', '10:00', '12:00', '13:00']) {
        const now = momentAt(day, time, 'Europe/London')
        for (const { key } of stepsOf(
          roundOn(round, it),
          programme,
          { ...nobodySpecial, ...person },
          now,
        )) {
          if (said.has(key)) continue
          said.add(key)
          moments.push(`${day} ${time} ${key.split(':').at(-1)}`)
        }
      }
    }
    return moments
  }

  const always = {}
  const works = (...weekdays: Weekday[]) => ({
    patterns: [{ from: civilDate('2017-01-01'), weekdays }],
  })
  const away = (from: string, to: string) => ({
    leaves: [{ from: civilDate(from), to: civilDate(to), deputyId: null }],
  })

  test.each([
    ['who works each day', always, ['2017-02-21 09:00 opened', '2017-02-23 09:00 nudged']],
    [
      'who works Monday to Wednesday is nudged on Wednesday',
      works('monday', 'tuesday', 'wednesday'),
      ['2017-02-21 09:00 opened', '2017-02-22 08:00 nudged'],
    ],
    [
      'who works Mondays only is asked on the Monday, at once for good',
      works('monday'),
      ['2017-02-20 08:00 opened', '2017-02-20 08:00 nudged'],
    ],
    [
      'who goes on leave before it opens is asked on the last day before',
      away('2017-02-20', '2017-02-24'),
      ['2017-02-17 08:00 opened', '2017-02-17 08:00 nudged'],
    ],
    [
      'who was away since the round before is not asked: there is no day',
      away('2017-02-16', '2017-02-24'),
      [],
    ],
    [
      'who comes back on Thursday is told once',
      away('2017-02-20', '2017-02-22'),
      ['2017-02-21 09:00 opened', '2017-02-23 09:00 nudged'],
    ],
    [
      'whose morning begins after it has closed is nudged the day before',
      { zone: 'America/New_York' },
      ['2017-02-21 09:00 opened', '2017-02-22 08:00 nudged'],
    ],
    [
      'whose day is over before the nudge is nudged that day',
      { zone: 'Pacific/Auckland' },
      ['2017-02-21 09:00 opened', '2017-02-22 12:00 nudged'],
    ],
    [
      'who is quiet until after it has closed is nudged the day before',
      { quiet: { from: '17:00', to: '13:00' } },
      ['2017-02-21 09:00 opened', '2017-02-22 08:00 nudged'],
    ],
  ])(`of ${tuesdayToThursday}: %s`, (_, person, moments) => {
    expect(told(person)).toEqual(moments)
  })

  test('a nudge by hand comes instead of the planned one', () => {
    expect(told(always, [change(round, 'nudged', '2017-02-22 10:00')])).toEqual([
      '2017-02-21 09:00 opened',
      '2017-02-22 10:00 nudged',
    ])
  })

  test('or once more, where the planned one was said already', () => {
    expect(told(always, [change(round, 'nudged', '2017-02-23 10:00')])).toEqual([
      '2017-02-21 09:00 opened',
      '2017-02-23 09:00 nudged',
      '2017-02-23 10:00 nudged by hand',
    ])
  })

  test('of a round that was closed early nothing more is said', () => {
    expect(told(always, [change(round, 'closed', '2017-02-22 10:00')])).toEqual([
      '2017-02-21 09:00 opened',
    ])
  })
})

test('whoever is at work on one day that counts is told of the round and nudged in time, whatever their hours', () => {
  const start = civilDate('2017-01-09')
  const monday = fc.integer({ min: 0, max: 51 }).map((weeks) => addDays(start, 7 * weeks))
  const hour = fc.integer({ min: 0, max: 23 }).map((n) => `${String(n).padStart(2, '0')}:00`)
  const person = fc.record({
    ...{ id: fc.constant('asha'), name: fc.constant('Asha'), post: fc.constant(null) },
    zone: fc.constantFrom(null, 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata'),
    patterns: fc
      .subarray([...weekdays], { minLength: 1 })
      .map((days) => [{ from: civilDate('2016-01-01'), weekdays: days }]),
    leaves: fc.constant([]),
    quiet: fc.option(fc.record({ from: hour, to: hour }).filter(areQuietHours)),
  })
  fc.assert(
    fc.property(monday, person, (day, who) => {
      const it = known()
      const round = roundOn(day, it)
      const zone = who.zone ?? 'Europe/London'
      const [first] = speakingHours(officeHours, who.quiet)
      const calendar = calendarOf(who, it.programme)
      const heard = new Set<string>()
      let chances = 0
      for (let on = addDays(day, -21); on <= day; on = addDays(on, 1)) {
        const morning = momentAt(on, first?.from ?? '09:00', zone)
        if (!calendar.isWorkingDay(on) || morning >= round.closes) continue
        if (momentAt(on, '00:00', zone) > round.countsFrom) chances += 1
        // The day's message tells of all that its day brings.
        const evening = Math.min(+momentAt(on, '23:59', zone), +round.closes)
        const steps = stepsOf(round, { ...it.programme, id: 'P1' }, who, new Date(evening))
        for (const { step } of steps) heard.add(step)
      }
      expect([...heard].toSorted()).toEqual(chances > 0 ? ['nudged', 'opened'] : [])
    }),
  )
})
