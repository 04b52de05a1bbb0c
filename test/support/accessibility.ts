import { readFile } from 'node:fs/promises'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { memoizeOnce } from '../../src/base/memoize.ts'

/**
 * The barriers on the page as it stands: what in-page/barriers.ts finds there, and what axe finds by the rules of
 * WCAG 2.2 A and AA and its best practices; none for a page without.
 */
export async function barriersOn(page: Page): Promise<string[]> {
  const [own, axe] = await sources()
  const script = `(() => { ${own}; return barriers() })()`
  const ownFindings = z.array(z.string()).parse(await page.evaluate(script))
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe)
  const { violations } = axeResults.parse(await page.evaluate('axe.run()'))
  return [...ownFindings, ...violations.flatMap(linesOf)]
}

/** Scripts for the page: our own check, and axe. */
const sources = memoizeOnce(async () => {
  const own = await readFile(new URL('./in-page/barriers.ts', import.meta.url), 'utf8')
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  return [stripTypeScriptTypes(own).replace('export function', 'function'), axe] as const
})

const axeResults = z.object({
  violations: z.array(
    z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
  ),
})

const linesOf = ({ id, help, nodes }: z.infer<typeof axeResults>['violations'][number]) =>
  nodes.map(({ html }) => `axe ${id}: ${help}: ${html.slice(0, 200)}`)
