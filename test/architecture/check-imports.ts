/**
 * `npm run check:imports`: holds the arrows between the rooms (.dependency-cruiser.mjs), and finds circles between
 * folders, which dependency-cruiser does not look for at every depth. Says of each what to do instead.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { findFolderCircles } from './folder-circles.ts'

const report = z.object({
  modules: z.array(
    z.object({ source: z.string(), dependencies: z.array(z.object({ resolved: z.string() })) }),
  ),
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) }),
    ),
    ruleSetUsed: z.object({
      forbidden: z.array(z.object({ name: z.string(), comment: z.string() })),
    }),
  }),
})

/** How many imports of a circle are printed: enough to see which ones to turn round. */
const maxImportsShown = 12

const { modules, summary } = cruise()
const imports = modules.flatMap(({ source, dependencies }) =>
  dependencies.map(({ resolved }) => ({ from: source, to: resolved })),
)
const comments = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]))
const lines = [
  ...summary.violations.map(
    ({ from, to, rule }) => `${rule.name}: ${from} → ${to}\n  ${comments.get(rule.name)}`,
  ),
  ...findFolderCircles(imports).map(
    ({ parent, folders, imports: ties }) =>
      `folder-circle: ${folders.join(', ')} in ${parent} import one another\n  ` +
      'Move what both need into one of them or into a third folder, so that imports run one way.\n' +
      ties
        .slice(0, maxImportsShown)
        .map(({ from, to }) => `    ${from} → ${to}`)
        .join('\n'),
  ),
]
if (lines.length > 0) {
  console.error(lines.join('\n'))
  process.exitCode = 1
} else {
  console.log(`Every import runs down (${modules.length} modules, ${imports.length} imports).`)
}

function cruise(): z.infer<typeof report> {
  const command = fileURLToPath(
    new URL('../../node_modules/dependency-cruiser/bin/dependency-cruise.mjs', import.meta.url),
  )
  const run = spawnSync(
    process.execPath,
    [command, 'src', '--config', '.dependency-cruiser.mjs', '--output-type', 'json'],
    { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  )
  try {
    return report.parse(JSON.parse(run.stdout))
  } catch (error) {
    throw new Error(
      `dependency-cruiser gave no report:\n${run.stdout.slice(0, 2000)}${run.stderr}`,
      {
        cause: error,
      },
    )
  }
}
