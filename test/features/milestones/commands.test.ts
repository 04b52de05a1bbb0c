import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Address } from '../../../src/base/addresses.ts'
import { newId } from '../../../src/base/ids.ts'
import type { Card } from '../../../src/chat/cards.ts'
import { buttonsIn } from '../../../src/chat/data-buttons.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { loadPlan } from '../../../src/domain/plan/store.ts'
import { formOf } from '../../support/edit-form.ts'
import {
  type Chat,
  chatOn,
  day,
  direct,
  emptyDatabase,
  milestoneIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()

let chat: Chat
let programmeId: string
let asha: StoredPerson
let vera: StoredPerson
let stranger: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, vera, stranger] = await storePeople(db, 'Asha Verity', 'Vera Lind', 'Sam Other')
  programmeId = await storeProgramme(db, {
    key: 'BCS',
    members: [vera],
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards',
        leads: [asha],
        milestones: [
          ['All pages written', '2017-03-31'],
          ['Website tested', '2017-03-31'],
          ['Website open to staff', null],
        ],
      },
      { ref: '2.2', title: 'Assessments', leads: [asha] },
    ],
  })
  await storeProgramme(db, {
    key: 'OTH',
    projects: [
      {
        ref: '7.7',
        title: 'Roads',
        leads: [stranger],
        milestones: [['Salt bought', '2017-03-31']],
      },
    ],
  })
  chat = chatOn(db, '2017-02-24')
})

const dones = () => fresh.db.milestoneCompletion.findMany({ include: { milestone: true } })
const moves = () => fresh.db.milestoneMove.findMany({ orderBy: { at: 'asc' } })
const milestone = (about: string) => fresh.db.milestone.findFirstOrThrow({ where: { about } })
const dbDay = (text: string) => new Date(`${text}T00:00:00Z`)

describe('the answer in which Done was pressed', () => {
  const doneButtons = (card: Card) => buttonsIn(card.data).filter(({ verb }) => verb === 'done')
  const cardOf = (reply: Reply) => reply.card

  test.each([
    ['due 60', 2],
    ['BCS/2.1', 3],
  ])('%s is drawn anew without it, with what was done on top', async (line, offered) => {
    const buttons = doneButtons(cardOf(await chat.ask(asha, line)))
    expect(buttons).toHaveLength(offered)
    const reply = await chat.press(asha, 'done', buttons[0]?.data ?? {})
    if (reply.kind !== 'answer' || !reply.refresh) throw new Error('It was not drawn anew.')
    expect(doneButtons(reply.refresh).map(({ data }) => data.milestone)).toEqual(
      buttons.slice(1).map(({ data }) => data.milestone),
    )
    expect(wordsOf({ kind: 'answer', card: reply.refresh })).toMatch(
      /^2\.1: Done on Fri 24 Feb 2017: .*\W+To take it back: \/rag undo/,
    )
    const again = await chat.press(asha, 'done', doneButtons(reply.refresh)[0]?.data ?? {})
    if (again.kind !== 'answer' || !again.refresh) throw new Error('It was not drawn anew.')
    expect(doneButtons(again.refresh)).toHaveLength(offered - 2)
  })

  test('never takes the place of what others read, and is of queries that say so', async () => {
    const [button] = doneButtons(cardOf(await chat.ask(asha, 'due 60')))
    const shown = JSON.stringify({ query: 'people', args: {} })
    const place = { ...direct, conversation: 'C1', kind: 'channel' } as const
    const pressed = (data: object, message?: Address) => ({
      ...{ key: newId(), actor: asha.identity, place, message },
      input: { by: 'button' as const, verb: 'done', args: { ...button?.data, ...data } },
    })
    const message = { place, messageId: '1.2' }
    expect(await chat.handle(pressed({}, message))).not.toHaveProperty('refresh.data')
    expect(await chat.handle(pressed({ shown }))).not.toHaveProperty('refresh.data')
    expect(await chat.handle(pressed({ shown: 'no JSON' }))).not.toHaveProperty('refresh.data')
    expect(await chat.handle(pressed({}))).toHaveProperty('refresh.data')
  })
})

