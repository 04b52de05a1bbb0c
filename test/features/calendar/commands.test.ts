import { beforeEach, describe, expect, test } from '@jest/globals'
import { closuresSetting, nationSetting } from '../../../src/domain/calendars/settings.ts'
import { parseSettings } from '../../../src/domain/programme/setting.ts'
import { emptyTables, useDatabase } from '../../support/database.ts'
import { formOf } from '../../support/edit-form.ts'
import {
  type Chat,
  chatOn,
  type StoredPerson,
  storePerson,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = useDatabase()

let programmeId: string
let asha: StoredPerson
let tom: StoredPerson
let priya: StoredPerson
let zoe: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  await emptyTables(db)
  asha = await storePerson(db, 'Asha Verity', 'U1')
  tom = await storePerson(db, 'Tom Quill', 'U2')
  priya = await storePerson(db, 'Priya Marlowe', 'U3')
  zoe = await storePerson(db, 'Zoe Marsh', 'U4')
  programmeId = await storeProgramme(db, {
    key: 'BCS',
    office: [priya],
    members: [tom],
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards',
        leads: [asha],
        milestones: [
          ['Site rebuilt', '2026-08-12'],
          ['Pages checked', '2026-08-13'],
        ],
      },
    ],
  })
  await storeProgramme(db, { key: 'OTH', office: [zoe], projects: [] })
})

const on = (day: string): Chat => chatOn(fresh.db, day)
const say = async (day: string, who: StoredPerson, typed: string) =>
  wordsOf(await on(day).ask(who, typed))
const july = '2026-07-20'
const settings = async () =>
  parseSettings(
    (await fresh.db.programme.findUniqueOrThrow({ where: { id: programmeId } })).settings,
  )

describe("a programme's days, for its office to choose", () => {
  test.each([
    ['scotland', 'scotland', 'the bank holidays of Scotland'],
    ['Northern Ireland', 'northern-ireland', 'the bank holidays of Northern Ireland'],
    ['wales for BCS', 'england-and-wales', 'the bank holidays of England and Wales'],
  ])('admin calendar %s', async (typed, calendar, told) => {
    expect(await say(july, priya, `admin calendar ${typed}`)).toContain(told)
    expect(nationSetting.of(await settings())).toBe(calendar)
  })

  test('one that is not there is refused with the nearest', async () => {
    expect(await say(july, priya, 'admin calendar scotlend')).toContain('Did you mean Scotland?')
    expect(await say(july, asha, 'admin calendar scotland')).toContain('Only the programme office')
    expect(nationSetting.of(await settings())).toBe('england-and-wales')
  })

  test('closures are added, listed and opened again day by day', async () => {
    await say(july, priya, 'admin closed 24 Dec 2026 to 31 Dec 2026 because Christmas closure')
    expect(await say(july, priya, 'admin closed')).toContain(
      'Thu 24 Dec 2026 to Thu 31 Dec 2026: Christmas closure',
    )
    const opened = await say(july, priya, 'admin open 29 Dec 2026')
    expect(opened).toContain('Thu 24 Dec 2026 to Mon 28 Dec 2026: Christmas closure')
    expect(opened).toContain('Wed 30 Dec 2026 to Thu 31 Dec 2026')
  })

  test.each([
    ['admin closed 31 Dec 2026 to 24 Dec 2026', 'is before Thu 31 Dec 2026'],
    ['admin closed 24 Aug 2026 to 30 Nov 2026', 'at most 31 days on end'],
    ['admin closed 1 Jul 2026', 'has passed'],
    ['admin open 24 Dec 2026', 'You were not closed on Thu 24 Dec 2026'],
    ['admin open 1 Jul 2026', 'has passed, and stays as it was'],
  ])('%s is refused', async (typed, expected) => {
    expect(await say(july, priya, typed)).toContain(expected)
    expect(closuresSetting.of(await settings())).toEqual([])
  })

  test('the same days twice are refused', async () => {
    await say(july, priya, 'admin closed 24 Dec 2026 to 28 Dec 2026')
    expect(await say(july, priya, 'admin closed 28 Dec 2026')).toContain('You are closed already')
  })
})

