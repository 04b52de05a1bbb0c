import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Locator, Page } from 'playwright-core'
import type { Place } from '../../src/base/addresses.ts'
import { addDays, type CivilDate, civilDate, fullDate, momentAt } from '../../src/base/dates.ts'
import { expandCard } from '../../src/chat/cards.ts'
import { renderPlainText } from '../../src/chat/plain-text.ts'
import { loadPlan } from '../../src/domain/plan/store.ts'
import { barriersOn } from '../support/accessibility.ts'
import { openBrowser, openPlayground } from '../support/browser.ts'
import { otherProgrammes } from '../support/other-rounds.ts'
import { chatOn } from '../support/programme.ts'
import { firstHeadings, lessons, type Step, storyOf } from '../support/sample-rounds.ts'
import { smallPng } from '../support/small-png.ts'
import { missingIn, type PictureOfWeek, weekSection } from './digest-page.ts'
import { eventually, type Installation, startInstallation } from './installation.ts'

/** Four rounds of one programme and two of four others, and their digests as a chair reads them: in Slack, and in Teams. */

const firstMonday = civilDate('2026-03-02')
const last = addDays(firstMonday, 28)
const accountOf = (user: string) => ({ platform: 'slack', tenant: 'T0MILEPOST', user }) as const

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

const takesPictures = process.env.UPDATE_SCREENSHOT === '1'

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
  for (const [at, { day, digestOn, steps }] of rounds.entries()) {
    await answer(day, steps, 'U0PRIYA')
    const week = at - (rounds.length - 2)
    if (week === 0) await orderOthers(day)
    for (const { user, weeks } of otherProgrammes) await answer(day, weeks[week] ?? [], user)
    await morningOf(digestOn)
  }
}

/** The other programmes have theirs in a channel of their own in Slack, and beside the first one's in Teams. */
async function orderOthers(day: string): Promise<void> {
  const { tenant, conversation, serviceUrl } = await installation.db.subscription.findFirstOrThrow({
    where: { platform: 'teams' },
  })
  const inTeams = { tenant, conversation, ...(serviceUrl && { serviceUrl }) }
  for (const { user, channel } of otherProgrammes) {
    const inSlack = { tenant: 'T0MILEPOST', conversation: channel.id }
    const places: Place[] = [
      { platform: 'slack', kind: 'channel', ...inSlack },
      { platform: 'teams', kind: 'channel', ...inTeams },
    ]
    const text = 'digest here weekly monday 09:00'
    for (const place of places) {
      const asked = { input: { by: 'text', text }, place } as const
      await chatOn(installation.db, day).ask(accountOf(user), asked)
    }
  }
}

async function answer(day: string, steps: readonly Step[], user: string): Promise<void> {
  const chat = chatOn(installation.db, day)
  for (const step of steps) {
    const who = accountOf(step.by ?? user)
    if ('say' in step) await chat.ask(who, step.say)
    else await chat.ask(who, { input: { by: 'form', verb: 'update', args: { ...step.form } } })
  }
}

/** The first message of a programme's digest of that day. */
async function digestIn(region: Locator, day: CivilDate, programme: string): Promise<Locator> {
  const digest = region
    .locator('.message', { hasText: `Weekly digest as at ${fullDate(day)}` })
    .filter({ hasText: programme })
    .last()
  await digest.waitFor()
  return digest
}

/** Half past nine: the digest is said and sent. */
async function morningOf(day: CivilDate): Promise<void> {
  const { clock } = installation.playground
  clock.moveTo(momentAt(day, '09:30', 'Europe/London'))
  await installation.milepost.tick()
  await withoutThreads()
  const waiting = { kind: 'digest', state: 'waiting' } as const
  do {
    await installation.milepost.drain()
    clock.moveTo(new Date(clock.now().getTime() + 2000))
  } while ((await installation.db.outboxMessage.count({ where: waiting })) > 0)
}

/** What digests have in their threads is not read here, and a channel takes one message a second. */
async function withoutThreads(): Promise<void> {
  const where = { kind: 'digest', card: 'digest-part', state: 'waiting' } as const
  await installation.db.outboxMessage.updateMany({ where, data: { state: 'dropped' } })
}

/** A phone's width, and as high as the longest message. */
const phone = { width: 390, height: 4600 }

