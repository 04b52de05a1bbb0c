import { beforeEach, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { readSheets } from '../../../../src/base/sheets/read-sheet.ts'
import { textSheetsWorkbook, textWorkbook } from '../../../../src/base/sheets/write-xlsx.ts'
import { programmeByKey } from '../../../../src/domain/plan/store.ts'
import { exportPlan, whereRegisterIs } from '../../../../src/features/imports/export.ts'
import {
  type Chat,
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../../support/programme.ts'
import { pressIn, sendSheets } from '../../../support/sent-sheets.ts'

/** A register that is sent in chat goes into the register that the programme keeps there. */

const fresh = emptyDatabase()

let priya: StoredPerson
let tom: StoredPerson
let chat: Chat

beforeEach(async () => {
  ;[priya, tom] = await storePeople(fresh.db, 'Priya Marlowe', 'Tom Quill')
  await storeProgramme(fresh.db, {
    key: 'W17',
    office: [priya],
    projects: [{ ref: '2.1', title: 'Practice standards', leads: [tom] }],
  })
  // What is said later is later.
  let moment = Date.parse('2026-02-27T12:00:00Z')
  const now = () => {
    moment += 1_000
    return new Date(moment)
  }
  const clock = { now }
  chat = chatOn(fresh.db, '2026-02-27', { clock })
})

const headings =
  'Risk ID,Risk description,Project,Likelihood,Impact,Mitigation,Owner,Review date,Status'
const risks = (...rows: string[]) => [headings, ...rows].join('\n')
const supplier = 'R1,No supplier bids,2.1,4,5,Second tender,Tom Quill,31/03/2026,Open'
const staff = 'R2,Staff leave,2.1,2,3,Exit interviews,Tom Quill,30/06/2026,Open'

const send = async (bytes: string) => sendSheets(chat, priya, [{ name: 'risks.csv', bytes }])
const ask = async (line: string) => wordsOf(await chat.ask(priya, line))
async function importSheet(bytes: string) {
  return pressIn(chat, priya, await send(bytes), 'Import')
}

test('it is shown, imported by one press, and says nothing new a second time', async () => {
  const preview = wordsOf(await send(risks(supplier, staff)))
  expect(preview).toContain('2 risks')
  expect(preview).toContain('New in the register: 2 risks.')
  expect(preview).not.toContain('In the plan, but not in the sheet')
  await importSheet(risks(supplier, staff))
  expect(await fresh.db.project.count()).toBe(1)
  const shown = await ask('risk 1')
  for (const words of [
    ...['2.1 Practice standards', 'No supplier bids', 'Red, 4 × 5 = 20', 'Second tender'],
    ...['Owner: Tom Quill', 'Review on Tue 31 Mar 2026'],
  ])
    expect(shown).toContain(words)
  expect(wordsOf(await send(risks(supplier, staff)))).toContain('nothing to import')
})

test('words that look as if they told of a child are questioned before they are imported', async () => {
  const doubtful = supplier.replace('Second tender', 'The review of Child X')
  expect(wordsOf(await send(risks(doubtful, staff)))).toContain(
    'This looks as if it told of one child or case: “Child X”.',
  )
  expect(await fresh.db.registerEntry.count()).toBe(0)

  // Whoever accepts them is kept, and the same words of a later sheet are not asked about again.
  const preview = await send(risks(doubtful, staff))
  await pressIn(chat, priya, preview, 'Accept and import all')
  expect(await fresh.db.checkAnswer.findMany()).toMatchObject([
    { byId: priya.id, source: 'import', answer: 'Accepted with risks.csv', projectId: null },
  ])
  const moved = doubtful.replace('R1,No supplier bids', 'R9,The harbour silts up')
  expect(wordsOf(await send(risks(moved)))).not.toContain('one child or case')
  expect(await ask('checks')).not.toContain('Something went wrong')
})

test('a later sheet rates again and closes, keeps what was said in chat, and is taken back whole', async () => {
  await importSheet(risks(supplier, staff))
  await ask('review risk 2 as 4x4 because two have left')
  const later = [supplier.replace(',4,5,', ',1,5,'), staff.replace(',2,3,', ',3,3,')]
  const fever = 'R4,Fever in the halls,2.1,5,5,,,,Closed'
  const preview = wordsOf(await send(risks(...later, fever)))
  expect(preview).toContain('the rating was “Red”, becomes “Amber”')
  expect(preview).toContain(
    'Risk 2: likelihood × impact stays “4 × 4”, as was said on Fri 27 Feb 2026, since the last sheet.',
  )
  const saved = await importSheet(risks(...later, fever))
  expect(await ask('risk 1')).toContain('Amber, 1 × 5 = 5')
  expect(await ask('risk 2')).toContain('4 × 4 = 16')
  expect(await ask('register')).not.toContain('Fever')
  await pressIn(chat, priya, saved, 'Undo')
  expect(await ask('risk 1')).toContain('Red, 4 × 5 = 20')
  expect(await ask('risk 4')).toContain('There is no risk')
  // What was taken back comes back under its number.
  await importSheet(risks(supplier, staff, fever.replace('Closed', 'Open')))
  expect(await ask('risk 4')).toContain('Fever in the halls')
})

test('an import on which somebody has built is not taken back', async () => {
  const saved = await importSheet(risks(supplier))
  await ask('review risk 1 as 2x2 because a bid came')
  expect(wordsOf(await pressIn(chat, priya, saved, 'Undo'))).toContain(
    'Risk 1: reviewed by Priya Marlowe on Fri 27 Feb 2026',
  )
  expect(await ask('risk 1')).toContain('2 × 2 = 4')
})

test('it is exported beside the plan, and comes back as it was or as it was changed there', async () => {
  await importSheet(risks(supplier, staff))
  for (const line of [
    ...['review risk 2 as 4x4 because two have left', 'close risk 1 because a bid came'],
    ...['issue amber 2.1 the provider has left owned by Tom Quill review by 30 Jun'],
    ...['action for 2.1 order the signs owned by Tom Quill due 30 Jun', 'headline We open'],
    ...['decision for 2.1 which site needed from the Cabinet by 30 Jun'],
    ...['dependency 2.1 on the city because it owns the ground', 'dependency 2.1 on the drains'],
  ])
    expect(await ask(line)).toMatch(/Saved|Closed/)
  const programme = await programmeByKey(fresh.db, 'W17')
  const name = 'W17 plan.xlsx'
  const today = civilDate('2026-02-27')
  const bytes = await exportPlan(fresh.db, programme, today, name)
  expect(await whereRegisterIs(fresh.db, programme, today, name)).toEqual([
    'Its second sheet is the register, with what was closed: 7 rows.',
  ])
  expect(await whereRegisterIs(fresh.db, programme, today, 'plan.csv')).toEqual([
    'Its register is not in it: a CSV has one sheet. It comes with a .xlsx.',
  ])
  const again = await sendSheets(chat, priya, [{ name, bytes }])
  expect(wordsOf(again)).toContain('2 risks, 1 issue, 1 action, 1 decision, 2 dependencies')
  expect(wordsOf(again)).toContain('there is nothing to import')
  const [, register] = await readSheets(bytes, name)
  const rows = register?.rows.map(({ cells }) => cells.map((cell) => cell.replace('4', '3'))) ?? []
  const edited = await sendSheets(chat, priya, [{ name, bytes: textWorkbook('Register', rows) }])
  expect(wordsOf(edited)).toContain('likelihood × impact was “4 × 4”, becomes “3 × 3”')
})

test('beside a plan, a row that is asked about is left out of the register, and no row of the plan', async () => {
  const table = (text: string) => text.split('\n').map((line) => line.split(','))
  const plan =
    'REF,WORKSTREAM DETAIL,RAG,COMMENTARY,March\n2,Practice,,,\n2.1,Practice standards,G,Well,06 Mar - Out\n2.2,Supervision,G,Well,13 Mar - Held'
  const doubtful = staff.replace('Exit interviews', 'The review of Child X')
  const bytes = textSheetsWorkbook([
    { name: 'Plan', rows: table(plan) },
    { name: 'Risks', rows: table(risks(supplier, doubtful)) },
  ])
  const preview = await sendSheets(chat, priya, [{ name: 'all.xlsx', bytes }])
  expect(wordsOf(preview)).toContain('Sheet “Risks”, row 3: This looks as if it told of one child')
  const saved = await pressIn(chat, priya, preview, 'Import all but these rows')
  expect(wordsOf(saved)).toContain('Left out: of “Risks” row 3.')
  expect(await fresh.db.project.count()).toBe(2)
  expect(await fresh.db.registerEntry.findMany()).toMatchObject([{ text: 'No supplier bids' }])
})
