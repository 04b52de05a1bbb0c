import { beforeEach, describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { parseCommand } from '../../../src/chat/commands.ts'
import { parseSettings } from '../../../src/domain/programme/setting.ts'
import { reminderRules } from '../../../src/features/reminders/rules/registry.ts'
import { remindersSetting } from '../../../src/features/reminders/settings.ts'
import {
  chatOn,
  emptyDatabase,
  milestoneIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
let asha: StoredPerson
let tom: StoredPerson
let olu: StoredPerson
let stranger: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, tom, olu, stranger] = await storePeople(db, 'Asha Verity', 'Tom Quill', 'Olu Ade', 'Sam')
  await storeProgramme(db, {
    key: 'P1',
    office: [olu],
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards',
        leads: [asha],
        milestones: [
          ['Website filled', '2017-03-31'],
          ['Pages written', '2017-04-14'],
        ],
      },
      { ref: '2.2', title: 'Assessments', leads: [tom] },
    ],
  })
  await storeProgramme(db, { key: 'P2', members: [stranger], projects: [] })
})

const ask = async (who: StoredPerson, text: string, day = '2017-03-29') =>
  wordsOf(await chatOn(fresh.db, day).ask(who, text))

const rules = async () =>
  remindersSetting.of(
    parseSettings((await fresh.db.programme.findFirstOrThrow({ where: { key: 'P1' } })).settings),
  )

describe('the rules of a programme', () => {
  test('can each be set in the ways that they offer', () => {
    const { commands } = buildCommandRegistry()
    for (const { name, examples, change, accepts } of reminderRules) {
      for (const way of examples) {
        const parsed = parseCommand(commands, `reminders ${name} ${way} for P1`)
        expect([parsed?.command.name, parsed?.raw]).toEqual([
          'reminders-change',
          { rule: name, setting: way, programme: 'P1' },
        ])
        const changed = change({}, way)
        if (!changed || 'problem' in changed) throw new Error(`${name} ${way} is not understood`)
        expect(Object.keys(changed.value)).toHaveLength(1)
        expect(accepts(changed.value)).toBe(true)
      }
    }
  })

  test('are shown to every member as a table, with the exceptions to one message a day', async () => {
    const text = await ask(asha, 'reminders')
    expect(text).toContain('A milestone that falls due (before): 10, 3 and 0 working days before.')
    expect(text).toContain(
      "(overdue): after 2 working days the lead, after 5 the workstream's leads too, after 10 its sponsors too, then once a week.",
    )
    expect(text).toContain(
      'Milestones without a date (undated): all together, every 10 working days.',
    )
    expect(text).toContain(
      'A second one only comes where you asked to be told again later on the same day, or your programme office pressed “nudge now”.',
    )
  })

  test.each([
    ['before 5 1', { before: [5, 1] }],
    ['before 0, 3 and 10', { before: [10, 3, 0] }],
    ['before off', { before: [] }],
    ['overdue lead 1', { overdue: { lead: 1, workstream: 5, sponsor: 10, every: 5 } }],
    ['overdue sponsor off', { overdue: { lead: 2, workstream: 5, sponsor: null, every: 5 } }],
    ['undated every 15', { undated: 15 }],
    ['undated off', { undated: null }],
    ['green-by off', { greenBy: false }],
    ['Green by off', { greenBy: false }],
    ['readings off', { readings: false }],
    ['round open off', { roundOpen: false }],
    ['round closing off', { roundClosing: false }],
  ])('are changed by the programme office: reminders %s', async (typed, expected) => {
    expect(await ask(olu, `reminders ${typed}`)).toContain('Saved')
    expect(await rules()).toMatchObject(expected)
  })

  test.each([
    ['before 400', 'At most 60 working days'],
    ['overdue sponsor 400', 'At most 60 working days'],
    ['undated every 400', 'At most 60 working days'],
    [
      'before soon',
      'I could not read “soon” for “before”. Say it as “before 10 3 0” and “before off”.',
    ],
    ['overdue lead 0', 'I could not read “lead 0”'],
    ['overdue chair 3', 'I could not read “chair 3”'],
    ['before 1 2 3 4 5 6', 'At most 5 days'],
    ['before 99999999999999', 'I could not read'],
    ['green-by perhaps', 'I could not read “perhaps”'],
  ])('refuse what makes no sense, and explain it: reminders %s', async (typed, expected) => {
    const before = await rules()
    const text = await ask(olu, `reminders ${typed}`)
    expect(text).toContain(expected)
    expect(text).toContain('Nothing was changed.')
    expect(await rules()).toEqual(before)
  })

  test('cannot be changed by anybody else', async () => {
    expect(await ask(asha, 'reminders before 1')).toContain('Only the programme office')
  })
})