describe.each([
  ['Slack', slack, 'leadership-board'],
  ['Teams', teams, 'Leadership board'],
])('in %s', (name, region, channel) => {
  test('a chair reads what is worse, what is overdue and what is to decide, on one and a half screens of a phone', async () => {
    await page.setViewportSize({ width: 1440, height: 900 })
    await actAs('Owen Castell')
    await page.setViewportSize(phone)
    await page.getByRole('button', { name, exact: true }).click()
    await open(region(), channel)
    const digest = await digestIn(region(), last, "Children's Services")
    const { height = 0 } = (await digest.boundingBox()) ?? {}
    expect(height).toBeGreaterThan(0)
    expect(height).toBeLessThanOrEqual(1.5 * 844)
    // biome-ignore lint/performance/useDomNodeTextContent: as it is laid out, a line for each line
    const words = (await digest.innerText()).split('\n').map((line) => line.trim())
    const headings = words.flatMap((line) => /^(.+) \([^()]*\d\)$/.exec(line)?.[1] ?? [])
    expect(headings.filter((one) => firstHeadings.includes(one))).toEqual(firstHeadings)
    expect(words.join('\n')).toContain('In the thread: all of this in full, 8 workstreams')
    expect(await barriersOn(page)).toEqual([])
    if (takesPictures) await take(digest, `pictures/digest-${name.toLowerCase()}.png`)
  })
})

interface BoardWeek {
  readonly key: string
  /** Words of its title. */
  readonly programme: string
  readonly title: string
  readonly name: string
  readonly day: CivilDate
  readonly channel: string
  readonly chair: string
  readonly learns: PictureOfWeek['learns']
}

const boardWeeks: readonly BoardWeek[] = [
  ...lessons.map((learns, at) => ({
    ...{ key: 'BCS', channel: 'leadership-board', chair: 'Owen Castell', learns },
    programme: "Children's Services",
    title: `Children's services, week ${at + 1}`,
    name: `children-${at + 1}`,
    day: addDays(firstMonday, 7 * (at + 1)),
  })),
  ...otherProgrammes.map((one) => ({ ...one, channel: one.channel.name, day: last })),
]

/** What the board of that programme got that Monday, in Slack. */
async function pictureOf({ key, day, ...week }: BoardWeek): Promise<PictureOfWeek> {
  const { id } = await installation.db.programme.findUniqueOrThrow({ where: { key } })
  const where = { key: { startsWith: `digest:${id}:${day}:` }, card: 'digest', platform: 'slack' }
  const { card, data } = await installation.db.outboxMessage.findFirstOrThrow({ where })
  const expanded = expandCard({ name: card, data })
  return { ...week, summary: expanded.fallbackText ?? '', words: renderPlainText(expanded) }
}

const pageFile = new URL('../../docs/digests/README.md', import.meta.url)

/** After a change of words: `UPDATE_MESSAGES=1 npm test -- test/journeys/digest.test.ts`. */
test('docs/digests has eight weeks as a chair reads them, and each answers what a chair asks', async () => {
  const pictures = await Promise.all(boardWeeks.map(pictureOf))
  expect(pictures.map((one) => [one.name, missingIn(one)])).toEqual(
    pictures.map(({ name }) => [name, []]),
  )
  const written = await readFile(pageFile, 'utf8')
  const [introduction = ''] = written.split(/^## /m)
  const made = [`${introduction.trimEnd()}\n`, ...pictures.map(weekSection)].join('\n')
  if (process.env.UPDATE_MESSAGES === '1') await writeFile(pageFile, made)
  else expect(written).toBe(made)
  if (takesPictures) for (const week of boardWeeks) await takeOnPhone(week)
}, 600_000)

/** The pictures in docs/: `npm run screenshots`. */
async function take(digest: Locator, name: string): Promise<void> {
  const picture = new URL(`../../docs/${name}`, import.meta.url)
  // A reply that comes in draws the message anew, and a picture of the old one fails.
  const png = await eventually(() => digest.screenshot())
  await writeFile(picture, await smallPng(browser, png))
}

async function takeOnPhone({ day, channel, chair, name, programme }: BoardWeek): Promise<void> {
  await page.setViewportSize(phone)
  await actAs(chair)
  for (const [platform, region, place] of [
    ['Slack', slack, channel],
    ['Teams', teams, 'Leadership board'],
  ] as const) {
    await page.getByRole('button', { name: platform, exact: true }).click()
    await open(region(), place)
    const digest = await digestIn(region(), day, programme)
    await take(digest, `digests/${platform.toLowerCase()}-${name}.png`)
  }
}
