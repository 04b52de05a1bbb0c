import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { readSheet } from '../../../../src/base/sheets/read-sheet.ts'
import { textWorkbook } from '../../../../src/base/sheets/write-xlsx.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../../support/programme.ts'
import { buttonsOf, lastFile, pressIn, sendSheets } from '../../../support/sent-sheets.ts'

/** Sheets that Milepost sends, and that come back. */

const fresh = emptyDatabase()
const sample = readFileSync(new URL('../../../../src/playground/sample/plan.csv', import.meta.url))
const chat = () => chatOn(fresh.db, '2026-02-27')
let priya: StoredPerson
let viewer: StoredPerson

beforeEach(async () => {
  ;[priya, viewer] = await storePeople(fresh.db, 'Priya Marlowe', 'Jo Fenn')
  await storeProgramme(fresh.db, { key: 'W17', office: [priya], members: [viewer], projects: [] })
})

const send = (name: string, bytes: Uint8Array | string) =>
  sendSheets(chat(), priya, [{ name, bytes }])

describe('the plan that was exported', () => {
  beforeEach(async () => {
    await pressIn(chat(), priya, await send('plan.csv', sample), 'Import')
    await chat().ask(priya, '1.1 amber waiting for the panel green by 30 Jun')
    await chat().ask(priya, 'set 1.2 title to Recruitment of social workers')
    expect(wordsOf(await chat().ask(viewer, 'export'))).toContain('comes to our direct message')
  })

  test('comes as a workbook to whoever asked, and shows no difference when it comes back', async () => {
    const { name, bytes } = await lastFile(fresh.db)
    expect(name).toBe('W17 plan 2026-02-27.xlsx')
    const message = await fresh.db.outboxMessage.findFirstOrThrow({ where: { kind: 'sheet' } })
    expect(message).toMatchObject({ personId: viewer.id, placeKind: 'direct', hasFile: true })
    const preview = await send(name, bytes)
    expect(wordsOf(preview)).toContain('Nothing in it differs from the plan')
    expect(buttonsOf(preview).map(({ title }) => title)).toEqual(['Correct the headings', 'Cancel'])
  })

  test('changed in Excel shows just that, and is imported', async () => {
    const { name, bytes } = await lastFile(fresh.db)
    const { rows } = await readSheet(bytes, name)
    const at = rows[0]?.cells.indexOf('Title') ?? -1
    const changed = rows.map(({ cells }) =>
      cells.map((cell, column) =>
        column === at && cell === 'Recruitment of social workers' ? 'Recruitment' : cell,
      ),
    )
    const preview = await send(name, textWorkbook('W17', changed))
    expect(wordsOf(preview)).toContain('Changes (1)')
    expect(wordsOf(preview)).toContain(
      'Project 1.2: title was “Recruitment of social workers”, becomes “Recruitment”',
    )
    await pressIn(chat(), priya, preview, 'Import')
    expect(await fresh.db.project.findFirst({ where: { ref: '1.2' } })).toMatchObject({
      title: 'Recruitment',
    })
  })
})

describe('the blank plan', () => {
  test('comes with the programme’s own states, and has nothing to import as it is', async () => {
    await chat().ask(priya, 'admin scheme brag')
    await chat().ask(priya, 'template')
    const { name, bytes } = await lastFile(fresh.db)
    expect((await readSheet(bytes, name)).rows[0]?.cells).toContain('BRAG')
    const preview = await send(name, bytes)
    expect(wordsOf(preview)).toContain('is the blank template')
    expect(buttonsOf(preview).map(({ title }) => title)).not.toContain('Import')
  })
})

test('nothing is sent of a programme that was archived', async () => {
  await chat().ask(priya, 'programmes archive W17 because it has ended')
  for (const line of ['export', 'template'])
    expect(wordsOf(await chat().ask(priya, line))).toContain('That programme is archived')
  expect(await fresh.db.outboxMessage.count()).toBe(0)
})
