import { beforeEach, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import type { Address } from '../../src/base/addresses.ts'
import { Refusal } from '../../src/base/errors.ts'
import { newId } from '../../src/base/ids.ts'
import { composedIn } from '../../src/chat/cards.ts'
import {
  type Command,
  type CommandContext,
  defineCommand,
  defineQuery,
} from '../../src/chat/commands.ts'
import { slot } from '../../src/chat/grammar.ts'
import { noticeCard } from '../../src/chat/notice.ts'
import type { ChatRequest } from '../../src/chat/request.ts'
import { createRouter } from '../../src/chat/router.ts'
import type { RouterOptions } from '../../src/chat/router-options.ts'
import { resolveActorIn } from '../../src/domain/people/identity-store.ts'
import { closeDatabase, openDatabase } from '../../src/infra/db.ts'
import { clockAt } from '../support/clock.ts'
import { emptyTables, useDatabase } from '../support/database.ts'
import { platformTitle } from '../support/platforms.ts'
import { direct, type StoredPerson, storePerson, wordsOf } from '../support/programme.ts'

const fresh = useDatabase()

let asha: StoredPerson
const faults: unknown[] = []

beforeEach(async () => {
  await emptyTables(fresh.db)
  asha = await storePerson(fresh.db, 'Asha Verity', 'U1')
  faults.length = 0
  broken = false
})

const said = (line: string) => noticeCard({ heading: 'Saved', lines: [line], buttons: [] })

/** Writes something that can be counted: a programme with this key. */
async function write({ tx, now }: CommandContext, key: string): Promise<void> {
  await tx.programme.create({ data: { id: newId(), key, title: 'Written', createdAt: now } })
}
const written = async () =>
  (await fresh.db.programme.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key)

let broken = false

const keep = defineCommand({
  name: 'keep',
  usages: ['keep <key>'],
  slots: { key: slot.text },
  examples: ['keep A'],
  authority: ['ask for help'],
  summary: 'Keeps something.',
  args: z.object({ key: z.string() }),
  run: async (context, { key }) => {
    await write(context, `${key}${(await written()).length + 1}`)
    return { card: said(key), note: `Kept ${key}` }
  },
})
const refuse = defineCommand({
  name: 'refuse',
  usages: ['refuse'],
  examples: ['refuse'],
  authority: ['ask for help'],
  summary: 'Writes, then refuses.',
  args: z.object({}),
  run: async (context) => {
    await write(context, `before ${newId()}`)
    throw new Refusal(`That will not do: ${newId()}. Nothing was saved.`)
  },
})
const fail = defineCommand({
  name: 'fail',
  usages: ['fail'],
  examples: ['fail'],
  authority: ['ask for help'],
  summary: 'Writes, then fails while it is broken.',
  args: z.object({}),
  run: async (context) => {
    await write(context, 'F')
    if (broken) throw new TypeError('secret detail')
    return { card: said('mended') }
  },
})

const look = defineQuery({
  name: 'look',
  usages: ['look <key>'],
  slots: { key: slot.text },
  examples: ['look A'],
  authority: ['ask for help'],
  summary: 'Looks something up.',
  args: z.object({ key: z.string('Say what to look up.') }),
  run: async (_, { key }) => ({ card: said(key) }),
  form: async (_, { problems }) => said(`Look up. ${problems.key ?? ''}`),
})

const routerOn = (parts: Partial<RouterOptions> = {}) =>
  createRouter({
    db: fresh.db,
    clock: clockAt(new Date('2017-02-24T12:00:00Z')),
    commands: [keep, refuse, fail, look],
    prefix: () => '/rag',
    platformTitle,
    resolveActor: resolveActorIn,
    redraw: async () => undefined,
    countNotifyingRequest: async () => {},
    onError: (error) => faults.push(error),
    ...parts,
  })

function invocation(
  ask: ChatRequest['input'] | string,
  more: Partial<ChatRequest> = {},
): ChatRequest {
  return {
    key: newId(),
    actor: asha.identity,
    place: direct,
    input: typeof ask === 'string' ? { by: 'text', text: ask } : ask,
    ...more,
  }
}

describe('where somebody is written to from now on', () => {
  const learned = async () =>
    (await fresh.db.identity.findFirstOrThrow({ where: { user: asha.identity.user } }))
      .conversationId

  test('is the conversation that the platform says is with Milepost', async () => {
    await routerOn()(invocation('keep A', { directPlace: direct }))
    expect(await learned()).toBe(direct.conversation)
  })

  test('is not where they asked: that may be a direct message with a colleague', async () => {
    await routerOn()(invocation('keep A', { place: { ...direct, conversation: 'D0COLLEAGUE' } }))
    await routerOn()(invocation('what?', { place: { ...direct, conversation: 'D0COLLEAGUE' } }))
    expect(await learned()).toBeNull()
  })
})

describe('a repeated request', () => {
  test('is done once, and gets the same answer, marked as a repeat', async () => {
    const handle = routerOn()
    const request = invocation('keep A')
    const first = await handle(request)
    const second = await handle(request)
    expect(first.isRepeat).toBeUndefined()
    expect(second).toEqual({ ...first, isRepeat: true })
    expect(await written()).toEqual(['A1'])
  })

  test('at the same moment is done once', async () => {
    const handle = routerOn()
    const request = invocation('keep A')
    const replies = await Promise.all([handle(request), handle(request), handle(request)])
    expect(replies.filter(({ isRepeat }) => isRepeat)).toHaveLength(2)
    const [first] = replies
    for (const { card } of replies) expect(card).toEqual(first?.card)
    expect(await written()).toEqual(['A1'])
  })

  test('is a new request with another key', async () => {
    const handle = routerOn()
    await handle(invocation('keep A'))
    await handle(invocation('keep A'))
    expect(await written()).toEqual(['A1', 'A2'])
  })
})

describe('a request that is refused', () => {
  test('rolls back what the command wrote, and gets the same answer when repeated', async () => {
    const handle = routerOn()
    const request = invocation('refuse')
    const first = await handle(request)
    expect(wordsOf(first)).toContain('That will not do')
    expect(await written()).toEqual([])
    expect(await fresh.db.idempotencyKey.count({ where: { key: request.key } })).toBe(1)
    expect(await handle(request)).toEqual({ ...first, isRepeat: true })
    expect(faults).toEqual([])
  })

  test('at the same moment gets one answer', async () => {
    const handle = routerOn()
    const request = invocation('refuse')
    const [one, two] = await Promise.all([handle(request), handle(request)])
    expect(one?.card).toEqual(two?.card)
    expect(await written()).toEqual([])
  })

  test('still records where the person can be reached', async () => {
    await routerOn()(invocation('what?', { directPlace: { ...direct, conversation: 'D7' } }))
    expect((await fresh.db.identity.findFirstOrThrow()).conversationId).toBe('D7')
  })

  test.each(['nothing', 'keep:old', 'keep:form', '', ':form', 'keep:form:form'])(
    'has the verb "%s", which no command knows: nothing is done',
    async (verb) => {
      const reply = await routerOn()(invocation({ by: 'button', verb, args: { key: 'A' } }))
      expect(wordsOf(reply)).toContain('That button belongs to an older version of me.')
      expect(await written()).toEqual([])
    },
  )
})

describe('a fault of ours', () => {
  test('is logged and apologised for; nothing is stored, and a repeat may work', async () => {
    const handle = routerOn()
    const request = invocation('fail')
    broken = true
    const reply = await handle(request)
    expect(wordsOf(reply)).toContain('Something went wrong on my side, and nothing was saved.')
    expect(wordsOf(reply)).not.toContain('secret')
    expect(faults).toEqual([new TypeError('secret detail')])
    expect(await written()).toEqual([])
    expect(await fresh.db.idempotencyKey.count()).toBe(0)
    broken = false
    const again = await handle(request)
    expect(wordsOf(again)).toContain('mended')
    expect(again.isRepeat).toBeUndefined()
    expect(await written()).toEqual(['F'])
  })

  test('while a refusal is stored is apologised for as well', async () => {
    let times = 0
    const handle = routerOn({
      // Asked for to read the line, to answer it, and to refuse it.
      prefix: () => {
        times += 1
        if (times > 2) throw new Error('lost')
        return '/rag'
      },
    })
    expect(wordsOf(await handle(invocation('refuse')))).toContain('Something went wrong')
    expect(faults).toEqual([new Error('lost')])
  })

  test.each(['keep A', 'refuse', 'what?'])(
    'with the database away, "%s" is answered by "try again in a minute"',
    async (typed) => {
      const away = await openDatabase(fresh.url, { maxConnections: 1 })
      await closeDatabase(away)
      const reply = await routerOn({ db: away })(invocation(typed))
      expect(wordsOf(reply)).toContain('Please try again in a minute.')
      expect(wordsOf(reply)).not.toContain('nothing was saved')
      expect(faults).toHaveLength(1)
      expect(await written()).toEqual([])
    },
  )
})

describe('what is typed', () => {
  /** A command whose grammar notes each line that it is asked to read. */
  const read: string[] = []
  const eager: Command = {
    ...keep,
    authority: ['read plan'],
    patterns: keep.patterns.map((pattern) => ({
      ...pattern,
      matchWords: (words) => {
        read.push(words.join(' '))
        return pattern.matchWords(words)
      },
    })),
  }
  beforeEach(() => {
    read.length = 0
  })
  const handle = (asked: string, actor = asha.identity) =>
    routerOn({ commands: [eager, refuse] })(invocation(asked, { actor }))

  test('is refused unread where it has more than 4,000 characters, saying what to do', async () => {
    const line = (length: number) => `keep ${'x'.repeat(length - 5)}`
    const reply = await handle(line(4_001))
    expect(wordsOf(reply)).toContain(
      'That is 4,001 characters long, and I read 4,000 characters at most. Nothing was saved. Please say it in fewer, or in several messages.',
    )
    expect([read, await written()]).toEqual([[], []])
    await handle(line(4_000))
    expect(read).toHaveLength(1)
    expect(await written()).toHaveLength(1)
  })

  test('by an account that nobody knows is not read: who it is comes first', async () => {
    const stranger = { platform: 'slack', tenant: 'T1', user: 'U9' } as const
    for (const line of ['keep A', 'gibberish', '']) {
      const reply = await handle(line, stranger)
      expect(wordsOf(reply)).toContain(
        'I do not know this account yet. Ask your programme office to add it to the people of your programme: T1/U9',
      )
    }
    expect([read, await written(), faults]).toEqual([[], [], []])
  })

  test('by such an account is a command for everybody where its name was typed', async () => {
    const stranger = { platform: 'slack', tenant: 'T1', user: 'U9' } as const
    expect(wordsOf(await handle(' Refuse now', stranger))).toContain('That will not do')
    expect(read).toEqual([])
  })
})

describe('a command of which others hear something', () => {
  const notify: Command = {
    ...keep,
    notifies: 'member',
    run: async (context, raw) => ({
      ...(await keep.run(context, raw)),
      heardIn: { programmeId: null },
    }),
  }

  test('is counted in its transaction, out of its allowance', async () => {
    const counted: unknown[] = []
    const countNotifyingRequest: RouterOptions['countNotifyingRequest'] = async (_, request) => {
      counted.push(request)
    }
    const request = invocation('keep A')
    const handle = routerOn({ commands: [notify], countNotifyingRequest })
    await handle(request)
    await handle(request)
    expect(counted).toEqual([{ programmeId: null, allowance: 'member' }])
  })

  test('saves nothing where that was too often', async () => {
    const countNotifyingRequest = () => Promise.reject(new Refusal('Too often.'))
    const reply = await routerOn({ commands: [notify], countNotifyingRequest })(
      invocation('keep A'),
    )
    expect(wordsOf(reply)).toContain('Too often.')
    expect(await written()).toEqual([])
  })

  test('has to say so where it is declared: else it is a fault of ours', async () => {
    const handle = routerOn({ commands: [{ ...notify, notifies: undefined }] })
    await handle(invocation('keep A'))
    expect(faults).toEqual([new Error('"keep" does not say that it notifies')])
    expect(await written()).toEqual([])
  })
})

describe('the outcome of each request is reported for metrics', () => {
  test.each([
    ['keep A', 'keep', 'answered'],
    ['refuse', 'refuse', 'refused'],
    ['fail', 'fail', 'fault'],
    ['what?', undefined, 'refused'],
  ])('%s', async (text, command, outcome) => {
    broken = true
    const told: unknown[] = []
    const handle = routerOn({ onHandled: (one) => told.push(one) })
    const request = invocation(text)
    await handle(request)
    expect(told).toMatchObject([{ platform: 'slack', command, outcome, ms: expect.any(Number) }])
    expect(told).toMatchObject([{ request, isSaved: outcome === 'answered' }])
    if (outcome === 'fault') return
    await handle(request)
    expect(told.at(-1)).toMatchObject({ command, outcome: 'repeat' })
  })
})

describe('the message whose button was pressed', () => {
  const message: Address = { place: direct, messageId: '111.222' }
  const redraw: RouterOptions['redraw'] = async (_tx, { messageId: ts }, _actor, note) =>
    said(`${ts} as it is now: ${note ?? 'unchanged'}`)
  const press = (verb: string, at?: Address) =>
    invocation({ by: 'button', verb, args: { key: 'A' } }, { message: at })

  test('is redrawn with what was done', async () => {
    const reply = await routerOn({ redraw })(press('keep', message))
    expect(reply).toMatchObject({
      card: { data: { lines: ['A'] } },
      refresh: { data: { lines: ['111.222 as it is now: Kept A'] } },
    })
  })

  test('stays the same where there is nothing to redraw', async () => {
    expect(await routerOn()(press('keep', message))).not.toHaveProperty('refresh.data')
    expect(await routerOn({ redraw })(press('keep'))).not.toHaveProperty('refresh.data')
  })

  test('is restored by "back", and nothing is done', async () => {
    const reply = await routerOn({ redraw })(press('back', message))
    expect(wordsOf(reply)).toContain('111.222 as it is now: unchanged')
    expect(await written()).toEqual([])
  })

  test('that cannot be redrawn is replaced by a notice', async () => {
    for (const request of [press('back', message), press('back')]) {
      expect(wordsOf(await routerOn()(request))).toBe('Closed\nNothing was changed.')
    }
  })
})

test('a form that asks and lacks its answer is shown again with the problem, and replaces nothing', async () => {
  const reply = await routerOn()(invocation({ by: 'form', verb: 'look', args: { key: null } }))
  expect(reply).toMatchObject({ kind: 'invalid', fields: { key: 'Say what to look up.' } })
  expect(wordsOf(reply)).toContain('Say what to look up.')
})

test('a reply says that something was saved, a look-up and a refusal do not', async () => {
  const isSaved = async (text: string) => {
    const reply = await routerOn()(invocation(text))
    return reply.kind === 'answer' && reply.isSaved === true
  }
  expect(await isSaved('keep A')).toBe(true)
  expect(await isSaved('look A')).toBe(false)
  expect(await isSaved('refuse')).toBe(false)
})

test('every answer is in the language of who asked: a card, a form, a form that is refused, a refusal, one not understood', async () => {
  await fresh.db.person.update({ where: { id: asha.id }, data: { language: 'cy' } })
  const asked: (ChatRequest['input'] | string)[] = [
    ...['keep A', 'refuse', 'what?'],
    { by: 'button', verb: 'look:form', args: {} },
    { by: 'form', verb: 'look', args: { key: null } },
    { by: 'button', verb: 'decline-question', args: {} },
  ]
  const replies = await Promise.all(asked.map((ask) => routerOn()(invocation(ask))))
  expect(replies.map(({ kind }) => kind)).toEqual([
    ...['answer', 'answer', 'answer', 'form', 'invalid', 'answer'],
  ])
  expect(replies.map(({ card }) => composedIn.parse(card.data).language)).toEqual(
    replies.map(() => 'cy'),
  )
})
