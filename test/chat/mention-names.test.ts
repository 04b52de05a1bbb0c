import { describe, expect, test } from '@jest/globals'
import { nameMentions } from '../../src/chat/mention-names.ts'
import { type Channel, unknownChannel } from '../../src/chat/port.ts'
import type { ChatRequest } from '../../src/chat/request.ts'
import { namesOfAccounts } from '../../src/domain/people/identity-store.ts'
import {
  chatOn,
  direct,
  emptyDatabase,
  storePeople,
  storePerson,
  storeProgramme,
  wordsOf,
} from '../support/programme.ts'

const fresh = emptyDatabase()
const account = (user: string) => ({ platform: 'slack', tenant: 'T1', user }) as const
const place = (conversation: string) => ({ ...direct, conversation, kind: 'channel' }) as const
const channels: Record<string, Partial<Channel>> = {
  C1: { visibility: 'everyone', name: 'board' },
  C2: { visibility: 'private', name: 'redundancies' },
}

function named(request: Partial<ChatRequest> & { readonly text: string }) {
  const { text, ...more } = request
  return nameMentions(
    {
      db: fresh.db,
      nameOfAccount: async (_, { user }) => ({ U2: 'Tom Quill' })[user],
      lookupProfile: async ({ user }) => {
        if (user === 'U3') return { displayName: 'Lena Marsh' }
        throw new Error('the platform is away')
      },
      lookupChannel: async ({ conversation }) => ({ ...unknownChannel, ...channels[conversation] }),
    },
    { key: 'k', actor: account('U1'), place: direct, input: { by: 'text', text }, ...more },
  )
}

describe('a mention is the name of the person', () => {
  test.each([
    ['as the plan has it', '<@U2>', 'U2', 'Tom Quill'],
    ['as the plan has it, for a name of the platform’s', '@tom.quill', 'U2', 'Tom Quill'],
    ['in the order of a directory', 'Quill, Tom', 'U2', 'Tom Quill'],
    ['as the platform has it', '<@U3>', 'U3', 'Lena Marsh'],
    ['as it was written, where nobody says who it is', '<@U4>', 'U4', '<@U4>'],
    ['as it was written, where it is a name already', '@amina', 'U4', '@amina'],
  ])('%s: %s', async (_, text, user, name) => {
    const request = await named({
      text: `1.2 amber Waiting for ${text} green by 18 Dec`,
      mentions: [{ text, account: account(user) }],
    })
    expect(request.input).toMatchObject({ text: `1.2 amber Waiting for ${name} green by 18 Dec` })
    expect(request.mentions).toEqual([{ text: name, account: account(user) }])
  })

  test('of two, where one is the beginning of the other', async () => {
    const { input } = await named({
      text: 'ask @tom and @tomas',
      mentions: [
        { text: '@tom', account: account('U2') },
        { text: '@tomas', account: account('U4') },
      ],
    })
    expect(input).toMatchObject({ text: 'ask Tom Quill and @tomas' })
  })
})

test.each([
  ['everyone can find has its name', 'C1', '#board'],
  ['is private is not named', 'C2', 'a private channel'],
  ['nobody tells of is not named', 'C9', 'a channel'],
])('a channel that %s', async (_, conversation, words) => {
  const { input } = await named({
    text: `see <#${conversation}|>`,
    channels: [{ text: `<#${conversation}|>`, place: place(conversation) }],
  })
  expect(input).toMatchObject({ text: `see ${words}` })
})

test('of two people with one name, the one who is mentioned is the deputy', async () => {
  const { db } = fresh
  const [asha, tom] = await storePeople(db, 'Asha Verity', 'Tom Quill')
  const other = await storePerson(db, 'Tom Quill', 'U9')
  await storeProgramme(db, {
    key: 'BCS',
    members: [tom, other],
    projects: [{ ref: '2.1', title: 'Practice standards', leads: [asha] }],
  })
  const chat = chatOn(db, '2017-02-24', {
    nameOfAccount: async (tx, asked) => (await namesOfAccounts(tx, [asked]))[0],
  })
  const reply = await chat.ask(asha, {
    input: { by: 'text', text: 'away 2 Mar to 6 Mar deputy <@U9>' },
    mentions: [{ text: '<@U9>', account: other.identity }],
  })
  expect(wordsOf(reply)).toContain('Tom Quill')
  expect(await db.leave.findMany({ select: { deputyId: true } })).toEqual([{ deputyId: other.id }])
})
