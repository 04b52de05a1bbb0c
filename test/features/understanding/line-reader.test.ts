import { beforeEach, describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { expandCard } from '../../../src/chat/cards.ts'
import { fingerprint } from '../../../src/chat/edit-conflicts.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { askFarDays } from '../../../src/features/understanding/form-check.ts'
import { createLineReader } from '../../../src/features/understanding/line-reader.ts'
import { splitMessage } from '../../../src/features/understanding/split-message.ts'
import {
  type Chat,
  chatOn,
  day,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storePerson,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
const readLine = createLineReader(buildCommandRegistry().commands)

let chat: Chat
let asha: StoredPerson
let tom: StoredPerson
let priya: StoredPerson

beforeEach(async () => {
  ;[asha, tom, priya] = await storePeople(
    fresh.db,
    ...(['Asha Verity', 'Tom Quill', 'Priya Marlowe'] as const),
  )
  await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya],
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards online',
        leads: [asha],
        milestones: [
          ['All pages written', '2017-03-31'],
          ['Reviews begin', '2017-04-01'],
        ],
      },
      { ref: '2.2', title: 'Better assessments', leads: [asha] },
    ],
  })
  await storeProgramme(fresh.db, {
    key: 'OTH',
    projects: [{ ref: '7.7', title: 'Winter roads', leads: [tom] }],
  })
  chat = chatOn(fresh.db, '2017-02-24', { readLine, checkForm: askFarDays })
})

const stored = () =>
  fresh.db.statusUpdate.findMany({ select: { state: true, reason: true, path: true } })

describe('what people type in words of their own', () => {
  test.each([
    ['2.1 is green', 'green', null],
    [
      '2.1 amber because the supplier is late, back to green by 30 June',
      'amber',
      'the supplier is late',
    ],
  ])('%s', async (line, state, reason) => {
    expect(wordsOf(await chat.ask(asha, line))).toContain('2.1 Practice standards online is')
    expect(await stored()).toEqual([{ state, reason, path: null }])
  })

  test('the path to green has a field of its own', async () => {
    await chat.ask(asha, '2.1 amber supplier late. Path to green: second tender by 30 June')
    expect(await stored()).toEqual([
      { state: 'amber', reason: 'supplier late', path: 'second tender' },
    ])
  })

  test('a milestone named by three numbers is one of the project', async () => {
    expect(wordsOf(await chat.ask(asha, 'finished 2.1.1'))).toContain('All pages written')
    expect(await fresh.db.milestoneCompletion.count()).toBe(1)
  })
})

