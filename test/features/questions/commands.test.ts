import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Reply } from '../../../src/chat/reply.ts'
import { outboxMessageByKey } from '../../../src/outbox/find-message.ts'
import { goesAway, postDigest, posted } from '../../support/posted-digest.ts'
import {
  type Chat,
  chatOn,
  emptyDatabase,
  projectIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()

const today = '2017-02-24'

let chat: Chat
let project: string
let asha: StoredPerson
let tom: StoredPerson
let owen: StoredPerson
let priya: StoredPerson
let stranger: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, tom, owen, priya, stranger] = await storePeople(
    db,
    ...(['Asha Verity', 'Tom Quill', 'Owen Castell', 'Priya Marlowe', 'Sam Other'] as const),
  )
  await storeProgramme(db, {
    key: 'BCS',
    office: [priya],
    members: [owen, tom],
    projects: [
      { ref: '2.1', title: 'Practice standards', leads: [asha] },
      { ref: '2.2', title: 'Quality of assessments', leads: [tom] },
    ],
  })
  await storeProgramme(db, {
    key: 'OTH',
    members: [stranger],
    projects: [{ ref: '7.7', title: 'Roads' }],
  })
  project = await projectIdOf(db, '2.1')
  chat = chatOn(db, today)
  await db.outboxMessage.deleteMany({})
  await postDigest(db, today)
})

const fromDigest = (
  who: StoredPerson,
  verb: string,
  args: Record<string, unknown>,
  by: 'button' | 'form' = 'form',
) => chat.ask(who, { input: { by, verb, args }, ...posted })

const deliveries = (kind: string) =>
  fresh.db.outboxMessage.findMany({
    where: { kind },
    orderBy: { sequence: 'asc' },
    include: { after: true },
  })
const questions = () => fresh.db.question.findMany({ orderBy: { number: 'asc' } })

const away = (person: StoredPerson, deputy: StoredPerson | null) =>
  goesAway(fresh.db, person, deputy, today)

describe('a question', () => {
  test('asked from a digest goes to the lead in private, numbered, with a button to answer', async () => {
    const form = await fromDigest(owen, 'ask:form', { programme: 'BCS' }, 'button')
    expect(form).toMatchObject({ kind: 'form', card: { data: { verb: 'ask' } } })
    expect(wordsOf(form)).toContain('2.1 Practice standards')
    const reply = await fromDigest(owen, 'ask', {
      programme: 'BCS',
      project,
      text: 'When is it live?',
    })
    expect(wordsOf(reply)).toContain('Asked of Asha Verity. The answer will stand in the thread')
    expect(await questions()).toMatchObject([
      { number: 1, text: 'When is it live?', message: '1.0' },
    ])
    expect(await deliveries('question')).toMatchObject([
      {
        placeKind: 'direct',
        personId: asha.id,
        data: {
          heading: 'Question 1',
          text: 'When is it live?',
          asked: 'Asked by Owen Castell on Fri 24 Feb 2017',
          buttons: [{ verb: 'reply:form' }, { verb: 'show' }],
        },
      },
    ])
  })

  test('goes to the deputy while the lead is away', async () => {
    await away(asha, tom)
    await chat.ask(owen, 'ask 2.1 When is it live?')
    expect(await deliveries('question')).toMatchObject([{ personId: tom.id }])
  })

  test('waits for the lead’s hours', async () => {
    await away(asha, null)
    await chat.ask(owen, 'ask 2.1 When is it live?')
    const [told] = await deliveries('question')
    expect(told?.notBefore).toEqual(new Date('2017-02-28T09:00:00Z'))
  })

  test.each([
    ['asks for words', 'owen', { project: '2.1' }, 'Say what you want to know.'],
    ['asks for a project', 'owen', { text: 'When?' }, 'Choose a project.'],
    [
      'is not put to who asks it',
      'asha',
      { project: '2.1', text: 'When?' },
      'You lead it yourself',
    ],
    [
      'of a stranger is about nothing that is there',
      'stranger',
      { project: '2.1', text: 'When?' },
      'There is no project',
    ],
    [
      'about a child is asked about first',
      'owen',
      { project: '2.1', text: 'Where is Child X?' },
      '“Child X”',
    ],
  ])('%s', async (_, who, args, answer) => {
    const person = { owen, asha, stranger }[who] ?? owen
    expect(wordsOf(await chat.submit(person, 'ask', args))).toContain(answer)
    expect(await questions()).toEqual([])
  })
})

