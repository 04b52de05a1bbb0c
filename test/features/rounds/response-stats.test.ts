import { beforeEach, describe, expect, test } from '@jest/globals'
import { addDays, civilDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import { roundsBetween } from '../../../src/domain/rounds/rules.ts'
import { defaultSchedule } from '../../../src/domain/schedule/schedule.ts'
import { reminderKind } from '../../../src/features/reminders/message-kind.ts'
import { computeResponseStats, medianOf } from '../../../src/features/rounds/response-stats.ts'
import { aPlan, type ProjectSketch } from '../../support/plans.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const today = civilDate('2017-03-27')

/** Said by the project's lead at noon of a Wednesday, in the middle of a round; on a Thursday, as it closes. */
const said = (onDay: string, more: object = {}) => ({
  ...{ state: 'green', onDay, byId: 'asha', ...more },
})

function looked(projects: readonly ProjectSketch[], reminders: Record<string, number> = {}) {
  const plan = aPlan({ projects })
  const known = {
    programme: plan.programme,
    schedule: defaultSchedule('Europe/London'),
    changes: [],
  }
  const rounds = roundsBetween(known, addDays(today, -28), addDays(today, -1))
  return computeResponseStats({
    plan,
    rounds,
    reminders: new Map(Object.entries(reminders)),
    today,
  })
}

describe('the response statistics', () => {
  test('count the answers of each round, and those before anybody was nudged', () => {
    const { rounds } = looked([
      { ref: '2.1', updates: [said('2017-03-15'), said('2017-03-01'), said('2017-02-22')] },
      { ref: '2.2', updates: [said('2017-02-23', { at: new Date('2017-02-23T11:00:00Z') })] },
      { ref: '2.3', updates: [{ state: 'not-applicable', onDay: '2017-01-04' }] },
    ])
    expect(rounds).toEqual([
      { round: '2017-02-27', answered: 2, beforeNudge: 1, of: 2 },
      { round: '2017-03-06', answered: 1, beforeNudge: 1, of: 2 },
      { round: '2017-03-13', answered: 0, beforeNudge: 0, of: 2 },
      { round: '2017-03-20', answered: 1, beforeNudge: 1, of: 2 },
    ])
  })

  test('name who is told on more than every second working day, lead or not', () => {
    const { toldTooMuch } = looked([{ ref: '2.1', leads: ['asha'] }], {
      wanda: 19,
      asha: 10,
      tom: 9,
    })
    const [first, ...others] = toldTooMuch
    expect(first).toMatchObject({ reminders: 19 })
    expect(first?.workingDays).toBeLessThan(38)
    expect(others.every(({ reminders }) => reminders >= 10)).toBe(true)
  })

  test('measure how overdue milestones are by their current dates, open ones up to today', () => {
    const milestones = [
      { due: '2017-03-01', doneOn: '2017-03-01' },
      { due: '2017-03-01', doneOn: '2017-03-03' },
      { due: '2017-03-01', doneOn: '2017-03-05' },
      { due: '2017-03-20' },
      { due: '2017-02-01' },
      { due: '2017-03-27' },
      { due: null },
    ]
    expect(looked([{ ref: '2.1', milestones }]).milestonesLate).toEqual({
      median: 4,
      late: 3,
      of: 4,
    })
  })

  test('measure how late updates are that missed their round', () => {
    const { updatesLate } = looked([{ ref: '2.1', updates: [said('2017-03-04')] }])
    // That of 27 February closed on the 23rd; the one of 6 March on 2 March; two later ones are owed still.
    expect(updatesLate).toEqual({ median: 6, late: 2, of: 3 })
  })

  test('count the reminders for each update', () => {
    const { reminders, updates } = looked(
      [
        { ref: '2.1', leads: ['asha'], updates: [said('2017-03-04'), said('2017-01-04')] },
        { ref: '2.2', leads: ['asha', 'tom'] },
      ],
      { asha: 3, tom: 4, sponsor: 9 },
    )
    expect({ reminders, updates }).toEqual({ reminders: 7, updates: 1 })
  })

  test('name leads who never updated any of their projects; an imported sheet does not count', () => {
    const imported = { state: 'green', onDay: '2017-03-01', source: 'import' }
    const { neverUpdated } = looked(
      [
        { ref: '2.1', leads: ['asha'], updates: [said('2017-01-04')] },
        { ref: '2.2', leads: ['asha', 'tom'], updates: [imported] },
        { ref: '2.3', leads: ['tom'] },
      ],
      { tom: 5 },
    )
    expect(neverUpdated).toEqual([{ name: 'tom', refs: ['2.2', '2.3'], reminders: 5 }])
  })

  test('list projects with nothing but “no change” for four rounds', () => {
    const attested = ['2017-03-15', '2017-03-08', '2017-03-01', '2017-02-22'].map((on) =>
      said(on, { attestsId: 'first' }),
    )
    const { unchanged } = looked([
      { ref: '2.1', updates: attested },
      { ref: '2.2', updates: attested.slice(1) },
      { ref: '2.3', updates: [said('2017-03-15'), ...attested.slice(1)] },
    ])
    expect(unchanged.map(({ ref }) => ref)).toEqual(['2.1'])
  })

  test('call nobody silent whose earlier updates were not read', () => {
    const plan = aPlan({ projects: [{ ref: '2.1', leads: ['asha'] }] })
    const silent = (projects: Plan['projects']) =>
      computeResponseStats({ plan: { ...plan, projects }, rounds: [], reminders: new Map(), today })
        .neverUpdated.length
    expect(silent(plan.projects)).toBe(1)
    const past = { from: today, states: [], ticks: null }
    expect(silent(plan.projects.map((project) => ({ ...project, past })))).toBe(0)
  })

  test('are empty for a programme without rounds', () => {
    const plan = aPlan({ projects: [{ ref: '2.1', milestones: [{ due: '2017-03-01' }] }] })
    const nothing = computeResponseStats({ plan, rounds: [], reminders: new Map(), today })
    expect(nothing).toMatchObject({ rounds: [], updates: 0, unchanged: [] })
    expect(nothing.milestonesLate).toEqual({ median: null, late: 0, of: 0 })
  })

  test.each([
    [[], null],
    [[5], 5],
    [[9, 1, 2], 2],
    [[1, 4, 2, 9], 3],
  ])('the median of %j is %s', (numbers, median) => {
    expect(medianOf(numbers)).toBe(median)
  })
})

describe('the command “hygiene”', () => {
  const fresh = emptyDatabase()
  let asha: StoredPerson
  let tom: StoredPerson
  let priya: StoredPerson
  let programmeId: string

  beforeEach(async () => {
    const { db } = fresh
    ;[asha, tom, priya] = await storePeople(db, 'Asha Verity', 'Tom Quill', 'Priya Marlowe')
    programmeId = await storeProgramme(db, {
      key: 'BCS',
      office: [priya],
      projects: [
        { ref: '2.1', title: 'Practice standards', leads: [asha] },
        { ref: '2.2', title: 'Supervision', leads: [tom], milestones: [['Written', '2017-02-20']] },
      ],
    })
  })

  async function remind(person: StoredPerson, ...days: string[]) {
    await fresh.db.outboxMessage.createMany({
      data: days.map((on) => ({
        id: newId(),
        key: `reminder:${person.id}:${on}`,
        kind: reminderKind.kind,
        programmeIds: [programmeId],
        ...{ platform: 'slack', tenant: 'T1', conversation: 'D1', placeKind: 'direct' },
        ...{ card: 'notice', data: {}, topics: [], personId: person.id, state: 'sent' as const },
        notBefore: new Date(`${on}T09:00:00Z`),
        createdAt: new Date(`${on}T09:00:00Z`),
        sentAt: new Date(`${on}T09:00:05Z`),
      })),
    })
  }

  test('answers in sentences, with hints how to send fewer reminders', async () => {
    const ask = (on: string, who: StoredPerson, asked: string) =>
      chatOn(fresh.db, on).ask(who, asked)
    await ask('2017-01-11', asha, '2.1 green')
    for (const on of ['2017-01-25', '2017-02-01', '2017-02-08', '2017-02-15']) {
      await ask(on, asha, 'no change 2.1')
    }
    await remind(tom, '2017-01-17', '2017-01-24', '2017-01-31', '2017-02-07')
    await remind(asha, '2017-01-17')
    const words = wordsOf(await ask('2017-02-24', priya, 'hygiene'))
    for (const line of [
      'How BCS is reminded: the last 6 rounds',
      'Answers: 33% (Mon 23 Jan 2017 0 of 2; Mon 30 Jan 2017 1 of 2; Mon 6 Feb 2017 1 of 2;',
      'Before anybody was nudged: 33%.',
      'Updates that missed their round: 8; 1 came later (median 6 days).',
      'Milestones that were due since then: 1; 1 overdue (median 4 days).',
      '5 reminders to leads, 4 updates from them: 1.3 for each update.',
      'Never updated: Tom Quill (2.2; 4 reminders). Where reminders did not help, speak with them',
    ]) {
      expect(words).toContain(line)
    }
    expect(words).not.toContain('Nothing but')
    const week = wordsOf(await ask('2017-02-17', priya, 'hygiene for BCS'))
    expect(week).toContain(
      'Nothing but “no change” in 4 rounds: 2.1. If nothing is to come, “/rag 2.1 no update required” stops the asking.',
    )
  })

  test('leaves out rounds from before the programme was created', async () => {
    const words = wordsOf(await chatOn(fresh.db, '2017-01-04').ask(priya, 'hygiene'))
    expect(words).toContain('No round has closed yet in which anybody was asked.')
    expect(words).not.toContain('Never updated')
  })

  test('is for the programme office alone', async () => {
    expect(wordsOf(await chatOn(fresh.db, '2017-02-24').ask(asha, 'hygiene'))).toContain(
      'Only the programme office of Programme BCS can do that.',
    )
  })
})
