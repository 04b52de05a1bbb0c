import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
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

/** From an empty installation to a plan that was dropped into the chat. */

const plan = readFileSync(new URL('../../src/playground/sample/plan.csv', import.meta.url))

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
    expect(installation.trouble).toEqual([])
  }, 60_000)
})
