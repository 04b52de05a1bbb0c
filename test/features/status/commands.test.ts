import { beforeEach, describe, expect, test } from '@jest/globals'
import { loadStatusReport } from '../../../src/features/status/status-report.ts'
import { clockAt } from '../../support/clock.ts'
import {
  chatOn,
  day,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()

let programmeId: string
let asha: StoredPerson
let priya: StoredPerson
let omar: StoredPerson
let vera: StoredPerson
let sol: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, priya, omar, vera, sol] = await storePeople(
    db,
    'Asha Verity',
    'Priya Marlowe',
    'Omar Finch',
    'Vera Lind',
    'Sol Ember',
  )
  programmeId = await storeProgramme(db, {
    key: 'BCS',
    office: [priya, omar],
    members: [vera],
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards',
        leads: [asha],
        milestones: [['Pages', '2017-02-20']],
      },
      { ref: '2.2', title: 'Quality of assessments', leads: [asha] },
      { ref: '2.3', title: 'Supervision', leads: [asha] },
    ],
  })
  await db.membership.create({ data: { programmeId, personId: sol.id, role: 'sponsor' } })
  const first = chatOn(db, '2017-02-20')
  await first.ask(asha, '2.1 red the scope is not agreed green by 30 Jun')
  await first.ask(asha, '2.2 green')
})

const on = (date: string) => chatOn(fresh.db, date)
const ask = async (who: StoredPerson, text: string, date = '2017-02-24') =>
  wordsOf(await on(date).ask(who, text))
const standing = async (date: string) => {
  const { rollUp } = await loadStatusReport(fresh.db, { programmeId, asAt: day(date) })
  return rollUp
}

describe('the status of a programme', () => {
  test('tells its colour in word and shape, the counts, the exceptions', async () => {
    const words = await ask(vera, 'status')
    expect(words).toContain('Status as at Fri 24 Feb 2017')
    expect(words).toContain('◆ Red')
    expect(words).toContain('Red 1, Amber 0, Green 1 of 3 projects; 1 not rated')
    expect(words).toContain('2.1 Practice standards: the scope is not agreed')
    expect(words).toContain('4 days overdue, was due Mon 20 Feb 2017')
  })

  test('of an earlier day is what it was on that day', async () => {
    expect(await ask(vera, 'status on 19 Feb 2017 for BCS')).toContain('no colour')
    expect(await ask(vera, 'status on 21 Feb 2017')).toContain('◆ Red')
    expect(await ask(vera, 'status on 21 Mar 2017')).toContain('has not come yet')
    expect(await ask(vera, 'status on Blursday')).toContain('could not read “Blursday”')
  })

  test('tells what changed since a day', async () => {
    const words = await ask(vera, 'status since 19 Feb 2017 for BCS')
    expect(words).toContain('workstream 2: no colour → Red')
    expect(words).toContain('2.1 Practice standards: Not rated → Red, first rated')
    expect(await ask(vera, 'status since 20 Feb 2017')).toContain('Nothing changed')
    expect(await ask(vera, 'status since 24 Feb 2017')).toContain('for a later day')
  })
})