describe('when somebody works, for themselves to say', () => {
  test('days, quiet hours and zone are stored and shown', async () => {
    expect(await say(july, asha, 'days mon-wed')).toContain('Monday, Tuesday and Wednesday')
    expect(await say(july, asha, 'quiet 17.30 to 9:30')).toContain('from 17:30 to 09:30')
    expect(await say(july, asha, 'zone paris')).toContain('Europe/Paris')
    expect(await say(july, asha, 'away')).toContain(
      'You work Monday, Tuesday and Wednesday, in Europe/Paris, quiet from 17:30 to 09:30.',
    )
    expect(await say(july, asha, 'days')).toContain('You work Monday, Tuesday and Wednesday.')
    await say(july, asha, 'quiet off')
    expect(await say(july, asha, 'quiet')).toContain('You have no quiet hours')
  })

  test.each([
    ['days most of them', 'I could not read “most of them” as days of the week'],
    ['quiet 09:00 to 08:30', 'leave me at least an hour'],
    ['quiet 25:00 to 08:30', 'are no quiet hours'],
    ['zone Europe/Pariss', 'Did you mean Europe/Paris?'],
    ['zone Mars', 'Write it as Europe/London'],
  ])('%s is refused with the remedy', async (typed, expected) => {
    expect(await say(july, asha, typed)).toContain(expected)
    expect(await fresh.db.workingPattern.count()).toBe(0)
  })
})

describe('leave', () => {
  test('is stored with its deputy, shown to both, and ended by coming back', async () => {
    const stored = await say(july, asha, 'away 3 Aug to 14 Aug deputy tom quill')
    expect(stored).toContain('You are away Mon 3 Aug 2026 to Fri 14 Aug 2026, deputy Tom Quill.')
    expect(await say(july, tom, 'away')).toContain(
      'Tom Quill stands in for Asha Verity: Mon 3 Aug 2026 to Fri 14 Aug 2026.',
    )
    expect(await say('2026-08-06', asha, 'back')).toContain('ended yesterday')
    expect(await say('2026-08-06', tom, 'away')).not.toContain('stands in')
    const [leave] = await fresh.db.leave.findMany()
    expect(leave?.to.toISOString()).toContain('2026-08-14')
    expect(leave?.returnedOn?.toISOString()).toContain('2026-08-06')
  })

  test('that has not begun is called off, and can be said anew', async () => {
    await say(july, asha, 'away 3 Aug to 14 Aug')
    expect(await say(july, asha, 'back')).toContain('is called off')
    expect(await say(july, asha, 'back')).toContain('You are not away')
    expect(await say(july, asha, 'away 3 Aug to 7 Aug')).toContain('You are away Mon 3 Aug 2026')
  })

  test('is said for others by their programme office alone', async () => {
    expect(
      await say(july, priya, 'away for Asha Verity 3 Aug to 14 Aug deputy Tom Quill'),
    ).toContain('Asha Verity is away Mon 3 Aug 2026 to Fri 14 Aug 2026, deputy Tom Quill.')
    expect(await say(july, tom, 'away for Asha Verity tomorrow')).toContain(
      'Only a programme office',
    )
    expect(await say(july, zoe, 'away for Asha Verity tomorrow')).toContain(
      'Nobody in your programmes is called “Asha Verity”',
    )
    expect(await say(july, priya, 'back for Asha Verity')).toContain('is called off')
  })

  test.each([
    ['away 14 Aug to 3 Aug', 'is before Fri 14 Aug 2026'],
    ['away 6 Jul to 10 Jul', 'has passed'],
    ['away 3 Aug to 14 Aug deputy Tom Quil', 'Did you mean Tom Quill?'],
    ['away 3 Aug to 14 Aug deputy Zoe Marsh', 'Nobody in your programmes'],
    ['away 3 Aug to 14 Aug deputy Asha Verity', 'cannot stand in for themselves'],
    ['away 3 Aug 2026 to 3 Oct 2027', 'more than a year of leave'],
    ['away 31 Sept', 'I could not read'],
  ])('%s is asked for again in the form, with the remedy', async (typed, expected) => {
    const reply = await chatOn(fresh.db, july).ask(asha, typed)
    expect([reply.kind, wordsOf(reply)]).toEqual(['invalid', expect.stringContaining(expected)])
    expect(await fresh.db.leave.count()).toBe(0)
  })

  test('over leave there is already is refused', async () => {
    await say(july, asha, 'away 3 Aug to 14 Aug')
    expect(await say(july, asha, 'away 14 Aug to 21 Aug')).toContain(
      'There is leave from Mon 3 Aug 2026 to Fri 14 Aug 2026 already.',
    )
  })

  test('by form takes a first day alone, and a last one that is read from it', async () => {
    const chat = chatOn(fresh.db, july)
    const shown = await chat.press(asha, 'away:form', { first: '20 Dec', last: '4 Jan' })
    expect(formOf(shown).values).toMatchObject({ first: '2026-12-20', last: '2027-01-04' })
    await chat.submit(asha, 'away', { first: '2026-08-03', last: '', deputy: 'Tom Quill' })
    expect(await say(july, asha, 'away')).toContain('away Mon 3 Aug 2026, deputy Tom Quill')
  })

  test('with a deputy who is away too is stored, and says who gets the messages then', async () => {
    await say(july, tom, 'away 10 Aug to 21 Aug deputy Asha Verity')
    expect(await say(july, asha, 'away 3 Aug to 14 Aug deputy Tom Quill')).toContain(
      'Tom Quill is away, too, with you as deputy: Mon 10 Aug 2026 to Fri 21 Aug 2026. Meanwhile the lead of the workstream gets it',
    )
  })
})

