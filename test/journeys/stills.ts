import type { Browser, Locator } from 'playwright-core'
import { openBrowser, openPlayground } from '../support/browser.ts'
import type { Installation } from './installation.ts'

/** The window of one person on one platform, to be pictured while a journey goes on. */
export interface Stills {
  /** Waits until these words stand there, and writes docs/first-plan/<platform>-<name>.png. */
  take(name: string, words: string): Promise<void>
  close(): Promise<void>
}

const noStills: Stills = { take: async () => {}, close: async () => {} }

/** `UPDATE_SCREENSHOT=1` takes them anew; otherwise nothing is pictured. */
export const takesStills = process.env.UPDATE_SCREENSHOT === '1'

export async function openStills(
  { milepost }: Installation,
  platform: string,
  person: string,
): Promise<Stills> {
  if (!takesStills) return noStills
  const browser: Browser = await openBrowser()
  const { page } = await openPlayground(browser, milepost.url)
  await page.setViewportSize({ width: 1440, height: 1400 })
  const people = page.getByLabel('Acting as')
  const option = people.locator('option', { hasText: person })
  await people.selectOption((await option.getAttribute('value')) ?? person)
  const window: Locator = page.getByRole('region', { name: platform })
  await window.getByRole('navigation').getByRole('button', { name: 'Milepost' }).click()
  return {
    take: async (name, words) => {
      await window.getByText(words).last().scrollIntoViewIfNeeded()
      await window.screenshot({ path: `docs/first-plan/${platform.toLowerCase()}-${name}.png` })
    },
    close: () => browser.close(),
  }
}
