import { beforeEach, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { Refusal } from '../../src/base/errors.ts'
import { newId } from '../../src/base/ids.ts'
import { defineCommand } from '../../src/chat/commands.ts'
import { slot } from '../../src/chat/grammar.ts'
import { noticeCard } from '../../src/chat/notice.ts'
import { fileRefusal, type ReceivedFile } from '../../src/chat/received-file.ts'
import type { ChatRequest } from '../../src/chat/request.ts'
import { createRouter } from '../../src/chat/router.ts'
import type { RouterOptions } from '../../src/chat/router-options.ts'
import { resolveActorIn } from '../../src/domain/people/identity-store.ts'
import { clockAt } from '../support/clock.ts'
import { emptyTables, useDatabase } from '../support/database.ts'
import { platformTitle } from '../support/platforms.ts'
import { direct, type StoredPerson, storePerson, wordsOf } from '../support/programme.ts'

const fresh = useDatabase()
let asha: StoredPerson
/** What happened, in order. */
let events: string[]
let mayAsha: boolean

beforeEach(async () => {
  await emptyTables(fresh.db)
  asha = await storePerson(fresh.db, 'Asha Verity', 'U1')
  events = []
  mayAsha = true
})

const notice = (line: string) => ({
  card: noticeCard({ heading: 'Answer', lines: [line], buttons: [] }),
})

const take = defineCommand({
  ...{ name: 'take', usages: ['take', 'take <word>'], examples: ['take', 'take it'] },
  ...{ authority: ['run programme'], summary: 'Takes files.' },
  slots: { word: slot.text },
  args: z.object({ word: z.string().default('none') }),
  takesFiles: async () => {
    events.push('asked')
    if (!mayAsha) throw new Refusal('Only the programme office may. Nothing was saved.')
  },
  run: async ({ files }, { word }) => {
    events.push('run')
    const texts = []
    for (const file of files) texts.push(Buffer.from(await file.read()).toString())
    return notice(`${word}: ${texts.join(' and ')}`)
  },
})
const other = defineCommand({
  ...{ name: 'other', usages: ['other'], examples: ['other'], authority: ['ask for help'] },
  summary: 'Takes no files.',
  args: z.object({}),
  run: async ({ files }) => notice(`other with ${files.length} files`),
})

const routerWith = (commands: RouterOptions['commands']) =>
  createRouter({
    ...{ db: fresh.db, clock: clockAt(new Date('2017-02-24T12:00:00Z')), commands, platformTitle },
    prefix: () => '/rag',
    resolveActor: resolveActorIn,
    redraw: async () => undefined,
    countNotifyingRequest: async () => {},
    onError: (error) => {
      throw error
    },
  })

const file = (name: string, read?: ReceivedFile['read']): ReceivedFile => ({
  name,
  read: async () => {
    events.push(`downloaded ${name}`)
    return read ? read() : Buffer.from(name)
  },
})

/** Files that were sent to Milepost alone, unless `more` says otherwise. */
const sent = (
  files: readonly ReceivedFile[],
  { text = '', ...more }: Partial<ChatRequest> & { readonly text?: string } = {},
): ChatRequest => ({
  ...{ key: newId(), actor: asha.identity, place: direct, directPlace: direct },
  input: { by: 'files', text, files },
  ...more,
})

const both = [take, other]

describe('files that are sent', () => {
  test('go to the command that takes them, downloaded after it was asked and before it runs', async () => {
    const reply = await routerWith(both)(sent([file('a.csv'), file('b.csv')]))
    expect(wordsOf(reply)).toContain('none: a.csv and b.csv')
    expect(events).toEqual(['asked', 'downloaded a.csv', 'downloaded b.csv', 'run'])
  })

  test('go to it with what its line says', async () => {
    const reply = await routerWith(both)(sent([file('a.csv')], { text: 'take this' }))
    expect(wordsOf(reply)).toContain('this: a.csv')
  })

  test('go to it whatever else was written beside them, NUL and halves of letters included', async () => {
    const text = 'Here is the \0sheet \ud800'
    const reply = await routerWith(both)(sent([file('a.csv')], { text }))
    expect(wordsOf(reply)).toContain('none: a.csv')
  })

  test('are not downloaded twice where the platform repeats the message', async () => {
    const handle = routerWith(both)
    const request = sent([file('a.csv')])
    const first = await handle(request)
    expect(await handle(request)).toEqual({ ...first, isRepeat: true })
    expect(events).toEqual(['asked', 'downloaded a.csv', 'run'])
  })

  test('that cannot be read are told of in words', async () => {
    const request = sent([file('a.csv', () => Promise.reject(fileRefusal.tooLate('a.csv')))])
    expect(wordsOf(await routerWith(both)(request))).toContain('did not arrive within 30 seconds')
  })
})

describe('files that are not downloaded', () => {
  const files = () => [file('a.csv')]
  test.each<[string, () => ChatRequest, RouterOptions['commands'], string]>([
    ['where no command takes any', () => sent(files()), [other], 'I cannot read files here'],
    [
      'in a channel',
      () => sent(files(), { directPlace: undefined }),
      both,
      'Please send it to me in a direct message.',
    ],
    [
      'of an account that nobody knows',
      () => sent(files(), { actor: { ...asha.identity, user: 'U9' } }),
      both,
      'I do not know this account yet.',
    ],
    [
      'six at once',
      () => sent(Array.from({ length: 6 }, () => file('a.csv'))),
      both,
      'I read 5 files at a time at most.',
    ],
  ])('%s', async (_, request, commands, words) => {
    expect(wordsOf(await routerWith(commands)(request()))).toContain(words)
    expect(events).toEqual([])
  })

  test('of a person who may not send any', async () => {
    mayAsha = false
    expect(wordsOf(await routerWith(both)(sent(files())))).toContain('Only the programme office')
    expect(events).toEqual(['asked'])
  })

  test('beside a line of another command, which is done and says so', async () => {
    const reply = await routerWith(both)(sent(files(), { text: 'other' }))
    expect(wordsOf(reply)).toContain('other with 0 files')
    expect(reply.card.remarks).toEqual([expect.stringContaining('I did not read or keep')])
    expect(events).toEqual([])
  })
})