describe('a question, with the answers one press away', () => {
  const buttonsOf = async (line: string) => {
    const { card } = await chat.ask(asha, line)
    return (card.data as { buttons: { title: string; verb: string; data: object }[] }).buttons
  }

  test('which milestone is finished', async () => {
    const [first, second] = await buttonsOf('done 2.1')
    expect(first?.title).toBe('1 All pages written')
    expect(second).toEqual({
      title: '2 Reviews begin',
      verb: 'done',
      data: { project: '2.1', milestone: '2', answersQuestion: 'yes' },
    })
    expect(await fresh.db.milestoneCompletion.count()).toBe(0)
  })

  test('offers whoever may only read nothing that they may not press', async () => {
    const viewer = await storePerson(fresh.db, 'Vera Lind', 'U9')
    const { id: programmeId } = await fresh.db.programme.findFirstOrThrow({ where: { key: 'BCS' } })
    await fresh.db.membership.create({ data: { programmeId, personId: viewer.id, role: 'viewer' } })
    const { card } = await chat.ask(viewer, 'done 2.1')
    expect(card.data).toMatchObject({ heading: 'One question', buttons: [] })
  })

  test('which project has not changed: the person’s own, and all of them', async () => {
    expect((await buttonsOf('no change')).map(({ title }) => title)).toEqual([
      '2.1 Practice standards online',
      '2.2 Better assessments',
      'All of them',
    ])
  })

  test('which project is meant, where words begin several titles', async () => {
    await storeProgramme(fresh.db, {
      key: 'GRT',
      projects: [
        { ref: '3.1', title: 'Winter gritting north', leads: [asha] },
        { ref: '3.2', title: 'Winter gritting south', leads: [asha] },
      ],
    })
    const [north, south, ...others] = await buttonsOf('winter gritting is green')
    expect([north?.title, south?.title]).toEqual([
      'GRT/3.1 Winter gritting north',
      'GRT/3.2 Winter gritting south',
    ])
    expect(south).toMatchObject({
      verb: 'update',
      data: { project: 'GRT/3.2', state: 'green' },
    })
    expect(others).toEqual([])
    expect(await stored()).toEqual([])
    expect((await buttonsOf('winter gritting')).map(({ verb }) => verb)).toEqual(['show', 'show'])
  })

  test('a state with a slip of the finger', async () => {
    const [amber] = await buttonsOf('2.1 ambr supplier late green by 30 June')
    expect(amber).toMatchObject({ title: 'Amber', verb: 'update', data: { state: 'amber' } })
    expect(await stored()).toEqual([])
  })

  test('what was named by its title: shown as it was read, saved by Yes, mended in the form', async () => {
    const { card } = await chat.ask(asha, 'Practice standards online is green')
    expect(card.data).toMatchObject({
      heading: 'Is this what you mean?',
      lines: ['2.1 Practice standards online', 'Status: Green', 'Nothing is saved yet.'],
    })
    expect(await stored()).toEqual([])
    const [yes, change] = (
      card.data as { buttons: { title: string; verb: string; data: object }[] }
    ).buttons
    expect([yes?.title, yes?.verb, change?.title, change?.verb]).toEqual([
      ...['Yes', 'update', 'Change', 'update:form'],
    ])
    const answer = await chat.ask(asha, {
      input: { by: 'button', verb: 'update', args: { ...yes?.data } },
      key: 'yes',
    })
    // The question is answered: the answer stands in its place, and nobody presses Yes twice.
    expect(answer).toMatchObject({ kind: 'answer', refresh: answer.card })
    expect(await stored()).toEqual([{ state: 'green', reason: null, path: null }])
  })

  test('which is answered by saving what Change opened, or by No, is replaced by the answer too', async () => {
    const change = (await buttonsOf('Practice standards online is green'))[1]
    const press = (by: 'button' | 'form', verb: string, args: object) =>
      chat.ask(asha, { input: { by, verb, args: { ...args } }, key: `${by} ${verb}` })
    const opened = await press('button', 'update:form', change?.data ?? {})
    const { actions = [] } = expandCard(opened.card)
    expect(actions.map(({ verb, data }) => [verb, Object(data).answersQuestion])).toEqual([
      ...[
        ['update', 'yes'],
        ['update:form', 'yes'],
        ['back', undefined],
      ],
    ])
    const filled = { ...Object(actions[0]?.data), state: 'red' }
    const refused = await press('form', 'update', filled)
    expect(refused).toMatchObject({ kind: 'invalid', card: { answersQuestion: true } })
    const saved = await chat.ask(asha, {
      input: { by: 'form', verb: 'update', args: { ...filled, state: 'green' } },
      key: 'saved from the form',
    })
    expect(saved).toMatchObject({ kind: 'answer', refresh: saved.card })
    const declined = await press('button', 'decline-question', {})
    expect(declined).toMatchObject({ kind: 'answer', refresh: declined.card })
    expect(wordsOf(declined)).toContain('Nothing was saved')
    expect(await stored()).toHaveLength(1)
  })

  test('small talk says nothing of saving', async () => {
    for (const line of ['hi', 'thanks!', '👍']) {
      expect(wordsOf(await chat.ask(asha, line))).not.toMatch(/saved|stored/i)
    }
  })
})