describe('its answer', () => {
  const askFromDigest = () => fromDigest(owen, 'ask', { project, text: 'When is it live?' })

  test('is posted in the thread of the digest, with a copy to the person who asked', async () => {
    await askFromDigest()
    const [{ id } = { id: '' }] = await questions()
    const form = await chat.press(asha, 'reply:form', { question: id })
    expect(wordsOf(form)).toContain('Your answer will stand in the thread of the digest')
    const reply = await chat.submit(asha, 'reply', { question: id, text: 'On Friday' })
    expect(wordsOf(reply)).toContain('It stands in the thread of the digest.')
    const lines = [
      '2.1 Practice standards',
      'Asked by Owen Castell on Fri 24 Feb 2017: When is it live?',
      'Answered by Asha Verity on Fri 24 Feb 2017: On Friday',
    ]
    expect(await deliveries('answer')).toMatchObject([
      { conversation: 'C1', after: { key: 'digest' }, data: { lines } },
      { placeKind: 'direct', personId: owen.id, after: null, data: { lines } },
    ])
  })

  test('to a typed question goes to the person who asked alone, since nobody else saw the question', async () => {
    await chat.ask(owen, {
      input: { by: 'text', text: 'ask 2.1 When is it live?' },
      place: posted.place,
    })
    await chat.ask(asha, 'reply 1 On Friday')
    expect(await deliveries('answer')).toMatchObject([{ personId: owen.id }])
  })

  test('given by a deputy is recorded on behalf of the lead', async () => {
    await away(asha, tom)
    await askFromDigest()
    await chat.ask(tom, 'reply #1 On Friday')
    expect(await questions()).toMatchObject([{ answeredById: tom.id, onBehalfOfId: asha.id }])
    const [told] = await deliveries('answer')
    expect(JSON.stringify(told?.data)).toContain('Answered by Tom Quill for Asha Verity')
  })

  test('is given once, and removes the button from every message that has it', async () => {
    await askFromDigest()
    await chat.ask(priya, 'reply 1 On Friday')
    expect(wordsOf(await chat.ask(asha, 'reply 1 On Monday'))).toContain(
      'Priya Marlowe has answered question 1 already.',
    )
    const [{ id } = { id: '' }] = await questions()
    const asked = await outboxMessageByKey(fresh.db, `question:${id}:${asha.id}`)
    expect(asked?.card.data).toMatchObject({ answer: 'On Friday', buttons: [] })
  })

  test('can be given by whoever may change the project, and is listed among what they owe', async () => {
    await askFromDigest()
    expect(wordsOf(await chat.ask(owen, 'reply 1 Never'))).toContain('is updated by its leads')
    expect(wordsOf(await chat.ask(asha, ''))).toContain('Question 1: 2.1 Practice standards')
    expect(wordsOf(await chat.ask(tom, ''))).not.toContain('Question 1')
    await chat.ask(asha, 'reply 1 On Friday')
    expect(wordsOf(await chat.ask(asha, ''))).not.toContain('Question 1')
  })

  test('to an unknown question is refused', async () => {
    expect(wordsOf(await chat.ask(asha, 'reply 7 On Friday'))).toContain('There is no question “7”')
  })
})

