import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import type { Page } from 'playwright-core'

/** The barriers on the page as it stands, as in-page/barriers.ts finds them there; none for a page without. */
export async function barriersOn(page: Page): Promise<unknown> {
  const source = await readFile(new URL('./in-page/barriers.ts', import.meta.url), 'utf8')
  const script = stripTypeScriptTypes(source).replace('export function', 'function')
  return page.evaluate(`(() => { ${script}; return barriers() })()`)
}
