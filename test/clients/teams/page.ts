import type { Browser, Page } from 'playwright-core'
import type { AgentsPlayground } from './agents-playground.ts'

/** What the one person of the Agents Playground does and sees, on its page. */

export type Conversation = 'Personal Chat' | 'Group Chat' | 'My Team - General'

export interface TeamsPage {
  open(conversation: Conversation): Promise<void>
  /** Types and sends; in a channel it begins a post. `mention`: with the bot's @mention before it. */
  say(text: string, mention?: 'mention'): Promise<void>
  /** Presses the newest button of this title. */
  press(title: string): Promise<void>
  /** Fills in inputs by their labels. */
  fill(values: Readonly<Record<string, string>>): Promise<void>
  /** An entry of "Mock an Activity". */
  mock(entry: string): Promise<void>
  /** All the words of the page, with those of its log. */
  words(): Promise<string>
  close(): Promise<void>
}

export async function openTeamsPage(
  browser: Browser,
  { url }: Pick<AgentsPlayground, 'url'>,
): Promise<TeamsPage> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
  // Allows for a loaded machine.
  page.setDefaultTimeout(20_000)
  // Its page asks for fonts from elsewhere.
  await page.route('**/*', (route) => {
    const target = route.request().url()
    return /^data:/.test(target) || target.startsWith(url) ? route.continue() : route.abort()
  })
  await page.goto(url)
  return {
    open: async (conversation) => {
      await page.getByRole('treeitem', { name: conversation }).click()
      await composer(page).waitFor()
    },
    say: async (text, mention) => {
      const editor = composer(page)
      await editor.click()
      if (mention) {
        await page.keyboard.type('@')
        await page.getByRole('menuitem', { name: 'Test Bot' }).click()
      }
      await page.keyboard.type(text)
      await page
        .getByRole('button', { name: /^(Send Message|Post)$/ })
        .first()
        .click()
    },
    press: (title) => page.getByRole('button', { name: title, exact: true }).last().click(),
    fill: async (values) => {
      for (const [label, value] of Object.entries(values)) {
        await page.getByLabel(label).last().fill(value)
      }
    },
    mock: async (entry) => {
      await page.getByText('Mock an Activity', { exact: true }).click()
      await page.getByText(entry, { exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: 'Send activity' }).click()
      await dialog.waitFor({ state: 'hidden' })
    },
    words: async () => (await page.locator('body').textContent()) ?? '',
    close: () => page.close(),
  }
}

/** The editor of a new message. */
const composer = (page: Page) => page.locator('[data-lexical-editor=true]').first()
