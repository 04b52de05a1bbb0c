import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../../src/base/ids.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import type { ChatInput, ChatRequest } from '../../../src/chat/request.ts'
import {
  chatOn,
  direct,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
let chat: ReturnType<typeof chatOn>
let lead: StoredPerson
let office: StoredPerson

beforeEach(async () => {
  ;[lead, office] = await storePeople(fresh.db, 'Mei Harrow', 'Owen Slate')
  await storeProgramme(fresh.db, {
    key: 'W17',
    office: [office],
    projects: [
      { ref: '2.1', title: 'Supervision', leads: [lead] },
      { ref: '2.2', title: 'Audit', leads: [lead] },
      { ref: '2.3', title: 'Not hers', leads: [office] },
    ],
  })
  chat = chatOn(fresh.db, '2017-02-24')
})

const text = (words: string): ChatInput => ({ by: 'text', text: words })
const invocation = (ask: ChatInput, platform: 'slack' | 'teams' = 'slack'): ChatRequest => ({
  key: `${platform}:${newId()}`,
  actor: lead.identity,
  place: { ...direct, platform },
  input: ask,
})
const said = async () => {
  const rows = await fresh.db.statusUpdate.findMany({ orderBy: { reason: 'asc' } })
  return rows.map(({ state, reason }) => `${state} ${reason ?? ''}`.trim())
}
const everyWay: [string, ChatInput][] = [
  ['a command', text('2.1 amber Late green by 30 Jun')],
  ...(['button', 'form'] as const).map((by): [string, ChatInput] => [
    by,
    {
      by,
      verb: 'update',
      args: { project: '2.1', state: 'amber', reason: 'Late', date: '30 Jun' },
    },
  ]),
]

describe.each(['slack', 'teams'] as const)('on %s', (platform) => {
  test.each(everyWay)(
    '%s that is repeated counts once and is answered the same',
    async (_, ask) => {
      const asked = invocation(ask, platform)
      const [first, twin] = await Promise.all([chat.handle(asked), chat.handle(asked)])
      const later = await chat.handle(asked)
      expect(wordsOf(first)).toContain('2.1 Supervision is ▲ Amber')
      for (const reply of [twin, later]) expect(reply.card).toEqual(first.card)
      expect([first, twin, later].filter(({ isRepeat }) => isRepeat)).toHaveLength(2)
      expect(await said()).toEqual(['amber Late'])
    },
  )
})

test('requests that come again in another order count once, and each keeps its own answer', async () => {
  const asked = ['2.1 green One', '2.2 green Two', '2.1 green Three'].map((words) =>
    invocation(text(words)),
  )
  const first = await Promise.all(asked.map((one) => chat.handle(one)))
  const again = await Promise.all(asked.toReversed().map((one) => chat.handle(one)))
  expect(again.toReversed().map(({ card }) => card)).toEqual(first.map(({ card }) => card))
  expect(await said()).toEqual(['green One', 'green Three', 'green Two'])
})

test('many at the same moment are each stored once and answered for themselves, refusals among them', async () => {
  const words = Array.from({ length: 60 }, (_, at) => {
    if (at % 10 === 3) return '2.1 red'
    if (at % 10 === 7) return '2.3 green'
    return `2.${1 + (at % 2)} green Week ${at}`
  })
  const asked = words.map((each) => invocation(text(each)))
  const replies = await Promise.all([...asked, ...asked].map((one) => chat.handle(one)))
  const answers = (reply: Reply | undefined) => wordsOf(reply ?? { kind: 'answer', card: noCard })
  for (const [at, each] of words.entries()) {
    const expected = each.includes('Week')
      ? each.replace(/^.* green /, 'Reason: ')
      : each.includes('red')
        ? 'Say in a few words why it is Red.'
        : 'is updated by its leads and the programme office'
    expect(answers(replies[at])).toContain(expected)
    expect(replies[at + words.length]?.card).toEqual(replies[at]?.card)
  }
  const weeks = words.filter((each) => each.includes('Week'))
  expect(await said()).toHaveLength(weeks.length)
  expect(replies.filter(({ isRepeat }) => isRepeat)).toHaveLength(words.length)
})

const noCard = { name: 'none', data: 'There is no reply.' }
