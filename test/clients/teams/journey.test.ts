import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { configurePlatform } from '../../../src/chat/platform-definition.ts'
import { teams } from '../../../src/platforms/teams/index.ts'
import { openBrowser } from '../../support/browser.ts'
import { eventually, type ServedMilepost, serveMilepost } from '../milepost.ts'
import { type AgentsPlayground, startAgentsPlayground } from './agents-playground.ts'
import { openTeamsPage, type TeamsPage } from './page.ts'

/**
 * The first minutes of a programme in Teams, in Microsoft's Agents Playground as it comes: its chat is called by a UUID,
 * and its people by what is none.
 */

const alex = {
  ...{ platform: 'teams', tenant: '00000000-0000-0000-0000-0000000000001' },
  user: '00000000-0000-0000-0000-0000000000020',
}

// Allows for a loaded machine.
jest.setTimeout(60_000)

let milepost: ServedMilepost
let playground: AgentsPlayground
let browser: Browser
let page: TeamsPage

beforeAll(async () => {
  milepost = await serveMilepost(configurePlatform(teams, { mode: 'local' }), [alex])
  // The first invitation goes nowhere, before anybody has written: on a loaded machine it might come after that.
  await milepost.moveTo('2030-01-07T10:00:30Z')
  const botUrl = `${milepost.service.url}/api/messages`
  playground = await startAgentsPlayground(botUrl)
  browser = await openBrowser()
  page = await openTeamsPage(browser, playground)
  await page.open('Personal Chat')
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await playground?.close()
  await milepost?.close()
})

const shows = (words: string | RegExp) =>
  eventually(async () => expect(await page.words()).toMatch(words))
const say = async (text: string, answer: string | RegExp) => {
  await page.say(text)
  await shows(answer)
}

describe('in the Agents Playground', () => {
  test('whoever installs Milepost gets the help', async () => {
    await shows('What you can ask')
  })

  test('an administrator is invited in the chat, which has the shape of a person’s id', async () => {
    await milepost.moveTo('2030-01-07T10:01:00Z')
    await shows('Milepost is here: set up the first programme')
  })

  test('a press opens a form, and the form is stored', async () => {
    await page.press('Set up the first programme')
    await shows('Its title')
    await page.fill({ 'Its key': 'W17', 'Its title': 'Better Together' })
    await page.press('Set up')
    await shows('W17 Better Together is set up')
  })

  test('lines are answered by cards', async () => {
    await say('add workstream Practice', 'Workstream 1 Practice was added')
    await say('add project Practice standards to 1', '1.1 Practice standards was added')
    await say('add milestone 1.1 Publish the standards by 9 Jan 2030', 'Wed 9 Jan 2030')
    await say('set 1.1 leads to Alex Wilber', 'Alex Wilber')
  })

  test('a reminder arrives in the chat', async () => {
    await milepost.moveTo('2030-01-09T09:30:00Z')
    await shows('Publish the standards')
    const sent = await milepost.db.outboxMessage.findMany({ where: { kind: 'reminder' } })
    expect(sent.map(({ state }) => state)).toEqual(['sent'])
  })

  test('a press on the reminder changes it', async () => {
    await page.press('Done')
    await shows(/Publish the standards.{0,80}Undo/s)
  })

  test('a question in a channel is answered in the person’s chat', async () => {
    await page.open('My Team - General')
    await page.say('1.1 amber Late green by 18 Jan 2030', 'mention')
    await shows('I have answered you in our own chat.')
    await page.open('Personal Chat')
    await shows('1.1 Practice standards is ▲ Amber')
  })

  test('a question in a group chat is, too', async () => {
    await page.open('Group Chat')
    await page.say('1.1', 'mention')
    await shows('I have answered you in our own chat.')
    await page.open('Personal Chat')
  })

  test('mocked activities are taken without a fault', async () => {
    const before = milepost.trouble.length
    for (const entry of [
      ...['Uninstall application', 'Install application'],
      ...['Remove application', 'Add application'],
    ]) {
      await page.mock(entry)
    }
    await page.open('My Team - General')
    for (const entry of ['Add user', 'Rename channel', 'Remove team']) await page.mock(entry)
    expect(milepost.trouble.slice(before)).toEqual([])
  })

  test('what it would send away is refused', () => {
    const telemetry = ['169.254.169.254', 'westus-0.in.applicationinsights.azure.com']
    for (const host of playground.refusedHosts) expect(telemetry).toContain(host)
  })
})
