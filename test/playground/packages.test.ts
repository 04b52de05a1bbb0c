import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { playgroundPackages, requirePlaygroundPackages } from '../../src/playground/packages.ts'

const root = new URL('../../', import.meta.url)
const { dependencies, devDependencies } = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(new URL('package.json', root), 'utf8')))

/** 'date-fns' of "import { format } from 'date-fns/format'", by the files that import it. */
function packagesImportedBy(isWanted: (path: string) => boolean): Set<string> {
  const files = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  const sources = files
    .filter((path) => path.endsWith('.ts') && !path.startsWith('infra/prisma/') && isWanted(path))
    .map((path) => readFileSync(new URL(`src/${path}`, root), 'utf8'))
  const specifiers = sources.flatMap((source) =>
    [
      ...source.matchAll(
        /(?:from|import|import\(|import\.meta\.resolve\(|require\.resolve\()\s*'((?:@[a-z]|[a-z])[\w./:-]*)'/g,
      ),
    ].map(([, specifier = '']) => specifier),
  )
  const names = specifiers.map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '')
  return new Set(
    names.filter((name) => !name.startsWith('node:') && !builtinModules.includes(name)),
  )
}

const isPlayground = (path: string) => path.startsWith('playground/')

test('what production imports is a dependency, and what only the playground imports is not', () => {
  const production = packagesImportedBy((path) => !isPlayground(path))
  expect([...production].filter((name) => !(name in dependencies))).toEqual([])
  const playground = packagesImportedBy(isPlayground)
  const alone = [...playground].filter((name) => !production.has(name)).sort()
  expect(alone).toEqual([...playgroundPackages])
  expect(alone.filter((name) => name in dependencies)).toEqual([])
  expect(alone.filter((name) => !(name in devDependencies))).toEqual([])
})

test('without its packages the playground does not start, and says what to do', () => {
  expect(() => requirePlaygroundPackages()).not.toThrow()
  expect(() => requirePlaygroundPackages((name) => name === 'ws')).toThrow(
    'The playground needs packages that are not installed here: adaptivecards, jose. Install them with "npm ci" (without --omit=dev), or give Milepost a Slack workspace or a Teams tenant to serve: .env.example lists the settings.',
  )
})
