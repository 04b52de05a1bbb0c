import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Locator, Page } from 'playwright-core'
import { expandCard } from '../../src/chat/cards.ts'
import { dialogBody } from '../../src/platforms/teams/dialogs.ts'
import { dialogCard } from '../../src/platforms/teams/reply.ts'
import { serveHeldPage } from '../../src/playground/held-page.ts'
import { barriersOn } from '../support/accessibility.ts'
import { openBrowser, openPlayground } from '../support/browser.ts'
import { eventually, type Installation, startInstallation } from './installation.ts'

/** The journey of a newcomer, in a real browser, in this order. */

let installation: Installation
let browser: Browser
let page: Page
let trouble: string[]

beforeAll(async () => {
  installation = await startInstallation()
  browser = await openBrowser()
  const opened = await openPlayground(browser, installation.milepost.url)
  page = opened.page
  trouble = opened.warnings
  page.setDefaultTimeout(25_000)
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await installation?.close()
})

const slack = () => page.getByRole('region', { name: 'Slack' })
const teams = () => page.getByRole('region', { name: 'Teams' })
const dialog = () => page.getByRole('dialog')

async function write(where: Locator, text: string): Promise<void> {
  const box = where.getByRole('textbox', { name: /^Message in/ })
  await box.fill(text)
  await box.press('Enter')
}

/** Waits until these words stand there. */
async function shows(where: Locator, words: string | RegExp): Promise<void> {
  await where.getByText(words).last().waitFor()
}

/** Writes this, and waits for a card with its button to update: earlier ones stand above it. */
async function askForProject(where: Locator, text: string): Promise<void> {
  const updates = where.getByRole('button', { name: /^Update: / })
  const before = await updates.count()
  await write(where, text)
  await updates.nth(before).waitFor()
}