describe('a snooze', () => {
  const snoozes = () => fresh.db.snooze.findMany({ orderBy: { at: 'asc' } })

  test.each([
    ['snooze 2.1 1 an hour', '2017-03-29T13:00:00.000Z', 'Wed 29 Mar 2017, 14:00'],
    ['snooze 2.1 1 tomorrow', '2017-03-29T23:00:00.000Z', 'Thu 30 Mar 2017'],
    ['snooze 2.1 1 until tomorrow', '2017-03-29T23:00:00.000Z', 'Thu 30 Mar 2017'],
    ['snooze 2.1 website until 3 Apr', '2017-04-02T23:00:00.000Z', 'Mon 3 Apr 2017'],
    ['snooze 2.1 next working day', '2017-03-29T23:00:00.000Z', 'Thu 30 Mar 2017'],
  ])('moves one reminder of one person: %s', async (typed, until, words) => {
    expect(await ask(asha, typed)).toContain(`Snoozed until ${words}`)
    const [one] = await snoozes()
    expect(one).toMatchObject({ personId: asha.id, byId: asha.id, until: new Date(until) })
    expect(await fresh.db.statusUpdate.count()).toBe(0)
  })

  test('on a Thursday before Easter, the next working day is the Tuesday after', async () => {
    const text = await ask(asha, 'snooze 2.1 2 next working day', '2017-04-13')
    expect(text).toContain('Snoozed until Tue 18 Apr 2017')
  })

  test('beyond the due day is allowed, and the answer says so', async () => {
    const text = await ask(asha, 'snooze 2.1 1 until 3 Apr')
    expect(text).toContain('It is due on Fri 31 Mar 2017, before that. The date stays as it is.')
  })

  test.each([
    ['snooze 2.1 1 until 28 Mar', 'Tue 28 Mar 2017 is too early'],
    ['snooze 2.1 1 until 29 Mar', 'is too early'],
    ['snooze 2.1 1 until 1 Dec', 'more than three months away'],
    ['snooze 2.1 1 until whenever', 'Say until which day'],
    ['snooze 2.1 9 tomorrow', 'has no milestone “9”'],
    ['snooze 7.7 tomorrow', 'There is no project “7.7”'],
  ])('is refused where it makes no sense: %s', async (typed, expected) => {
    expect(await ask(asha, typed)).toContain(expected)
    expect(await snoozes()).toEqual([])
  })

  test('of something the person may not see is refused, by id as well', async () => {
    const id = await milestoneIdOf(fresh.db, 'Website filled')
    const chat = chatOn(fresh.db, '2017-03-29')
    const reply = await chat.press(stranger, 'snooze', {
      subject: `milestone:${id}`,
      choice: 'hour',
    })
    expect(wordsOf(reply)).toContain('not in the plan any more')
    expect(await snoozes()).toEqual([])
  })

  test('works by form, which shows the subject and refuses a day that has passed', async () => {
    const subject = `milestone:${await milestoneIdOf(fresh.db, 'Website filled')}`
    const chat = chatOn(fresh.db, '2017-03-29')
    const form = await chat.press(asha, 'snooze:form', { subject })
    expect(form.card).toMatchObject({ name: 'snooze-form', data: { choice: 'tomorrow' } })
    const wrong = await chat.submit(asha, 'snooze', { subject, choice: 'date', date: '2017-03-28' })
    expect(wrong).toMatchObject({ kind: 'invalid', card: { data: { choice: 'date' } } })
    const reply = await chat.submit(asha, 'snooze', { subject, choice: 'next-working-day' })
    expect(wordsOf(reply)).toContain('Snoozed until Thu 30 Mar 2017')
  })

  test('of something done already stores nothing', async () => {
    await ask(asha, 'done 2.1 1')
    expect(await ask(asha, 'snooze 2.1 1 tomorrow')).toContain('it is done already')
    expect(await snoozes()).toEqual([])
  })
})