describe('a deputy', () => {
  beforeEach(() => say(july, asha, 'away 3 Aug to 14 Aug deputy Tom Quill'))

  test('may answer while the lead is away, and it is recorded for the lead', async () => {
    const during = '2026-08-05'
    expect(await say(during, tom, '')).toContain('2.1 Practice standards')
    await say(during, tom, '2.1 amber We lost a writer green by 30 Sep 2026')
    await say(during, tom, 'done 2.1 1')
    await say(during, tom, 'move 2.1 2 to 1 Sep 2026 because the writer left')
    const shown = await say('2026-08-17', asha, '2.1')
    expect(shown).toContain('as at Wed 5 Aug 2026, by Tom Quill for Asha Verity')
    expect(shown).toContain('the writer left (Tom Quill for Asha Verity)')
    expect(shown).toContain('Said by Tom Quill for Asha Verity')
    expect(await fresh.db.statusUpdate.findMany()).toMatchObject([
      { byId: tom.id, onBehalfOfId: asha.id },
    ])
  })

  test.each([
    ['before', '2026-07-31'],
    ['after', '2026-08-17'],
  ])('may not %s', async (_, day) => {
    expect(await say(day, tom, '2.1 green')).toContain('is updated by its leads')
    expect(await fresh.db.statusUpdate.count()).toBe(0)
  })

  test('may not when the lead is back early, and what was said stays', async () => {
    await say('2026-08-05', tom, '2.1 green')
    await say('2026-08-06', asha, 'back')
    expect(await say('2026-08-06', tom, 'done 2.1 1')).toContain('is updated by its leads')
    expect(await say('2026-08-06', asha, '2.1')).toContain('by Tom Quill for Asha Verity')
  })

  test('who leads it too answers in their own name', async () => {
    await say('2026-08-05', priya, '2.1 green')
    expect(await fresh.db.statusUpdate.findMany()).toMatchObject([
      { byId: priya.id, onBehalfOfId: null },
    ])
  })
})