describe('a milestone that is done', () => {
  test.each([
    ['its number', 'done 2.1 1'],
    ['its words', 'done 2.1 all pages written'],
    ['some of its words, in any case', 'done 2.1 PAGES'],
    ['words with the letters of another alphabet', 'done 2.1 раges'],
  ])('is saved by %s', async (_by, typed) => {
    expect((await chat.ask(asha, typed)).card.data).toMatchObject({
      heading: 'Saved',
      lines: ['2.1 Practice standards', 'Done on Fri 24 Feb 2017: All pages written'],
    })
    expect(await dones()).toMatchObject([
      {
        byId: asha.id,
        source: 'slack',
        onDay: dbDay('2017-02-24'),
        at: new Date('2017-02-24T12:00:00Z'),
        milestone: { about: 'All pages written', doneOn: dbDay('2017-02-24') },
      },
    ])
  })

  test('is saved by its button', async () => {
    await chat.press(asha, 'done', { milestone: await milestoneIdOf(fresh.db, 'Website tested') })
    expect(await dones()).toMatchObject([{ milestone: { about: 'Website tested' } }])
  })

  test('is not saved where the words fit several', async () => {
    expect(wordsOf(await chat.ask(asha, 'done 2.1 website'))).toContain(
      '“website” fits several milestones of 2.1: 2 Website tested; 3 Website open to staff. Say the number. Nothing was saved.',
    )
    expect(await dones()).toEqual([])
  })

  test('is the only open one that the words fit', async () => {
    await chat.ask(asha, 'done 2.1 2')
    await chat.ask(asha, 'done 2.1 website')
    expect((await dones()).map((row) => row.milestone.about).sort()).toEqual([
      'Website open to staff',
      'Website tested',
    ])
  })

  test('stays unchanged when it is reported again', async () => {
    await chat.ask(asha, 'done 2.1 1')
    const later = chatOn(fresh.db, '2017-03-01')
    expect((await later.ask(asha, 'done 2.1 1')).card.data).toMatchObject({
      heading: 'Nothing to change',
      lines: [
        '2.1 Practice standards',
        'It was done already, on Fri 24 Feb 2017: All pages written',
      ],
    })
    expect(await dones()).toMatchObject([{ onDay: dbDay('2017-02-24') }])
  })

  test('that does not exist offers the nearest, or all of them', async () => {
    expect(wordsOf(await chat.ask(asha, 'done 2.1 web site tested'))).toContain(
      'Project 2.1 has no milestone “web site tested”. Did you mean “Website tested”? Nothing was saved.',
    )
    expect(wordsOf(await chat.ask(asha, 'done 2.1 9'))).toContain(
      'It has: 1 All pages written; 2 Website tested; 3 Website open to staff. Nothing was saved.',
    )
    expect(wordsOf(await chat.ask(asha, 'done 2.2 1'))).toContain(
      'Project 2.2 has no milestones. Nothing was saved.',
    )
    expect(wordsOf(await chat.press(asha, 'done', { project: '2.1', milestone: ' ' }))).toContain(
      'Say which milestone, by its number or its words.',
    )
    expect(await dones()).toEqual([])
  })

  test('is reported by its leads alone', async () => {
    expect(wordsOf(await chat.ask(vera, 'done 2.1 1'))).toContain('Please tell Asha Verity.')
    expect(await dones()).toEqual([])
  })

  test.each(['done', 'move', 'move:form'])(
    'of another programme is no more there for the button "%s" than one that does not exist',
    async (verb) => {
      const theirs = await milestoneIdOf(fresh.db, 'Salt bought')
      const words = wordsOf(await chat.press(asha, verb, { milestone: theirs }))
      expect(words).toBe(wordsOf(await chat.press(asha, verb, { milestone: newId() })))
      expect(words).toContain('That milestone is not in the plan any more.')
      expect(await dones()).toEqual([])
    },
  )

  test('by form: the open ones to choose from, the one that was meant chosen', async () => {
    const form = formOf(await chat.press(asha, 'done:form', { project: '2.1', milestone: '1' }))
    expect(form.choices('milestone')[0]).toBe('1 All pages written')
    await chat.submit(asha, 'done', { ...form.values, link: '' })
    expect(await milestone('All pages written')).toMatchObject({ doneOn: dbDay('2017-02-24') })
  })
})