describe('a mute', () => {
  test('is listed to its owner and to the programme office, and can be ended', async () => {
    expect(await ask(asha, 'mute 2.1 until 30 Apr')).toContain('until Sun 30 Apr 2017')
    await ask(tom, 'snooze 2.2 until 3 Apr')
    expect(await ask(asha, 'mutes')).toContain(
      '2.1 Practice standards, muted until Sun 30 Apr 2017',
    )
    expect(await ask(asha, 'mutes')).not.toContain('Tom Quill')
    const all = await ask(olu, 'mutes')
    expect(all).toContain('Asha Verity: 2.1 Practice standards, muted until Sun 30 Apr 2017')
    expect(all).toContain('Tom Quill: 2.2, snoozed until Mon 3 Apr 2017')
    expect(await ask(asha, 'unmute 2.1')).toContain('I remind you of it again')
    expect(await ask(asha, 'mutes')).toContain('You have muted and snoozed nothing.')
    expect(await ask(asha, 'unmute 2.1')).toContain('was not muted')
  })

  test.each([
    ['mute 2.1 until 28 Mar', 'has passed'],
    ['mute 2.1 until 30 Apr 2019', 'more than a year away'],
    ['mute 2.1 until never', 'I could not read “never” as a date'],
  ])('is refused where it makes no sense: %s', async (typed, expected) => {
    expect(await ask(asha, typed)).toContain(expected)
    expect(await fresh.db.mute.count()).toBe(0)
  })
})

test('a pause that cannot be parsed is answered with examples', async () => {
  const refused = await ask(asha, 'snooze 2.1 for a week')
  expect(refused).toContain('and did nothing.')
  expect(refused).toContain('/rag snooze <project> [<item>] <pause>')
  expect(refused).toContain('“an hour”, “tomorrow”, “next working day”, “until 3 Apr”')
  expect(await fresh.db.snooze.count()).toBe(0)
})

describe('the preview of reminders', () => {
  test('shows everybody’s to the programme office, and to others their own', async () => {
    const all = await ask(olu, 'preview next week')
    expect(all).toContain('From Mon 3 Apr 2017 to Sun 9 Apr 2017')
    expect(all).toContain("Tue 4 Apr 2017, to Asha Verity: 2.1 milestone 1, 2.1's update")
    expect(all).toContain("to Tom Quill: 2.2's update")
    const own = await ask(asha, 'preview next week')
    expect(own).toContain("Tue 4 Apr 2017: 2.1 milestone 1, 2.1's update")
    expect(own).not.toContain('2.2')
    expect(await fresh.db.outboxMessage.count()).toBe(0)
  })

  test('leaves out what is snoozed', async () => {
    await ask(asha, 'mute 2.1 until 30 Apr')
    expect(await ask(asha, 'preview next week')).toContain('nothing goes out to you')
  })

  test.each([
    ['preview 3 Apr to 7 Apr', 'From Mon 3 Apr 2017 to Fri 7 Apr 2017'],
    ['preview tomorrow', 'On Thu 30 Mar 2017, as things stand,'],
    ['preview this week', 'From Wed 29 Mar 2017 to Sun 2 Apr 2017'],
    ['preview 7 Apr to 3 Apr', 'is before'],
    ['preview 3 Apr 2017 to 3 Apr 2019', 'Ask for 62 days at most'],
  ])('covers any days ahead: %s', async (typed, expected) => {
    expect(await ask(olu, typed)).toContain(expected)
  })
})
