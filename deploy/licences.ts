/** `npm run licences`: prints what production is made of, the licence of each package and its text. After `npm ci`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import lock from '../package-lock.json' with { type: 'json' }

interface LockedPackage {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
}

const root = fileURLToPath(new URL('../', import.meta.url))
const locked: Readonly<Record<string, LockedPackage>> = lock.packages
const inProduction = Object.entries(locked).filter(([path, { dev }]) => path !== '' && !dev)

for (const [path, { version, license }] of inProduction) {
  const name = path.split('node_modules/').at(-1)
  console.log(`## ${name} ${version}: ${license ?? 'see its text'}\n`)
  console.log(`${licenceText(join(root, path)) ?? 'Its package has no text of its licence.'}\n`)
}

/** Undefined where the package is for another machine, or has none. */
function licenceText(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name))
  return file && readFileSync(join(folder, file), 'utf8').trim()
}
