import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { textSheetsWorkbook } from '../../src/base/sheets/write-xlsx.ts'
import {
  type ChatUserOf,
  type Drop,
  dropInSlack,
  dropInTeams,
  eventually,
  type Installation,
  slackUser,
  startInstallation,
  teamsUser,
} from './installation.ts'

/** From an empty installation to a plan that was dropped into the chat, and one of which every menu is answered. */

const plan = readFileSync(new URL('../../src/playground/sample/plan.csv', import.meta.url))

/** A small table of milestones, and a later one of which nothing is certain. */
const headings = 'Service,Project,Milestone,Date,RAG'
const sweeping = [
  'Halls,Sweep,Adverts out,31/03/2026,R',
  'Halls,Sweep,Interviews held,30/04/2026,G',
  'Halls,Paint,Doors painted,31/05/2026,G',
]
const sweepingLater = [
  'Halls,Sweep,Ad-verts out,04/03/2026,',
  'Halls,Sweep,Inter-views held,05/04/2026,On it',
  'Halls,Sweep,The review of Child X,06/05/2026,G',
  'Halls,Paint,Doors painted,05/06/2026,G',
]
const oldPlan = ['Halls,Sweep,Halls swept,01/02/2026,G', 'Halls,Paint,Gates painted,01/03/2026,G']

const platforms: readonly (readonly [string, ChatUserOf, Drop])[] = [
  ['Slack', slackUser, dropInSlack],
  ['Teams', teamsUser, dropInTeams],
]

describe.each(platforms)('a plan dropped in %s', (_, userOf, drop) => {
  let installation: Installation
  const admin = () => userOf(installation, 'Priya Marlowe')
  const seen = (text: string) =>
    eventually(() => expect(admin().visibleText()).toContain(text), 10_000)
  const projects = () => installation.db.project.count()

  beforeAll(async () => {
    installation = await startInstallation({ isEmpty: true })
    await admin().send('setup W17 Better Together')
    await seen('W17 Better Together is set up')
  }, 60_000)
  afterAll(async () => {
    await installation?.close()
  })

  test('is shown before anything of it is saved', async () => {
    await drop(installation, 'Priya Marlowe', { name: 'plan.csv', bytes: plan })
    await seen('8 workstreams, 47 projects, 94 milestones')
    expect(await projects()).toBe(0)
  }, 30_000)

  /** Slack shows the form's labels, Teams its heading. */
  const form = /The day the sheet speaks for|What the headings mean/
  const openForm = async () => {
    await admin().press('Correct the headings')
    await eventually(() => expect(admin().visibleText()).toMatch(form), 10_000)
  }
  const missing = 'the plan has no column headed COMMENTARY'

  test('has its headings corrected by a form', async () => {
    await openForm()
    await admin().submit({ 'column-D': 'ignore' }, 'Show it again')
    await seen(missing)
    await openForm()
    await admin().submit({ 'column-D': 'commentary' }, 'Show it again')
    await eventually(() => expect(admin().visibleText()).not.toContain(missing), 10_000)
    await seen('New in the plan')
  }, 60_000)

  test('is imported by a press, and then there is nothing to import', async () => {
    await admin().press('Import')
    await seen('plan.csv is in the plan of Better Together')
    expect(await projects()).toBe(47)
    await drop(installation, 'Priya Marlowe', { name: 'plan.csv', bytes: plan })
    await seen('Nothing in it differs from the plan')
  }, 60_000)

  const table = (...rows: string[]) =>
    [headings, ...rows].map((row) => row.split(',')) as readonly string[][]
  const hex = (text: string) => Buffer.from(text).toString('hex')
  const answerForm = async (answers: Record<string, string>) => {
    await openForm()
    await admin().submit(answers, 'Show it again')
  }

  test('that leaves everything open has each question answered by a menu, and becomes the plan that was meant', async () => {
    const first = table(...sweeping).map((cells) => cells.join(','))
    await drop(installation, 'Priya Marlowe', {
      name: 'halls.csv',
      bytes: Buffer.from(first.join('\n')),
    })
    await seen('2 projects, 3 milestones')
    await admin().press('Import', 'halls.csv')
    await seen('halls.csv is in the plan of Better Together')

    const later = textSheetsWorkbook([
      { name: 'Old plan', rows: table(...oldPlan) },
      { name: 'Plan', rows: table(...sweepingLater) },
    ])
    await drop(installation, 'Priya Marlowe', {
      name: 'halls.xlsx',
      bytes: Buffer.from(later),
    })
    await seen('2 sheets hold a plan')
    await answerForm({ sheet: 'Plan' })
    await seen('“Child X”')
    const project = await installation.db.project.findFirstOrThrow({ where: { title: 'Sweep' } })
    await answerForm({
      'date-order': 'month first',
      [`state-${hex('On it')}`]: 'amber',
      [`blank-${hex(`${project.ref} 1`)}`]: 'keep',
      'same-row-2': 'same',
      'same-row-3': 'new',
    })
    await seen('stays ◆ Red, as was answered')
    await admin().press('Import all but these rows', 'halls.xlsx')
    await seen('Left out: row 4')
    const milestones = await installation.db.milestone.findMany({
      where: { projectId: project.id },
      orderBy: { number: 'asc' },
      include: { ratings: { orderBy: [{ at: 'desc' }], take: 1 } },
    })
    expect(
      milestones.map(({ about, due, ratings: [rating] }) => [
        about,
        due?.toISOString().slice(0, 10),
        rating?.state,
      ]),
    ).toEqual([
      ['Ad-verts out', '2026-04-03', 'red'],
      ['Interviews held', '2026-04-30', 'green'],
      ['Inter-views held', '2026-05-04', 'amber'],
    ])
    expect(installation.trouble).toEqual([])
  }, 60_000)
})