describe('a decision', () => {
  beforeEach(async () => {
    await chat.ask(asha, 'decision for 2.1 Whether the posts are funded needed from the Cabinet')
  })
  const closings = () => fresh.db.registerClosing.findMany()

  test('is recorded from the digest with its day and by whom, and its thread says so', async () => {
    const form = await fromDigest(priya, 'decide:form', { programme: 'BCS' }, 'button')
    expect(wordsOf(form)).toContain('1. Whether the posts are funded')
    const entry = (await fresh.db.registerEntry.findFirstOrThrow()).id
    await fromDigest(priya, 'decide', { entry, outcome: 'The Cabinet agreed both' })
    expect(await closings()).toMatchObject([{ outcome: 'The Cabinet agreed both', byId: priya.id }])
    expect(await deliveries('decided')).toMatchObject([
      {
        conversation: 'C1',
        after: { key: 'digest' },
        data: {
          lines: [
            'Decision 1: 2.1 Practice standards',
            'Whether the posts are funded',
            'Decided on Fri 24 Feb 2017: The Cabinet agreed both',
            'Recorded by Priya Marlowe',
          ],
        },
      },
    ])
  })

  test('that is typed is recorded, and posted nowhere', async () => {
    await chat.ask(priya, 'decide 1 The Cabinet agreed both')
    expect(await closings()).toHaveLength(1)
    expect(await deliveries('decided')).toEqual([])
  })

  test.each([
    ['who only reads', 'owen', { programme: 'BCS' }, 'decisions are recorded by those who asked'],
    ['a stranger', 'stranger', {}, 'No decision is needed'],
  ])('is not for %s', async (_, who, args, answer) => {
    const person = { owen, stranger }[who] ?? owen
    expect(wordsOf(await fromDigest(person, 'decide:form', args, 'button'))).toContain(answer)
  })

  test.each([
    ['an outcome', { number: '1' }, 'outcome'],
    ['a decision', { outcome: 'Agreed' }, 'entry'],
  ])('needs %s', async (_, args, field) => {
    const refused = await fromDigest(priya, 'decide', args)
    expect(refused).toMatchObject({ kind: 'invalid', fields: { [field]: expect.any(String) } })
    expect(await closings()).toEqual([])
  })
})

describe('from the digest', () => {
  const chosen = (reply: Reply) => wordsOf(reply)

  test('a project is chosen and opened', async () => {
    const form = await fromDigest(owen, 'show:form', { programme: 'BCS' }, 'button')
    expect(form.card.data).toMatchObject({ verb: 'show', button: 'Open' })
    expect(chosen(await fromDigest(owen, 'show', { programme: 'BCS', project }))).toContain(
      '2.1 Practice standards',
    )
  })

  test('the list has what needs attention first', async () => {
    await chat.ask(tom, '2.2 red The auditor left green by 30 Jun')
    const { card } = await fromDigest(owen, 'follow:form', { programme: 'BCS' }, 'button')
    expect(card.data).toMatchObject({
      choices: [{ title: '2.2 Quality of assessments' }, { title: '2.1 Practice standards' }],
    })
  })

  test('a project is followed, listed, and not followed any more', async () => {
    await fromDigest(owen, 'follow', { programme: 'BCS', project })
    expect(wordsOf(await chat.ask(owen, 'follow 2.1'))).toContain('You follow 2.1')
    expect(await fresh.db.follow.count()).toBe(1)
    expect(wordsOf(await chat.ask(owen, 'follows'))).toContain(
      'BCS/2.1 Practice standards, since Fri 24 Feb 2017',
    )
    await chat.ask(owen, 'unfollow 2.1')
    expect(wordsOf(await chat.ask(owen, 'follows'))).toContain('You follow no project.')
    expect(wordsOf(await chat.ask(owen, 'unfollow 2.1'))).toContain('You did not follow')
  })
})

test.each([
  ['show', { project: null }],
  ['show', {}],
  ['follow', {}],
  ['ask', { text: 'When?' }],
])(
  '%s from the digest with nothing chosen keeps the form, and says what to choose: %j',
  async (verb, args) => {
    const reply = await fromDigest(asha, verb, args)
    expect(reply).toMatchObject({
      kind: 'invalid',
      fields: { project: expect.stringMatching(/project/) },
    })
  },
)
