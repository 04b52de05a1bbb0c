import { beforeEach, expect, test } from '@jest/globals'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../../support/programme.ts'
import { readDocx, readPdf } from '../../../support/read-paper.ts'
import { lastFile } from '../../../support/sent-sheets.ts'

/** `/rag paper`: a paper comes to whoever asks, and to nobody else. */

const fresh = emptyDatabase()
const chat = (on = '2026-02-27') => chatOn(fresh.db, on)
let priya: StoredPerson
let viewer: StoredPerson

beforeEach(async () => {
  ;[priya, viewer] = await storePeople(fresh.db, 'Priya Marlowe', 'Jo Fenn')
  await storeProgramme(fresh.db, {
    key: 'W17',
    office: [priya],
    members: [viewer],
    projects: [{ ref: '1.1', title: 'Practice standards' }],
  })
})

test('comes to whoever asked as a Word file, in private, as at today and for the board', async () => {
  await chat('2026-02-25').ask(
    priya,
    '1.1 red the panel is waiting green by 30 Jun for internal only',
  )
  expect(wordsOf(await chat().ask(viewer, 'paper summary'))).toContain(
    'W17 summary 2026-02-27.docx comes to our direct message in a moment.',
  )
  const { name, bytes, contentType } = await lastFile(fresh.db)
  expect({ name, contentType }).toEqual({
    name: 'W17 summary 2026-02-27.docx',
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  })
  const message = await fresh.db.outboxMessage.findFirstOrThrow({ where: { kind: 'paper' } })
  expect(message).toMatchObject({ personId: viewer.id, placeKind: 'direct', hasFile: true })
  const { text } = readDocx(bytes)
  expect(text).toContain('For: the board')
  expect(text).not.toContain('the panel is waiting')
})

test('comes as a PDF of an earlier day, for readers who are named, and not of a day to come', async () => {
  await chat('2026-02-25').ask(
    priya,
    '1.1 red the panel is waiting green by 30 Jun for internal only',
  )
  await chat().ask(priya, 'paper summary as pdf to internal on 25 Feb')
  const { text } = await readPdf((await lastFile(fresh.db)).bytes)
  expect(text).toContain('As at: Wed 25 Feb 2026')
  expect(text).toContain('the panel is waiting')
  expect(wordsOf(await chat().ask(priya, 'paper summary on 3 Mar'))).toContain(
    'Tue 3 Mar 2026 has not come yet.',
  )
})