describe('a form asks about a day years outside the plan’s span', () => {
  const send = (verb: string, args: object, key: string) =>
    chat.ask(verb === 'update' ? asha : priya, {
      input: { by: 'form', verb, args: { ...args } },
      key,
    })
  const carried = ({ card }: Reply) => {
    const [save] = expandCard(card).actions ?? []
    return Object(save?.data).wasAsked
  }

  test.each([
    [
      'update',
      { project: '2.1', state: 'amber', reason: 'supplier late', date: '2022-04-30' },
      { date: '2023-04-30' },
      'Sat 30 Apr 2022',
    ],
    [
      'add-milestone',
      { project: '2.1', text: 'Roll out', date: '2022-04-30' },
      { date: '2023-04-30' },
      'Sat 30 Apr 2022',
    ],
    [
      'add-milestone',
      { project: '2.1', text: 'Roll out by 30 April 2022' },
      { text: 'Roll out by 30 April 2023' },
      'Sat 30 Apr 2022',
    ],
    ['away', { first: '2027-03-01', last: '2027-03-05' }, { last: '2028-03-05' }, 'Mon 1 Mar 2027'],
  ])('%s %j: once, and anew about another', async (verb, form, other, day) => {
    const asked = await send(verb, form, 'once')
    expect(wordsOf(asked)).toContain(
      `${day} is more than 5 years from today, and from the other dates of the plan.`,
    )
    expect(asked).toMatchObject({ kind: 'invalid' })
    const changed = { ...form, ...other, wasAsked: carried(asked) }
    expect(await send(verb, changed, 'another')).toMatchObject({ kind: 'invalid' })
    const again = await send(verb, { ...form, wasAsked: carried(asked) }, 'again')
    expect(again).toMatchObject({ kind: 'answer', isSaved: true })
  })

  test('and not about one within it, nor about one that the form showed', async () => {
    const near = { project: '2.1', text: 'Roll out', date: '2021-04-30' }
    expect(await send('add-milestone', near, 'near')).toMatchObject({ isSaved: true })
    const seen = `date:${fingerprint('2024-04-30', false)}`
    const shown = { project: '2.1', text: 'Look back', date: '2024-04-30', seen }
    expect(await send('add-milestone', shown, 'shown')).toMatchObject({ isSaved: true })
  })
})

test('titles of a programme that the person is not in are no names', async () => {
  const words = wordsOf(await chat.ask(asha, 'winter roads is green'))
  expect(words).not.toContain('7.7')
  expect(await stored()).toEqual([])
})

test('“update 2.1” opens the form', async () => {
  const reply = await chat.ask(asha, 'update 2.1')
  expect([reply.kind, reply.card.name]).toEqual(['form', 'update-form'])
})

test('a line with numbers and colours asks the plan nothing', async () => {
  const reading = await readLine(
    new Proxy(fresh.db, {
      get: (_, name) => {
        throw new Error(`the database was asked for ${String(name)}`)
      },
    }),
    {
      text: '2.1 is amber because late, green by 30 June',
      today: day('2017-02-24'),
      actor: {
        personId: asha.id,
        name: 'Asha Verity',
        zone: 'Europe/London',
        identity: asha.identity,
      },
    },
  )
  expect(reading).toEqual({ kind: 'line', line: '2.1 amber late green by 30 Jun 2017' })
})

describe('several things in one message', () => {
  const several = '2.1 green\n2.2 amber no tutor green by 30 June\n7.7 green'
  const handleAs = (key: string) =>
    chatOn(fresh.db, '2017-02-24', { readLine, splitMessage }).ask(asha, {
      input: { by: 'text', text: several },
      key,
    })

  test('each is done and answered, and one that is refused holds up no other', async () => {
    const words = wordsOf(await handleAs('several'))
    expect(words).toContain('2.1 Practice standards online is')
    expect(words).toContain('2.2 Better assessments is')
    expect(words).toContain('There is no project “7.7”')
    expect((await stored()).map(({ state, reason }) => [state, reason])).toEqual(
      expect.arrayContaining([
        ['green', null],
        ['amber', 'no tutor'],
      ]),
    )
  })

  test('a repeat of the message does nothing twice', async () => {
    await handleAs('several')
    expect((await handleAs('several')).isRepeat).toBe(true)
    expect(await stored()).toHaveLength(2)
  })
})
