import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium, type Page } from 'playwright-core'

/** A real Chromium from npm: nothing has to be installed on the machine. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await unpackedChromium(),
    args: [...sparticuz.args, '--no-sandbox', '--lang=en-GB'],
    headless: true,
  })
}

/**
 * The package unpacks itself into the temporary folder, under a name that all users of the machine share;
 * here each has a folder of their own.
 */
async function unpackedChromium(): Promise<string> {
  const shared = tmpdir()
  const own = join(shared, `milepost-chromium-${userInfo().uid}`)
  await mkdir(own, { recursive: true, mode: 0o700 })
  const { TMPDIR } = process.env
  process.env.TMPDIR = own
  try {
    const path = await sparticuz.executablePath()
    if (!existsSync(path)) throw new Error(`Chromium did not unpack itself to ${path}.`)
    return path
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
}

export interface OpenPage {
  page: Page
  /** Errors and warnings of the page's console, and requests to anywhere but the playground. */
  warnings: string[]
}

/** Opens the playground's page, and collects its warnings, errors and foreign requests. */
export async function openPlayground(browser: Browser, url: string): Promise<OpenPage> {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  const warnings: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) warnings.push(message.text())
  })
  page.on('pageerror', (error) => warnings.push(String(error)))
  page.on('request', (request) => {
    const target = request.url()
    if (!target.startsWith(url) && !target.startsWith('data:'))
      warnings.push(`request to ${target}`)
  })
  await page.goto(url)
  await page.locator('.slack .place-title').waitFor()
  return { page, warnings }
}
