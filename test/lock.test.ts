import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { z } from 'zod'

const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ optionalDependencies: z.record(z.string(), z.string()).default({}) }),
  ),
})

/**
 * npm leaves a package for another platform out of the lock file where it could not fetch it while writing the file.
 * `npm ci` then rejects the whole file, on every platform.
 */
test('the lock file lists the packages for every platform, not only for the one it was written on', () => {
  const file = new URL('../package-lock.json', import.meta.url)
  const { packages } = lock.parse(JSON.parse(readFileSync(file, 'utf8')))
  const locked = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)))
  const optional = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies))
  expect(optional.filter((name) => !locked.has(name))).toEqual([])
})
