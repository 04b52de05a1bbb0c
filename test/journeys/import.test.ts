import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  accountOf,
  type ChatUserOf,
  eventually,
  type Installation,
  slackUser,
  startInstallation,
} from './installation.ts'

/** From an empty installation to a plan that was dropped into the chat. */

const plan = readFileSync(new URL('../../src/playground/sample/plan.csv', import.meta.url))
const contentType = 'text/csv'

type Drop = (
  installation: Installation,
  name: string,
  file: { readonly name: string; readonly bytes: Buffer },
) => Promise<unknown>

const dropInSlack: Drop = ({ playground }, name, file) =>
  playground.slack.message(accountOf(playground, name, 'slack'), '', {
    files: [{ ...file, contentType }],
  })

const platforms: readonly (readonly [string, ChatUserOf, Drop])[] = [
  ['Slack', slackUser, dropInSlack],
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

  test('has its headings corrected by a form', async () => {
    await admin().press('Correct the headings')
    await eventually(() => expect(admin().visibleText()).toContain('The day the sheet speaks for'))
    await admin().submit({ 'column-D': 'ignore' }, 'Show it again')
    await seen('the plan has no column headed COMMENTARY')
    await admin().press('Correct the headings')
    await eventually(() => expect(admin().visibleText()).toContain('The day the sheet speaks for'))
    await admin().submit({ 'column-D': 'commentary' }, 'Show it again')
    await eventually(() => expect(admin().messages().at(-1)).toContain('New in the plan'), 10_000)
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
