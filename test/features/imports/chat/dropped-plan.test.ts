import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { textWorkbook } from '../../../../src/base/sheets/write-xlsx.ts'
import type { Reply } from '../../../../src/chat/reply.ts'
import { purgeDrafts } from '../../../../src/features/imports/drafts/draft-store.ts'
import {
  type Chat,
  chatOn,
  direct,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../../support/programme.ts'
import { buttonsOf, pressIn, type SentSheet, sendSheets } from '../../../support/sent-sheets.ts'

/** A plan that is sent in chat: shown, corrected, imported or cancelled. */

const fresh = emptyDatabase()
const sample = readFileSync(new URL('../../../../src/playground/sample/plan.csv', import.meta.url))
const today = '2026-02-27'

let priya: StoredPerson
let asha: StoredPerson
let viewer: StoredPerson
let chat: Chat

beforeEach(async () => {
  ;[priya, asha, viewer] = await storePeople(fresh.db, 'Priya Marlowe', 'Asha Verity', 'Jo Fenn')
  chat = chatOn(fresh.db, today)
})

const emptyProgramme = (key = 'W17') =>
  storeProgramme(fresh.db, { key, office: [priya, asha], members: [viewer], projects: [] })

const send = (who: StoredPerson, ...sheets: SentSheet[]) => sendSheets(chat, who, sheets)
const press = (who: StoredPerson, reply: Reply, title: string) => pressIn(chat, who, reply, title)

const small = (...rows: string[]) =>
  ['REF,WORKSTREAM DETAIL,RAG,COMMENTARY,March', ...rows].join('\n')
const plan = small(
  '1,People,,,',
  '1.1,Recruiting,G,,06 Mar - Adverts out 20 Mar - Interviews held',
  '1.2,Keeping staff,A,Offer not agreed,31 Mar - Offer agreed',
)
const projects = () => fresh.db.project.findMany({ orderBy: { ref: 'asc' } })

describe('a sheet that the programme office sends', () => {
  test('is shown with what its headings mean and what is new, and imported by one press', async () => {
    await emptyProgramme()
    const preview = await send(priya, { bytes: sample })
    const words = wordsOf(preview)
    expect(words).toMatch(/8 workstreams, 47 projects, 94 milestones/)
    expect(words).toMatch(/C “RAG”: /)
    expect(words).toMatch(/“[^”]+” → \w{3} \d+ \w{3} 2026/)
    expect(await projects()).toHaveLength(0)

    const saved = await press(priya, preview, 'Import')
    expect(wordsOf(saved)).toMatch(/^Saved\nplan.csv is in the plan of Programme W17: new: /)
    expect(await projects()).toHaveLength(47)
    expect(await fresh.db.importDraft.count()).toBe(0)
  })

  test('a second time has nothing to import', async () => {
    await emptyProgramme()
    await press(priya, await send(priya, { bytes: plan }), 'Import')
    const again = await send(priya, { bytes: plan })
    expect(wordsOf(again)).toContain('Nothing in it differs from the plan')
    expect(buttonsOf(again).map(({ title }) => title)).toEqual(['Correct the headings', 'Cancel'])
  })

  test('is erased when it is cancelled, and the plan stays as it was', async () => {
    await emptyProgramme()
    const preview = await send(priya, { bytes: plan })
    expect(wordsOf(await press(priya, preview, 'Cancel'))).toContain('was not imported')
    expect(await fresh.db.importDraft.count()).toBe(0)
    expect(await projects()).toHaveLength(0)
    expect(wordsOf(await press(priya, preview, 'Import'))).toContain('Send it again to import it')
  })
})

describe('what changed since the preview', () => {
  test('is shown, and nothing is imported that was not seen', async () => {
    await emptyProgramme()
    const first = await send(priya, { bytes: plan })
    await press(asha, await send(asha, { bytes: plan.replace(',G,', ',R,') }), 'Import')
    const again = await press(priya, first, 'Import')
    expect(wordsOf(again)).toContain('The plan changed since you looked, so nothing was imported')
    expect(wordsOf(again)).toContain('Project 1.1: the state was Red, becomes Green')
    expect(wordsOf(await press(priya, again, 'Import'))).toMatch(/^Saved/)
  })

  test('by a colleague with the same sheet leaves nothing to import', async () => {
    await emptyProgramme()
    const first = await send(priya, { bytes: plan })
    await press(asha, await send(asha, { bytes: plan }), 'Import')
    expect(wordsOf(await press(priya, first, 'Import'))).toContain('there is nothing to import')
  })

  test('a press on an older preview shows the present one', async () => {
    await emptyProgramme()
    const old = await send(priya, { bytes: plan })
    await chat.ask(priya, 'import heading COMMENTARY as not read')
    expect(wordsOf(await press(priya, old, 'Import'))).toContain('That was an earlier preview')
    expect(await projects()).toHaveLength(0)
  })
})

describe('who', () => {
  test('is no officer is told who imports, and nothing is downloaded', async () => {
    await emptyProgramme()
    const answer = await chat.ask(viewer, {
      directPlace: direct,
      input: {
        by: 'files',
        text: '',
        files: [{ name: 'plan.csv', read: () => Promise.reject(new Error('downloaded')) }],
      },
    })
    expect(wordsOf(answer)).toContain('Only the programme office of Programme W17 can do that')
    expect(await fresh.db.importDraft.count()).toBe(0)
  })

  test('is in several offices says first into which programme it goes', async () => {
    await emptyProgramme('W17')
    await emptyProgramme('W20')
    const asked = await send(priya, { bytes: plan })
    expect(buttonsOf(asked).map(({ title }) => title)).toEqual(['Into W17', 'Into W20', 'Cancel'])
    const saved = await press(priya, await press(priya, asked, 'Into W20'), 'Import')
    expect(wordsOf(saved)).toContain('is in the plan of Programme W20')
  })

  test('is another officer has no hold of a colleague’s sheet', async () => {
    await emptyProgramme()
    const preview = await send(priya, { bytes: plan })
    expect(wordsOf(await press(asha, preview, 'Import'))).toContain('not waiting any more')
    expect(await projects()).toHaveLength(0)
  })
})

test('an administrator who sends a sheet before there is a programme is told to set one up', async () => {
  const admin = { platform: 'slack', tenant: 'T1', user: 'U-admin' } as const
  chat = chatOn(fresh.db, today, { installation: { admins: [admin], samples: [] } })
  const answer = await sendSheets(chat, admin, [{ bytes: plan }])
  expect(wordsOf(answer)).toContain('Type /rag setup to set one up')
  expect(await fresh.db.importDraft.count()).toBe(0)
})

describe('a sheet with problems', () => {
  const bad = plan.replace('31 Mar', '31 Feb')

  test('shows the row where it stands with what would mend it, and imports all but it', async () => {
    await emptyProgramme()
    const preview = await send(priya, { bytes: bad })
    expect(wordsOf(preview)).toMatch(
      /⚠ Row 4, March \(1\.2 \| Keeping staff \| A.*\): .*Put the date right/,
    )
    const saved = await press(priya, preview, 'Import all but these rows')
    expect(wordsOf(saved)).toContain('Left out: row 4')
    expect((await projects()).map(({ ref }) => ref)).toEqual(['1.1'])
  })

  test('is imported with them where the person accepts that', async () => {
    await emptyProgramme()
    await press(priya, await send(priya, { bytes: bad }), 'Accept and import all')
    expect((await projects()).map(({ ref }) => ref)).toEqual(['1.1', '1.2'])
  })
})

describe('headings', () => {
  const odd = plan.replace('RAG', 'How is it')

  test('that were not understood are corrected in a form, and remembered', async () => {
    await emptyProgramme()
    const unread = await send(priya, { bytes: odd })
    expect(wordsOf(unread)).toContain('or say which column it is.\nSay what the headings mean')
    expect(buttonsOf(unread).map(({ title }) => title)).toEqual(['Correct the headings', 'Cancel'])
    const form = await press(priya, unread, 'Correct the headings')
    expect(form.kind).toBe('form')
    const { submit } = form.card.data as { submit: { verb: string; data: object } }
    const preview = await chat.submit(priya, submit.verb, { ...submit.data, 'column-C': 'state' })
    expect(wordsOf(preview)).toContain('C “How is it”: \nRAG. “G” → Green')
    await press(priya, preview, 'Import')
    const next = await send(priya, { bytes: odd.replace(',A,', ',R,') })
    expect(wordsOf(next)).toContain('Project 1.2: the state was Amber, becomes Red')
  })

  test('are corrected by a line, which says what there is', async () => {
    await emptyProgramme()
    await send(priya, { bytes: plan })
    const answer = async (line: string) => wordsOf(await chat.ask(priya, line))
    expect(await answer('import heading COMMENTARY as nonsense')).toContain('There are: REF')
    expect(await answer('import heading Nobody as leads')).toContain('No heading is “Nobody”')
    expect(await answer('import heading E as not read')).toContain('no column headed a month')
  })
})

describe('a Red or an Amber whose cell is empty', () => {
  test('is a menu, which asks why where it is not rated any more', async () => {
    await emptyProgramme()
    await press(priya, await send(priya, { bytes: plan }), 'Import')
    const preview = await send(priya, { bytes: plan.replace(',A,Offer not agreed,', ',,,') })
    expect(wordsOf(preview)).toContain(
      '1.2 “Keeping staff” was ▲ Amber, and its cell is empty now. Say whether it stays so. If it is accepted, it stays ▲ Amber.',
    )
    expect(wordsOf(preview)).toContain('is answered by menus: Correct the headings.')
    const form = await press(priya, preview, 'Correct the headings')
    const { menus, submit, reason } = form.card.data as {
      menus: { id: string; label: string }[]
      submit: { verb: string; data: object }
      reason: { label: string }
    }
    const menu = menus.find(({ label }) => label.includes('was ▲ Amber, now empty'))
    expect(reason.label).toContain('Why is it not rated any more?')
    const answer = (args: object) =>
      chat.submit(priya, submit.verb, { ...submit.data, ...args, day: today })
    const unrated = { [menu?.id ?? '']: 'not rated' }
    expect(wordsOf(await answer(unrated))).toContain('Say why it is not rated any more.')
    const told = await answer({ ...unrated, reason: 'Child A was moved' })
    expect(wordsOf(told)).toContain('looks as if it tells of a child')
    const shown = await answer({ ...unrated, reason: 'the offer has ended' })
    expect(wordsOf(shown)).toContain('the state was Amber, becomes')
    await press(priya, shown, 'Import')
    const update = await fresh.db.statusUpdate.findFirstOrThrow({ where: { state: 'blank' } })
    expect(update).toMatchObject({ reason: 'the offer has ended' })
  })

  test('stays by one choice, which is remembered when it is imported', async () => {
    await emptyProgramme()
    await press(priya, await send(priya, { bytes: plan }), 'Import')
    const emptied = plan.replace(',A,Offer not agreed,', ',,,').replace(',G,', ',R,')
    const form = await press(priya, await send(priya, { bytes: emptied }), 'Correct the headings')
    const { menus, submit } = form.card.data as {
      menus: { id: string; label: string }[]
      submit: { verb: string; data: object }
    }
    const { id = '' } = menus.find(({ label }) => label.includes('was ▲ Amber, now empty')) ?? {}
    const args = { ...submit.data, [id]: 'keep', day: today }
    const shown = await chat.submit(priya, submit.verb, args)
    expect(wordsOf(shown)).not.toContain('its cell is empty now')
    expect(wordsOf(await press(priya, shown, 'Import'))).toMatch(/^Saved/)
    const states = await fresh.db.statusUpdate.findMany({ where: { project: { ref: '1.2' } } })
    expect(states.map(({ state }) => state)).toEqual(['amber'])
    const again = await send(priya, { bytes: emptied.replace(',R,', ',G,') })
    expect(wordsOf(again)).not.toContain('its cell is empty now')
  })
})

describe('projects that the sheet no longer has', () => {
  beforeEach(async () => {
    await emptyProgramme()
    await press(priya, await send(priya, { bytes: plan }), 'Import')
  })
  const without = plan.split('\n').slice(0, 3).join('\n')

  test('are kept, unless the person closes them or puts them on hold, with a reason', async () => {
    const preview = await send(priya, { bytes: without })
    expect(wordsOf(preview)).toContain('Project 1.2 Keeping staff')
    const form = await press(priya, preview, 'Close or hold 1 missing project')
    expect(wordsOf(form)).toContain('1.2 Keeping staff')
    const { data } = form.card.data as { data: { draft: string } }
    const submit = (args: object) => chat.submit(priya, 'import-absent', { ...data, ...args })
    expect((await submit({ 'project-1.2': 'close' })).kind).toBe('invalid')
    const told = await submit({ 'project-1.2': 'close', reason: 'Child A was moved' })
    expect(wordsOf(told)).toContain('looks as if it tells of a child')
    const chosen = await submit({ 'project-1.2': 'close', reason: 'the offer has ended' })
    expect(wordsOf(chosen)).toContain(
      '1.2 Keeping staff is closed: stopped, because the offer has ended',
    )
    expect(wordsOf(await press(priya, chosen, 'Import'))).toContain(
      '1.2: Closed on Fri 27 Feb 2026',
    )
    expect((await projects())[1]?.life).toMatchObject({ state: 'closed', ending: 'stopped' })
  })

  test('are put on hold by a line', async () => {
    await send(priya, { bytes: without })
    await chat.ask(priya, 'import hold 1.2 because nobody leads it')
    expect(wordsOf(await chat.ask(priya, 'import all'))).toContain('1.2: On hold since')
    expect((await projects())[1]?.life).toMatchObject({ state: 'on hold' })
  })

  test('stay where nobody chooses, or somebody keeps them after all', async () => {
    const added = `${without}\n1.3,Training,G,,10 Mar - Course held`
    await send(priya, { bytes: added })
    await chat.ask(priya, 'import hold 1.2 because nobody leads it')
    await press(priya, await chat.ask(priya, 'import keep 1.2'), 'Import')
    expect((await projects()).map(({ life }) => life)).toEqual([null, null, null])
  })
})

describe('what is no plan', () => {
  test('a log of change requests is refused, unless a person says what kind of sheet it is', async () => {
    await emptyProgramme()
    const log = 'cr_id,title,owner,due_date,status\nCR1,Widen the slip,Lee Moss,31/03/2026,Approved'
    const refused = await send(priya, { name: 'changes.csv', bytes: log })
    expect(wordsOf(refused)).toContain('changes.csv is a log of change requests')
    expect(wordsOf(refused)).not.toContain('--shape')
    const form = await press(priya, refused, 'Correct the headings')
    const { submit } = form.card.data as { submit: { verb: string; data: object } }
    const read = await chat.submit(priya, submit.verb, { ...submit.data, shape: 'tracker' })
    expect(wordsOf(read)).toContain('1 project, 1 milestone')
  })

  const workbook = (rows: string[][]) => textWorkbook('Plan', rows)
  test.each<[string, SentSheet, string]>([
    [
      'an old workbook',
      { name: 'plan.xls', bytes: Buffer.from('\xd0\xcf\x11\xe0old', 'latin1') },
      'an old Office version',
    ],
    [
      'a workbook with a password',
      {
        name: 'plan.xlsx',
        bytes: Buffer.concat([
          Buffer.from('\xd0\xcf\x11\xe0', 'latin1'),
          Buffer.from('EncryptedPackage', 'utf16le'),
        ]),
      },
      'is protected with a password',
    ],
    [
      'a picture',
      { name: 'plan.xlsx', bytes: Buffer.from('\x89PNG', 'latin1') },
      'is a picture, not a plan',
    ],
    ['an empty sheet', { name: 'plan.xlsx', bytes: workbook([]) }, 'holds no text'],
    ['an empty file', { bytes: '' }, 'is empty'],
    [
      '2,001 rows',
      { bytes: `${plan}${'\n1.3,More,G,,'.repeat(1_998)}` },
      'has 2,002 rows, and I read 2,000',
    ],
    ['30 MB', { bytes: Buffer.alloc(30 * 1024 * 1024, 'a') }, 'larger than 10 MB'],
  ])('%s is answered in words, and nothing is kept', async (_, sent, words) => {
    await emptyProgramme()
    expect(wordsOf(await send(priya, sent))).toContain(words)
    expect(await fresh.db.importDraft.count()).toBe(0)
  })
})

describe('several sheets', () => {
  test('at once are shown one after the other', async () => {
    await emptyProgramme()
    const more = small('2,Practice,,,', '2.1,Standards,G,,06 Mar - Standards out')
    const first = await send(
      priya,
      { bytes: plan },
      { name: 'more.csv', bytes: more },
      { name: 'photo.png', bytes: Buffer.from('\x89PNG', 'latin1') },
    )
    expect(wordsOf(first)).toContain('You sent 2 sheets. This is the first; then comes more.csv.')
    expect(wordsOf(first)).toContain('photo.png is a picture')
    const saved = await press(priya, first, 'Import')
    const second = await press(priya, saved, 'Next: more.csv')
    await press(priya, second, 'Import')
    expect((await projects()).map(({ ref }) => ref)).toEqual(['1.1', '1.2', '2.1'])
  })

  test('beyond five push the oldest out', async () => {
    await emptyProgramme()
    for (let at = 0; at < 6; at += 1) await send(priya, { bytes: plan })
    expect(await fresh.db.importDraft.count()).toBe(5)
  })
})

describe('a sheet that was left', () => {
  test('for a day is gone: its buttons and its form say to send it again', async () => {
    await emptyProgramme()
    const preview = await send(priya, { bytes: plan })
    chat = chatOn(fresh.db, '2026-02-28')
    for (const title of ['Import', 'Correct the headings'])
      expect(wordsOf(await press(priya, preview, title))).toContain('Send it again to import it')
    await purgeDrafts(fresh.db, new Date('2026-02-28T12:00:00Z'))
    expect(await fresh.db.importDraft.count()).toBe(0)
    expect(await projects()).toHaveLength(0)
  })

  test('is shown again by a line, and without one it says how to send a sheet', async () => {
    await emptyProgramme()
    expect(wordsOf(await chat.ask(priya, 'import'))).toContain(
      'Drop a sheet into our direct message',
    )
    await send(priya, { bytes: plan })
    expect(wordsOf(await chat.ask(priya, 'import'))).toContain('2 projects')
  })
})