async function actAs(name: string): Promise<void> {
  const people = page.getByLabel('Acting as')
  const option = people.locator('option', { hasText: name })
  await people.selectOption((await option.getAttribute('value')) ?? name)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

const open = (where: Locator, place: string) =>
  where.getByRole('navigation').getByRole('button', { name: place }).click()

/** Whether a part of a window has to be scrolled to be seen. */
const hidesSomething = `[...document.querySelectorAll('[role=dialog], [role=dialog] *, dialog, dialog *')].some((part) =>
  part.tagName !== 'TEXTAREA' && part.scrollHeight > part.clientHeight + 1 &&
  /auto|scroll/.test(getComputedStyle(part).overflowY))`

const clock = () => page.locator('.clock-now').textContent()

/** What is stored of a project, newest first. */
const updatesOf = (ref: string) =>
  installation.db.statusUpdate.findMany({ where: { project: { ref } }, orderBy: { at: 'desc' } })

test('the page opens on the day of the plan, as a lead', async () => {
  expect(await clock()).toBe('Fri 27 Feb 2026, 09:30')
  expect(await page.getByLabel('Acting as').inputValue()).toBe('asha-verity')
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Milepost playground')
})

test('people are listed by programme', async () => {
  const groups = page.getByLabel('Acting as').locator('optgroup')
  const labels = await groups.evaluateAll((all) => all.map((one) => one.getAttribute('label')))
  expect(labels).toEqual(installation.playground.samples.map(({ programme }) => programme.title))
  const first = groups.first().locator('option')
  expect(await first.first().textContent()).toBe('Asha Verity, Head of practice')
  expect(await first.count()).toBe(13)
})

test('a lead types an update, and sees what was saved', async () => {
  await page.getByRole('button', { name: /Say how a project stands/ }).click()
  const box = slack().getByRole('textbox', { name: 'Message in Slack' })
  expect(await box.inputValue()).toMatch(/^\/rag 2\.1 amber /)
  await box.press('Enter')
  await shows(slack(), 'Only visible to you')
  await shows(slack(), /2\.1 Practice standards online is ▲ Amber/)
  expect(await box.inputValue()).toBe('')
  expect((await updatesOf('2.1'))[0]).toMatchObject({ state: 'amber', source: 'slack' })
})

test('text that Slack would refuse is explained, and stays in the field', async () => {
  await write(slack(), '/rug 2.1')
  await shows(slack(), '/rug is not a command here. Try /rag help.')
  const box = slack().getByRole('textbox', { name: 'Message in Slack' })
  expect(await box.inputValue()).toBe('/rug 2.1')
  await box.fill('')
})

describe('a form', () => {
  test('opens by a button, holds the focus and closes by Escape', async () => {
    await askForProject(slack(), '/rag 2.2')
    await slack()
      .getByRole('button', { name: /^Update: / })
      .last()
      .click()
    await shows(dialog(), 'Status')
    expect(await focusIsWithin(dialog())).toBe(true)
    for (let press = 0; press < 30; press += 1) await page.keyboard.press('Tab')
    expect(await focusIsWithin(dialog())).toBe(true)
    expect(await barriersOn(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
  })

  test('shows what is missing at its field, and keeps what was entered', async () => {
    await slack()
      .getByRole('button', { name: /^Update: / })
      .last()
      .click()
    const state = (name: string) => dialog().getByRole('radio', { name })
    const why = dialog().getByRole('textbox', { name: 'Why? (required)' })
    await state('Green').check()
    await why.waitFor({ state: 'hidden' })
    await state('Amber').check()
    await why.waitFor()
    expect(await dialog().getByText('(optional)').count()).toBe(0)
    expect(await state('Amber').and(page.locator(':focus')).count()).toBe(1)
    await dialog().getByRole('button', { name: 'Save' }).click()
    await shows(dialog(), 'Please complete this required field.')
    expect(await barriersOn(page)).toEqual([])
    expect(await why.and(page.locator(':focus')).count()).toBe(1)
    expect(await dialog().getByRole('radio', { name: 'Amber' }).isChecked()).toBe(true)
  })

  test('is closed by saving, and what was saved stands where it was opened', async () => {
    await dialog().getByRole('textbox', { name: /^Why/ }).fill('The training partner is not chosen')
    await dialog()
      .getByLabel(/^Back to Green by/)
      .fill('2026-05-29')
    await dialog().getByRole('button', { name: 'Save' }).click()
    const saved = /2\.2 Better assessments is ▲ Amber/
    await shows(slack(), saved)
    // On a machine so busy that the answer took over a second, the form had to say “Saving…” and shows it too.
    if (await dialog().isVisible()) {
      await shows(dialog(), saved)
      await page.keyboard.press('Escape')
    }
    await dialog().waitFor({ state: 'hidden' })
    await slack().getByRole('button', { name: 'Undo' }).last().waitFor()
    expect((await updatesOf('2.2'))[0]).toMatchObject({
      state: 'amber',
      reason: 'The training partner is not chosen',
    })
  })
})

test('the programme office sets up the weekly digest for a channel', async () => {
  await page.getByRole('button', { name: /Set up the weekly digest/ }).click()
  await slack().getByRole('heading', { name: '#leadership-board' }).waitFor()
  const box = slack().getByRole('textbox', { name: 'Message in Slack' })
  expect(await page.getByLabel('Acting as').inputValue()).toBe('priya-marlowe')
  expect(await box.inputValue()).toBe('/rag digest here weekly monday 09:00')
  await box.press('Enter')
  await shows(slack(), /The next one: Mon 2 Mar 2026, 09:00/)
})

test('on Monday at nine the digest is in the channel', async () => {
  await page.getByRole('button', { name: 'Next Monday 09:00' }).click()
  await shows(slack(), 'Weekly digest as at Mon 2 Mar 2026')
  await page.locator('.clock-moving').waitFor({ state: 'hidden' })
  expect(await clock()).toBe('Mon 2 Mar 2026, 09:00')
  await shows(slack(), /▲ Amber \d+/)
  expect(await barriersOn(page)).toEqual([])
})

test('a lead has a reminder, unread until it is looked at, and answers it', async () => {
  await actAs('Tom Quill')
  const direct = slack()
    .getByRole('navigation')
    .getByRole('button', { name: /Milepost/ })
  await shows(direct, '1 unread')
  await direct.click()
  await shows(slack(), 'Revised policy goes live')
  await direct.getByText('unread').waitFor({ state: 'hidden' })
  await slack()
    .getByRole('button', { name: /^Done: .*Revised policy/ })
    .first()
    .click()
  await shows(slack(), 'All answered, thank you')
  await shows(slack(), /Done on Mon 2 Mar 2026: Revised policy goes live/)
  const milestone = await installation.db.milestone.findFirstOrThrow({
    where: { about: { contains: 'Revised policy goes live' } },
    include: { done: true },
  })
  expect(milestone.done).not.toBeNull()
})

describe('the same in Teams', () => {
  test('somebody without an account is told who has one', async () => {
    await shows(teams(), 'Tom Quill has no account in Teams.')
    await teams()
      .getByRole('button', { name: /Asha Verity/ })
      .click()
    await teams().getByRole('heading', { name: 'Milepost', level: 3 }).waitFor()
    expect(await page.getByLabel('Acting as').inputValue()).toBe('asha-verity')
  })

  test('a lead types an update', async () => {
    await write(teams(), '2.1 amber Waiting for the supplier green by 30 Apr')
    await shows(teams(), /2\.1 Practice standards online is ▲ Amber/)
    expect((await updatesOf('2.1'))[0]).toMatchObject({ state: 'amber', source: 'teams' })
  })

  test('a card shows what is missing, and then what was saved', async () => {
    await askForProject(teams(), '2.2')
    await teams()
      .getByRole('button', { name: /^Update: / })
      .last()
      .click()
    await teams().getByRole('button', { name: 'Status: ◆ Red' }).last().click()
    await teams().getByRole('button', { name: 'Status: ◆ Red, chosen' }).last().waitFor()
    await teams().getByLabel(/^Why/).last().fill('')
    await teams().getByRole('button', { name: 'Save' }).last().click()
    await shows(teams(), /Say in a few words why it is Red/)
    expect(await barriersOn(page)).toEqual([])
    await teams().getByLabel(/^Why/).last().fill('The partner withdrew')
    await teams()
      .getByLabel(/^Back to Green by/)
      .last()
      .fill('2026-06-30')
    await teams().getByRole('button', { name: 'Save' }).last().click()
    await shows(teams(), /2\.2 Better assessments is ◆ Red/)
    expect((await updatesOf('2.2'))[0]).toMatchObject({ state: 'red', source: 'teams form' })
  })

  test('in a channel Milepost answers when it is mentioned; an answer for one person comes in their own chat', async () => {
    await open(teams(), 'Leadership board')
    await write(teams(), 'Good morning')
    await shows(teams(), /Milepost hears messages that begin with @Milepost/)
    await write(teams(), '@Milepost 2.1')
    await shows(teams().locator('.thread-card'), 'I have answered you in our own chat.')
    await shows(teams().getByRole('navigation'), '1 unread')
  })
})

describe('the page', () => {
  test('passes the automatic accessibility checks', async () => {
    expect(await barriersOn(page)).toEqual([])
  })

  test.each(['project-form', 'register-form', 'update-form'])(
    'passes them with the dialog of Teams that has the %s',
    async (name) => {
      const sample = new URL(`../../adaptive-cards/${name}.sample.json`, import.meta.url)
      const data = JSON.parse(await readFile(sample, 'utf8'))
      const body = dialogBody(dialogCard({ kind: 'form', card: { name, data } }, expandCard))
      // The playground has no actions of the app, so their dialog is drawn as its cards are.
      await page.evaluate(`(async () => {
        const { drawCard } = await import('/page/teams/card.ts')
        const box = Object.assign(document.createElement('dialog'), { id: 'task', ariaLabel: 'Milepost' })
        box.append(drawCard(${JSON.stringify(body)}.task.value.card.content, async () => {}))
        document.body.append(box)
        box.showModal()
      })()`)
      expect(await page.locator('#task button').count()).toBeGreaterThan(0)
      expect(await barriersOn(page)).toEqual([])
      await page.evaluate(`document.querySelector('#task').remove()`)
    },
  )

  test('passes them on the page that says that another playground has its data', async () => {
    const held = await serveHeldPage('playground at http://127.0.0.1:3000', {
      ...{ host: '127.0.0.1', port: 0 },
    })
    const other = await browser.newPage()
    await other.goto(held.url)
    expect(await barriersOn(other)).toEqual([])
    // Closing a page closes this browser, which is one process, so it stays until the end.
    await held.close()
  })

  test('passes them with the Home tab, with an open thread, and where it says that something failed', async () => {
    await open(slack(), 'Home')
    await shows(slack(), 'Your projects')
    expect(await barriersOn(page)).toEqual([])
    await open(slack(), 'leadership-board')
    await slack().locator('.thread summary').last().click()
    expect(await barriersOn(page)).toEqual([])
    const actions = '**/playground/api/clock*'
    await page.route(actions, (route) => route.fulfill({ json: { refused: 'Not just now.' } }))
    await page.getByRole('button', { name: '+1 hour' }).click()
    await page.getByRole('alert').filter({ hasText: 'Not just now.' }).waitFor()
    expect(await barriersOn(page)).toEqual([])
    await page.unroute(actions)
    await page.getByRole('button', { name: '+1 hour' }).click()
    await page.getByRole('alert').filter({ hasText: 'Not just now.' }).waitFor({ state: 'hidden' })
  })

  test('sends files that are attached or dropped, and shows each with a link', async () => {
    await open(slack(), 'Milepost')
    const file = (name: string) => ({
      ...{ name, mimeType: 'text/csv', buffer: Buffer.from('Ref,Title') },
    })
    await slack()
      .locator('input[type=file]')
      .first()
      .setInputFiles([file('a.csv'), file('b.csv')])
    await slack().getByRole('button', { name: 'Remove b.csv' }).click()
    const dropped = await page.evaluateHandle(
      "const data = new DataTransfer(); data.items.add(new File(['Ref'], 'c.csv')); data",
    )
    await slack().locator('form.composer').first().dispatchEvent('drop', { dataTransfer: dropped })
    await shows(slack(), 'c.csv, 3 bytes')
    expect(await barriersOn(page)).toEqual([])
    await slack().getByRole('button', { name: 'Send' }).first().click()
    await slack().getByRole('link', { name: 'Download a.csv' }).waitFor()
    await slack().getByRole('link', { name: 'Download c.csv' }).waitFor()
    expect(await slack().getByRole('link', { name: 'Download b.csv' }).count()).toBe(0)
    const downloading = page.waitForEvent('download')
    await slack().getByRole('link', { name: 'Download c.csv' }).click()
    expect((await downloading).suggestedFilename()).toBe('c.csv')
  })

  test('shows one window at a time where there is no room for two', async () => {
    await page.setViewportSize({ width: 900, height: 900 })
    expect([await slack().isVisible(), await teams().isVisible()]).toEqual([true, false])
    await page.getByRole('button', { name: 'Teams', exact: true }).click()
    expect([await slack().isVisible(), await teams().isVisible()]).toEqual([false, true])
    expect(await barriersOn(page)).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  test.each([
    ['a phone', { width: 390, height: 844 }],
    ['1280 by 800 at twice the size', { width: 640, height: 400 }],
  ])('on %s, the newest messages and the composer are in view', async (_name, size) => {
    await page.setViewportSize(size)
    expect(await page.evaluate('document.body.scrollWidth <= innerWidth')).toBe(true)
    for (const [name, side, channel] of [
      ['Teams', teams(), 'Leadership board'],
      ['Slack', slack(), 'leadership-board'],
    ] as const) {
      await page.getByRole('button', { name, exact: true }).click()
      await open(side, channel)
      const list = (await side.getByRole('list', { name: /^Messages in/ }).boundingBox()) ?? size
      expect(list.height).toBeGreaterThan(150)
      expect(await isWithin(side.getByRole('button', { name: 'Send' }).last(), size)).toBe(true)
      const newest = side.locator('.message-item').last()
      await eventually(async () => expect(await isWithin(newest, size)).toBe(true))
    }
    expect(await barriersOn(page)).toEqual([])
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByLabel('Acting as').waitFor()
    expect(await barriersOn(page)).toEqual([])
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  test.each([
    ['update', '/rag update 2.2', undefined],
    ['done', '/rag all pages written and checked is done', 'Change'],
    ['move', '/rag move 2.1 1 to 15 May', undefined],
    ['away', '/rag away', 'Say leave'],
  ])(
    'on a phone, the form of %s is two presses away at most, and shows all of it with its button',
    async (name, line, press) => {
      const size = { width: 390, height: 844 }
      await page.setViewportSize(size)
      await page.getByRole('button', { name: 'Slack', exact: true }).click()
      await write(slack(), line)
      if (press) await slack().getByRole('button', { name: press }).last().click()
      const save = dialog().getByRole('button', { name: /^(Save|Move)$/ })
      await save.waitFor()
      expect(await isWithin(save, size)).toBe(true)
      expect(await page.evaluate(hidesSomething)).toBe(false)
      await keepPicture(`pictures/form-${name}.png`, () => page.screenshot())
      await page.keyboard.press('Escape')
      await dialog().waitFor({ state: 'hidden' })
      await page.setViewportSize({ width: 1440, height: 900 })
    },
  )

  test.each([
    ['update', 'update 2.1', 'Status: ◆ Red', 'Last said on'],
    ['done', 'all pages written and checked is done', 'Change', 'Link that shows it'],
    ['move', 'move 2.1 1 to 15 May', undefined, 'Why does it move?'],
    ['away', 'away', 'Say leave', 'To, if it is more than a day'],
  ])(
    'on a phone, the form of %s in Teams is two presses away at most, and shows all of it with its button',
    async (name, line, press, words) => {
      const size = { width: 390, height: 844 }
      await page.setViewportSize(size)
      await page.getByRole('button', { name: 'Teams', exact: true }).click()
      await open(teams(), 'Milepost')
      const messages = teams().locator('.message-item')
      const before = await messages.count()
      await write(teams(), line)
      // What was written, and its answer: a button of an earlier one is not meant.
      await eventually(async () =>
        expect(await messages.count()).toBeGreaterThanOrEqual(before + 2),
      )
      if (press) await messages.last().getByRole('button', { name: press }).last().click()
      const form = messages.last().locator('.card')
      await shows(form, words)
      const save = form.getByRole('button', { name: /^(Save|Move)\b/ })
      await save.waitFor()
      await keepPicture(`pictures/form-${name}-teams.png`, () => page.screenshot())
      const list = await teams()
        .getByRole('list', { name: /^Messages in/ })
        .boundingBox()
      const bottomOf = (box: { y: number; height: number } | null) => (box ? box.y + box.height : 0)
      expect(bottomOf(await save.boundingBox())).toBeLessThan(bottomOf(list))
      expect((await form.boundingBox())?.y).toBeGreaterThanOrEqual(list?.y ?? size.height)
      await page.setViewportSize({ width: 1440, height: 900 })
    },
  )

  test('shows what may be written without cutting it off', async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    for (const box of await page.getByRole('textbox', { name: /^Message in/ }).all()) {
      await box.fill((await box.getAttribute('placeholder')) ?? '')
    }
    const areCut = `[...document.querySelectorAll('.window-body > .place > .composer textarea')]
      .map((box) => box.scrollHeight > box.clientHeight)`
    expect(await page.evaluate(areCut)).toEqual([false, false])
    for (const box of await page.getByRole('textbox', { name: /^Message in/ }).all())
      await box.fill('')
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  test('announces new messages to screen readers', async () => {
    await page.getByRole('button', { name: '+1 hour' }).click()
    await write(slack(), '/rag due')
    await page.locator('[aria-live=polite]', { hasText: /Milepost in Slack/ }).waitFor()
  })

  test('is pictured anew in each run, as large as the picture in the README and as full', async () => {
    const path = 'docs/playground.png'
    const picture = await takePicture()
    await keepPicture('playground.png', async () => picture)
    const shown = await readFile(path)
    expect(sizeOf(picture)).toEqual(sizeOf(shown))
    // A page without its messages, or without its styles, compresses to far less.
    expect(Math.abs(picture.length - shown.length)).toBeLessThan(shown.length / 4)
  })

  test('causes no error, and sends no request but to the playground', () => {
    expect(installation.trouble).toEqual([])
    expect(trouble).toEqual([])
  })
})

/** Width and height of a PNG: bytes 16 to 24 (www.w3.org/TR/png-3, 11.2.1). */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)]

/** Whether it begins or ends where it can be seen: a long message is shown from its beginning. */
async function isWithin(one: Locator, { height }: { readonly height: number }): Promise<boolean> {
  const box = await one.boundingBox()
  if (!box) return false
  const isSeen = (y: number) => y >= 0 && y <= height
  return isSeen(box.y) || isSeen(box.y + box.height)
}

async function focusIsWithin(where: Locator): Promise<boolean> {
  return (await where.locator(':focus').count()) === 1
}

/**
 * Writes a picture where pictures are renewed: into docs/ with UPDATE_SCREENSHOT=1, and in CI into the folder that is kept
 * with the run. It is not taken for nothing.
 */
async function keepPicture(name: string, take: () => Promise<Buffer>): Promise<void> {
  const folder = process.env.UPDATE_SCREENSHOT === '1' ? 'docs' : process.env.SCREENSHOTS
  if (!folder) return
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, await take())
}

/** The picture in the README: `UPDATE_SCREENSHOT=1 npm test -- test/journeys/page.test.ts` */
async function takePicture(): Promise<Buffer> {
  await actAs('Asha Verity')
  await open(slack(), 'leadership-board')
  await open(teams(), 'Milepost')
  const cards = teams().locator('.card')
  const before = await cards.count()
  await write(teams(), '2.1')
  await cards.nth(before).waitFor()
  await eventually(async () => {
    expect(await teams().getByRole('textbox', { name: 'Message in Teams' }).inputValue()).toBe('')
  })
  await page.getByText(/^Moving to/).waitFor({ state: 'hidden' })
  return page.screenshot()
}