describe('a milestone that moves', () => {
  test('shows its first date, and keeps every move with its reason', async () => {
    const reply = await chat.ask(asha, 'move 2.1 pages to 28 Apr because the writer is ill')
    expect(reply.card.data).toMatchObject({
      heading: 'Saved',
      lines: [
        '2.1 Practice standards',
        'Moved from Fri 31 Mar 2017 to Fri 28 Apr 2017: All pages written',
        'Reason: the writer is ill',
      ],
    })
    await chatOn(fresh.db, '2017-03-03').ask(
      asha,
      'move 2.1 pages to 31 May because she is still ill',
    )
    expect(await moves()).toMatchObject([
      {
        from: dbDay('2017-03-31'),
        to: dbDay('2017-04-28'),
        reason: 'the writer is ill',
        byId: asha.id,
        source: 'slack',
        onDay: dbDay('2017-02-24'),
      },
      { from: dbDay('2017-04-28'), to: dbDay('2017-05-31'), onDay: dbDay('2017-03-03') },
    ])
    expect(await milestone('All pages written')).toMatchObject({
      raw: '2017-03-31',
      baselineDue: dbDay('2017-03-31'),
      due: dbDay('2017-05-31'),
    })
    expect(wordsOf(await chatOn(fresh.db, '2017-03-03').ask(vera, '2.1'))).toContain(
      'due Wed 31 May 2017; was Fri 31 Mar 2017, moved twice',
    )
  })

  test('gets its first date where it had none', async () => {
    expect(wordsOf(await chat.ask(asha, 'move 2.1 3 to 28 Apr because it is agreed'))).toContain(
      'Moved to Fri 28 Apr 2017: Website open to staff',
    )
    expect(await moves()).toMatchObject([{ from: null, to: dbDay('2017-04-28') }])
  })

  test.each([
    ['without a reason', 'move 2.1 1 to 28 Apr', 'Say why it moves, in a few words'],
    ['to a day that has passed', 'move 2.1 1 to 23 Feb because x', 'Thu 23 Feb 2017 has passed.'],
    ['to the same day', 'move 2.1 1 to 31 Mar because x', 'It is due on Fri 31 Mar 2017 already.'],
    ['to no day', 'move 2.1 1 to soonish because x', 'I could not read “soonish” as a date.'],
  ])('%s is asked for in the form, which holds what was typed', async (_how, typed, words) => {
    const reply = await chat.ask(asha, typed)
    expect(wordsOf(reply)).toContain(words)
    expect(reply).toMatchObject({
      kind: 'invalid',
      card: { name: 'move-form', data: { about: 'All pages written' } },
    })
    expect(await moves()).toEqual([])
  })

  test('may move to today', async () => {
    await chat.ask(asha, 'move 2.1 1 to today because it is ready')
    expect(await moves()).toMatchObject([{ to: dbDay('2017-02-24') }])
  })

  test('is not moved once it is done, and its form does not open', async () => {
    await chat.ask(asha, 'done 2.1 1')
    const { id } = await milestone('All pages written')
    for (const reply of [
      await chat.ask(asha, 'move 2.1 1 to 28 Apr because x'),
      await chat.press(asha, 'move:form', { milestone: id }),
      await chat.submit(asha, 'move', { milestone: id }),
    ]) {
      expect(wordsOf(reply)).toContain('That milestone was done on Fri 24 Feb 2017.')
    }
    expect(await moves()).toEqual([])
  })

  test('by form: opens with what was typed, shows problems at their fields, then saves', async () => {
    const opened = await chat.press(asha, 'move:form', {
      project: '2.1',
      milestone: 'pages',
      date: '28 Apr',
    })
    const { id } = await milestone('All pages written')
    expect(opened).toMatchObject({
      kind: 'form',
      card: {
        name: 'move-form',
        data: {
          milestone: id,
          project: '2.1 Practice standards',
          about: 'All pages written',
          now: 'due Fri 31 Mar 2017',
          date: '2017-04-28',
          reason: '',
        },
      },
    })
    const reason = 'Say why it moves, in a few words: “because …”.'
    expect(
      await chat.submit(asha, 'move', { milestone: id, date: '2017-04-28', reason: ' ' }),
    ).toMatchObject({
      kind: 'invalid',
      fields: { reason },
      card: { data: { date: '2017-04-28', problems: { date: '', reason } } },
    })
    const filled = { milestone: id, date: '2017-04-28', reason: 'The writer is ill' }
    expect((await chat.submit(asha, 'move', filled)).kind).toBe('answer')
    expect(await moves()).toMatchObject([{ reason: 'The writer is ill' }])
  })
})

test('the plan as at an earlier day has no later moves and completions', async () => {
  await chat.ask(asha, 'move 2.1 1 to 28 Apr because the writer is ill')
  await chatOn(fresh.db, '2017-03-03').ask(asha, 'move 2.1 1 to 31 May because she is still ill')
  await chatOn(fresh.db, '2017-03-06').ask(asha, 'done 2.1 1')
  const asItStood = async (asAt: string) => {
    const plan = await loadPlan(fresh.db, programmeId, day(asAt))
    const [first] = plan.projects[0]?.milestones ?? []
    return [first?.due, first?.moves.length, first?.doneOn]
  }
  expect(await asItStood('2017-02-23')).toEqual(['2017-03-31', 0, null])
  expect(await asItStood('2017-02-24')).toEqual(['2017-04-28', 1, null])
  expect(await asItStood('2017-03-03')).toEqual(['2017-05-31', 2, null])
  expect(await asItStood('2017-03-05')).toEqual(['2017-05-31', 2, null])
  expect(await asItStood('2017-03-06')).toEqual(['2017-05-31', 2, '2017-03-06'])
})
