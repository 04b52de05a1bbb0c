/** What npm installs, by package-lock.json. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const lockedPackage = z.object({
  version: z.string(),
  /** SHA-512 of what npm unpacks. */
  integrity: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
})
export type LockedPackage = z.infer<typeof lockedPackage> & {
  /** "node_modules/a/node_modules/b" */
  readonly path: string
  /** "b" */
  readonly name: string
}

const lock = z.object({ packages: z.record(z.string(), lockedPackage) })
const manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
})

export const root = new URL('../../', import.meta.url)
export const readText = (file: string) => readFileSync(new URL(file, root), 'utf8')

/** Every package but Milepost itself, for every platform. */
export function lockedPackages(): LockedPackage[] {
  return Object.entries(lock.parse(JSON.parse(readText('package-lock.json'))).packages)
    .filter(([path]) => path !== '')
    .map(([path, locked]) => ({ ...locked, path, name: path.split('node_modules/').at(-1) ?? '' }))
}

/** What package.json asks for in production, with the versions it asks for. */
export function productionDependencies(): Record<string, string> {
  const { dependencies, optionalDependencies } = manifest.parse(
    JSON.parse(readText('package.json')),
  )
  return { ...dependencies, ...optionalDependencies }
}
