import { beforeEach, describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import type { Card } from '../../../src/chat/cards.ts'
import { createButtonFitter } from '../../../src/chat/fit-buttons.ts'
import {
  type ChatPlatform,
  MessageRejectedError,
  type OutgoingMessage,
  RateLimitedError,
} from '../../../src/chat/port.ts'
import { createHomeSync } from '../../../src/features/home/home-sync.ts'
import { loadOwedRows } from '../../../src/features/reminders/owed-rows.ts'
import { clockAt } from '../../support/clock.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
const today = '2017-02-28'
const log = { info: () => {}, warn: () => {}, error: () => {} }

let asha: StoredPerson
let tom: StoredPerson
let shown: { readonly to: string; readonly card: Card }[]
let failure: Error | undefined
beforeEach(async () => {
  ;[asha, tom] = await storePeople(fresh.db, ...(['Asha Verity', 'Tom Quill'] as const))
  await storeProgramme(fresh.db, {
    key: 'BCS',
    members: [tom],
    projects: [
      {
        ...{ ref: '2.1', title: 'Practice standards', leads: [asha] },
        milestones: [['Pages written', '2017-02-10']],
      },
    ],
  })
  shown = []
  failure = undefined
})

const record = (to: string, card: Card) => {
  if (failure) throw failure
  shown.push({ to, card })
}

/** A platform with a tab for pages, or one that shows them in messages. */
function platformWith(way: 'a tab' | 'messages'): ChatPlatform {
  const unused = async () => {
    throw new Error('nobody asks this of it')
  }
  const parts = { name: 'slack', find: unused, profile: unused, channel: unused, members: unused }
  if (way === 'a tab') {
    return {
      ...{ ...parts, send: unused, update: unused },
      publishHome: async ({ user }, card) => record(user, card),
    }
  }
  return {
    ...parts,
    send: async (place, { card }: OutgoingMessage) => {
      record(`a message in ${place.conversation}`, card)
      return { place, messageId: 'page' }
    },
    update: async ({ messageId }, { card }) => record(`the message ${messageId}`, card),
  }
}

/** A process of Milepost: another one knows nothing of what this one saw. */
function process(way: 'a tab' | 'messages' = 'a tab', at = `${today}T12:00:00Z`) {
  return createHomeSync({
    ...{ db: fresh.db, clock: clockAt(new Date(at)), log, prefix: () => '/rag', admins: [] },
    ...{ loadOwedRows, fitButtons: createButtonFitter(buildCommandRegistry().commands) },
    platforms: new Map([['slack', platformWith(way)]]),
  })
}

const chat = () => chatOn(fresh.db, today)
const open = (who: StoredPerson) => chat().press(who, 'home', { tab: 'yes' })
const textOf = ({ card }: { readonly card: Card }) => JSON.stringify(card.data)

describe('a page that was opened', () => {
  test('is what the answer to opening it showed, and is drawn again where something changed', async () => {
    const opened = await open(asha)
    const { run } = process()
    await run()
    expect(shown).toEqual([{ to: 'U1', card: opened.card }])
    await run()
    expect(shown).toHaveLength(1)
    await chat().ask(asha, 'done 2.1 1')
    await run()
    expect(shown).toHaveLength(2)
    expect(shown.map(textOf).map((text) => text.includes('Pages written'))).toEqual([true, false])
  })

  test('is nobody else’s, and not drawn for who did not open it', async () => {
    await open(tom)
    await process().run()
    expect(shown.map(({ to }) => to)).toEqual(['U2'])
    expect(shown.map(textOf).join()).not.toContain('To answer')
  })

  test('is drawn by the next process where one ended before it drew', async () => {
    await open(asha)
    await process().run()
    await chat().ask(asha, 'done 2.1 1')
    await process().run()
    expect(shown).toHaveLength(2)
  })

  test('in one process is drawn by another in which something was saved, and once', async () => {
    await open(asha)
    const [opening, saving] = [process(), process()]
    await opening.run()
    await chat().ask(asha, 'done 2.1 1')
    await saving.run()
    await opening.run()
    expect(shown).toHaveLength(2)
    expect(textOf(shown[1] ?? { card: { name: '', data: '' } })).not.toContain('Pages written')
  })

  test('is left as it is a day later, until it is opened again', async () => {
    await open(asha)
    await process('a tab', '2017-03-02T12:00:00Z').run()
    expect(shown).toEqual([])
  })

  test('waits as long as the platform asks, and is drawn then', async () => {
    await open(asha)
    const { run, stop } = process()
    failure = new RateLimitedError(3_000)
    await run()
    failure = undefined
    await run()
    expect(shown).toEqual([])
    await stop()
    await process('a tab', `${today}T12:00:04Z`).run()
    expect(shown).toHaveLength(1)
  })

  test('is closed where the platform does not take it', async () => {
    await open(asha)
    failure = new MessageRejectedError('message_gone', 'It is gone.')
    const { run } = process('messages')
    await run()
    failure = undefined
    await run()
    expect(shown).toEqual([])
  })

  test('is one message, edited in place, where the platform has no tab; opened again, it is a new one', async () => {
    expect(textOf(await chat().ask(asha, 'home'))).toContain('pin it')
    const { run } = process('messages')
    await run()
    await chat().ask(asha, 'done 2.1 1')
    await run()
    expect(shown.map(({ to }) => to)).toEqual(['a message in U1', 'the message page'])
    await chat().ask(asha, 'home')
    await run()
    expect(shown.at(-1)?.to).toBe('a message in U1')
  })
})
