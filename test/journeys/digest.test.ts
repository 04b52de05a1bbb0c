import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Locator, Page } from 'playwright-core'
import { addDays, type CivilDate, civilDate, fullDate, momentAt } from '../../src/base/dates.ts'
import { loadPlan } from '../../src/domain/plan/store.ts'
import { barriersOn } from '../support/accessibility.ts'
import { openBrowser, openPlayground } from '../support/browser.ts'
import { chatOn } from '../support/programme.ts'
import { firstHeadings, type Step, storyOf } from '../support/sample-rounds.ts'
import { smallPng } from '../support/small-png.ts'
import { eventually, type Installation, startInstallation } from './installation.ts'

/** Four rounds of a programme, and then its digest as a chair reads it: in Slack, and in Teams. */

const firstMonday = civilDate('2026-03-02')
const last = addDays(firstMonday, 28)
const priya = { platform: 'slack', tenant: 'T0MILEPOST', user: 'U0PRIYA' } as const

let installation: Installation
let browser: Browser
let page: Page

beforeAll(async () => {
  installation = await startInstallation()
  browser = await openBrowser()
  const opened = await openPlayground(browser, installation.milepost.url)
  page = opened.page
  page.setDefaultTimeout(25_000)
  await order()
  await live()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await installation?.close()
})

const slack = () => page.getByRole('region', { name: 'Slack' })
const teams = () => page.getByRole('region', { name: 'Teams' })

async function actAs(name: string): Promise<void> {
  const people = page.getByLabel('Acting as')
  const option = people.locator('option', { hasText: name })
  await people.selectOption((await option.getAttribute('value')) ?? name)
}

const open = (where: Locator, place: string) =>
  where.getByRole('navigation').getByRole('button', { name: place }).click()

async function write(where: Locator, text: string): Promise<void> {
  const box = where.getByRole('textbox', { name: /^Message in/ })
  await box.fill(text)
  await box.press('Enter')
}

/** The programme office has the digest posted on both platforms. */
async function order(): Promise<void> {
  await actAs('Priya Marlowe')
  await open(slack(), 'leadership-board')
  await write(slack(), '/rag digest here weekly monday 09:00')
  await open(teams(), 'Leadership board')
  await write(teams(), '@Milepost digest here weekly monday 09:00')
  await eventually(async () => expect(await installation.db.subscription.count()).toBe(2))
}

async function live(): Promise<void> {
  const { id } = await installation.db.programme.findUniqueOrThrow({ where: { key: 'BCS' } })
  await morningOf(firstMonday)
  const rounds = storyOf(await loadPlan(installation.db, id, firstMonday), firstMonday)
  for (const { day, digestOn, steps } of rounds) {
    await withoutThreads()
    await answer(day, steps)
    await morningOf(digestOn)
  }
}

async function answer(day: string, steps: readonly Step[]): Promise<void> {
  const chat = chatOn(installation.db, day)
  for (const step of steps) {
    if ('say' in step) await chat.ask(priya, step.say)
    else await chat.ask(priya, { input: { by: 'form', verb: 'update', args: { ...step.form } } })
  }
}

/** Half past nine: the digest is said and sent. */
async function morningOf(day: CivilDate): Promise<void> {
  installation.playground.clock.moveTo(momentAt(day, '09:30', 'Europe/London'))
  await installation.milepost.tick()
  await installation.milepost.drain()
}

/** What earlier digests had in their threads is not read here, and a channel takes one message a second. */
async function withoutThreads(): Promise<void> {
  const where = { kind: 'digest', state: 'waiting' } as const
  await installation.db.outboxMessage.updateMany({ where, data: { state: 'dropped' } })
}

describe.each([
  ['Slack', slack, 'leadership-board', 424],
  ['Teams', teams, 'Leadership board', 458],
])('in %s', (name, region, channel, width) => {
  test('a chair reads what is worse, what is overdue and what is to decide, on one and a half screens of a phone', async () => {
    await actAs('Owen Castell')
    // The message is as wide as a phone, and the window as high as all of it.
    await page.setViewportSize({ width, height: 4600 })
    await page.getByRole('button', { name, exact: true }).click()
    await open(region(), channel)
    const digest = region()
      .locator('.message', { hasText: `Weekly digest as at ${fullDate(last)}` })
      .last()
    await digest.waitFor()
    const { width: wide = 0, height = 0 } = (await digest.boundingBox()) ?? {}
    expect(Math.round(wide)).toBe(390)
    expect(height).toBeLessThanOrEqual(1.5 * 844)
    // biome-ignore lint/performance/useDomNodeTextContent: as it is laid out, a line for each line
    const words = (await digest.innerText()).split('\n').map((line) => line.trim())
    const headings = words.flatMap((line) => /^(.+) \([^()]*\d\)$/.exec(line)?.[1] ?? [])
    expect(headings.filter((one) => firstHeadings.includes(one))).toEqual(firstHeadings)
    expect(words.join('\n')).toContain('In the thread: all of this in full, 8 workstreams')
    expect(await barriersOn(page)).toEqual([])
    if (process.env.UPDATE_SCREENSHOT === '1') await take(digest, name)
  })
})

/** The pictures in docs/: `npm run screenshots`. */
async function take(digest: Locator, name: string): Promise<void> {
  const picture = new URL(`../../docs/pictures/digest-${name.toLowerCase()}.png`, import.meta.url)
  // A reply that comes in draws the message anew, and a picture of the old one fails.
  const png = await eventually(() => digest.screenshot())
  await writeFile(picture, await smallPng(browser, png))
}
