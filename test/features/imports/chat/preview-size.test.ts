import { readdirSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { expandCard } from '../../../../src/chat/cards.ts'
import { toMessage } from '../../../../src/platforms/slack/converter/message.ts'
import { toModal } from '../../../../src/platforms/slack/converter/modal.ts'
import { blockProblems, viewProblems } from '../../../../src/playground/slack/limits.ts'
import { cardProblems, jsonBytes } from '../../../../src/playground/teams/limits.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../../support/programme.ts'
import { pressIn, sendSheets } from '../../../support/sent-sheets.ts'

/** Previews of sheets of every format, and of sheets that are as bad as can be, fit both platforms. */

const fresh = emptyDatabase()
const samples = new URL('../samples/', import.meta.url)
let priya: StoredPerson

beforeEach(async () => {
  ;[priya] = await storePeople(fresh.db, 'Priya Marlowe')
  await storeProgramme(fresh.db, { key: 'W17', office: [priya], projects: [] })
})

const long = 'A sentence that goes on and on, as sentences in sheets do. '.repeat(40)
const headings = Array.from({ length: 60 }, (_, at) => `Remarks of week ${at} ${long}`)
const wide = [
  ['REF', 'WORKSTREAM DETAIL', 'RAG', 'COMMENTARY', 'March', 'LEAD', ...headings],
  ['1', 'People', '', '', '', ''],
  ...Array.from({ length: 40 }, (_, at) => [
    ...[`1.${at + 1}`, long, 'Purple', long, `31 Feb - ${long}`, `Person ${at}`],
    ...headings.map(() => 'as agreed'),
  ]),
]
const csv = (rows: readonly (readonly string[])[]) =>
  rows.map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\n')

const sheets: [string, Uint8Array | string][] = [
  ...readdirSync(samples).map((name): [string, Uint8Array] => [
    name,
    readFileSync(new URL(name, samples)),
  ]),
  ['wide.csv', csv(wide)],
]

describe('the preview of', () => {
  test.each(sheets)('%s fits a message on both platforms', async (name, bytes) => {
    const chat = chatOn(fresh.db, '2026-02-27')
    const preview = await sendSheets(chat, priya, [{ name, bytes }])
    expect(wordsOf(preview)).toContain('How each heading was read')
    const card = expandCard(preview.card)
    expect(blockProblems(toMessage(card).blocks, 'message')).toEqual([])
    expect(cardProblems(JSON.parse(JSON.stringify(card)))).toEqual([])
    expect(jsonBytes(card)).toBeLessThan(28 * 1024)

    const form = expandCard((await pressIn(chat, priya, preview, 'Correct the headings')).card)
    const origin = { tenant: 'T1', conversation: 'D1', kind: 'direct' as const, message: '1.2' }
    expect(viewProblems(toModal(form, origin))).toEqual([])
    expect(cardProblems(JSON.parse(JSON.stringify(form)))).toEqual([])
  })
})
