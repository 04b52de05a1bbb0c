import { expect, test } from '@jest/globals'
import { expandCard } from '../../../src/chat/cards.ts'
import { toMessage } from '../../../src/platforms/slack/converter/message.ts'
import { cardProblems } from '../../../src/playground/teams/limits.ts'
import {
  chatOn,
  emptyDatabase,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const database = emptyDatabase()

async function programmeOf(count: number) {
  const { db } = database
  const [asha] = await storePeople(db, 'Asha Verity')
  const projects = Array.from({ length: count }, (_, at) => ({
    ref: `2.${at + 1}`,
    title: `Project ${at + 1}`,
    leads: [asha],
    milestones: [['Pages written', at === 0 ? null : '2017-03-31'] as const],
  }))
  await storeProgramme(db, { key: 'P1', office: [asha], projects })
  const chat = chatOn(db, '2017-02-27')
  return { ask: (text: string) => chat.ask(asha, text) }
}

test('lists every project in a line, with its state', async () => {
  const { ask } = await programmeOf(3)
  await ask('2.2 green')
  const words = wordsOf(await ask('projects'))
  expect(words).toContain('3 projects as at Mon 27 Feb 2017')
  expect(words).toContain('2.1 Project 1: ○ Not rated\n2.2 Project 2: ● Green\n2.3 Project 3')
})

test('or those in one state, not rated ones and undated ones among them', async () => {
  const { ask } = await programmeOf(3)
  await ask('2.2 green')
  const green = wordsOf(await ask('projects green'))
  expect(green).toContain('1 project as at Mon 27 Feb 2017\n● Green\n2.2 Project 2: ● Green')
  expect(wordsOf(await ask('projects not rated'))).toContain('2 projects as at')
  expect(wordsOf(await ask('projects undated'))).toContain('1 project as at')
  expect(wordsOf(await ask('projects gren'))).toContain('Did you mean Green?')
})

test('says how to see the rest of a long list, and it fits both platforms', async () => {
  const { ask } = await programmeOf(95)
  const first = await ask('projects')
  expect(wordsOf(first)).toContain('55 more: /rag projects after 2.40')
  const card = expandCard(first.card)
  expect(() => toMessage(card)).not.toThrow()
  expect(cardProblems(JSON.parse(JSON.stringify(card)))).toEqual([])
  expect(wordsOf(await ask('projects not rated after 2.40'))).toContain(
    '15 more: /rag projects not rated after 2.80',
  )
  expect(wordsOf(await ask('projects after 2.80'))).toContain('2.95 Project 95')
  expect(wordsOf(await ask('projects after 3.1'))).toContain('There is no project “3.1” among them')
})