describe('an override', () => {
  test('counts once a second person has confirmed it, with its reason, and not before that day', async () => {
    const asked = await ask(priya, 'override 2 amber because the contract is signed')
    expect(asked).toContain('/rag confirm override 2')
    expect((await standing('2017-02-24')).workstreams[0]).toMatchObject({
      label: 'Red',
      override: null,
      awaiting: { label: 'Amber', by: 'Priya Marlowe' },
    })
    expect(await ask(priya, 'confirm override 2')).toContain('You set it yourself')
    const confirmed = await ask(omar, 'confirm override 2', '2017-02-27')
    expect(confirmed).toContain(
      '▲ Amber (rolled up: Red 1 of 3; set by Priya Marlowe: the contract is signed)',
    )
    expect((await standing('2017-02-26')).programme.label).toBe('Red')
    expect((await standing('2017-02-27')).programme.label).toBe('Amber')
    expect(await ask(vera, 'status', '2017-02-28')).toContain('set by Priya Marlowe')
  })

  test('of the whole programme is confirmed by a sponsor, and ends when somebody ends it', async () => {
    await ask(omar, 'override programme green because the board accepts the risk')
    expect(await ask(sol, 'confirm override programme')).toContain(
      '● Green (rolled up: Red 1 of 1;',
    )
    const ended = await ask(sol, 'override programme off because it is over', '2017-02-28')
    expect(ended).toContain('rolled up again: ◆ Red')
    expect((await standing('2017-02-27')).programme.label).toBe('Green')
    expect((await standing('2017-02-28')).programme.override).toBeNull()
    expect(await ask(sol, 'override programme off', '2017-03-01')).toContain('No colour was set')
    const changed = await ask(vera, 'status since 23 Feb 2017', '2017-03-01')
    expect(changed).toContain('Green confirmed by Sol Ember')
    expect(changed).toContain('ended by Sol Ember: it is over')
  })

  test('is for the programme office and sponsors only, and needs a reason and a state of the scheme', async () => {
    expect(await ask(vera, 'override 2 green because I like it')).toContain(
      'Only the programme office',
    )
    expect(await ask(priya, 'override 2 green')).toContain('Say why it should be Green')
    expect(await ask(priya, 'override 2 purple because it is')).toContain('I do not know the state')
    expect(await ask(priya, 'override 2 n/a because it is')).toContain('I do not know the state')
    expect(await ask(priya, 'override 9 red because it is')).toContain('There is no workstream “9”')
    expect(await ask(priya, 'override XYZ/2 red because it is')).toContain('You have no programme')
    expect(await fresh.db.rollUpOverride.count()).toBe(0)
    expect(await ask(priya, 'confirm override 2')).toContain('Nothing waits')
  })

  test('names its programme where the person is in several', async () => {
    const other = await storeProgramme(fresh.db, { key: 'OTH', office: [priya], projects: [] })
    expect(await ask(priya, 'override 2 red because it is')).toContain('BCS/2 or OTH/2')
    await ask(priya, 'override OTH/programme red because it is')
    const [row] = await fresh.db.rollUpOverride.findMany()
    expect(row).toMatchObject({ programmeId: other, workstreamId: null })
  })

  test('does not get into the way of confirming a project', async () => {
    expect(await ask(priya, 'confirm 2.1')).toContain('2.1 Practice standards')
  })

  test('is confirmed by somebody on whose calendar the day has not begun yet', async () => {
    await fresh.db.person.update({ where: { id: omar.id }, data: { zone: 'America/New_York' } })
    const clock = clockAt(new Date('2017-02-26T01:00:00Z'))
    const chat = chatOn(fresh.db, '2017-02-26', { clock })
    await chat.ask(priya, 'override 2 amber because the contract is signed')
    expect(wordsOf(await chat.ask(omar, 'confirm override 2'))).toContain('▲ Amber')
    expect((await standing('2017-02-25')).workstreams[0]).toMatchObject({ label: 'Red' })
    expect((await standing('2017-02-26')).workstreams[0]).toMatchObject({ label: 'Amber' })
  })
})

describe('the policy', () => {
  test('is chosen by the programme office, and earlier days keep the one they had', async () => {
    const told = await ask(priya, 'admin rollup proportion 60% for BCS')
    expect(told).toContain('Red if 60% of them or more are, else Amber')
    expect((await standing('2017-02-23')).programme).toMatchObject({
      label: 'Red',
      policy: 'worst',
    })
    expect((await standing('2017-02-24')).programme).toMatchObject({
      label: 'Amber',
      policy: 'proportion',
    })
    await ask(priya, 'admin rollup plurality', '2017-02-27')
    expect((await standing('2017-02-26')).programme.policy).toBe('proportion')
    expect((await standing('2017-02-27')).programme).toMatchObject({ label: 'Red' })
  })

  test('says how many have to be rated before there is a colour, and keeps that until it is changed', async () => {
    expect(await ask(priya, 'admin rollup worst rated 80%')).toContain(
      'the worst of its parts; none where less than 80% of them are rated',
    )
    expect((await standing('2017-02-24')).programme).toMatchObject({ state: null })
    expect(await ask(priya, 'admin rollup worst', '2017-02-27')).toContain('less than 80% of them')
    expect(await ask(priya, 'admin rollup worst rated 0', '2017-02-28')).toContain(
      'The programme is ◆ Red.',
    )
    expect((await standing('2017-02-27')).programme).toMatchObject({ state: null })
  })

  test.each([
    ['admin rollup best', 'Say worst, plurality, or proportion'],
    ['admin rollup proportion 0%', 'could not read “0%” as a share'],
    ['admin rollup proportion 101%', 'could not read “101%” as a share'],
  ])('%s: %s', async (text, expected) => {
    expect(await ask(priya, text)).toContain(expected)
  })

  test('is for the programme office alone', async () => {
    expect(await ask(sol, 'admin rollup worst')).toContain('Only the programme office')
  })
})
