import {
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readBytes, writeFileAtomically } from '../../../src/app/cli/files.ts'
import { Refusal } from '../../../src/base/errors.ts'
import { sheetLimits } from '../../../src/base/sheets/sheet-limits.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milepost-files-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a file is replaced as a whole, and nothing is left beside it', async () => {
  const file = join(folder, 'sheet.csv')
  await writeFile(file, 'what was there')
  await writeFileAtomically(file, Buffer.from('the sheet'))
  expect(await readFile(file, 'utf8')).toBe('the sheet')
  expect(await readdir(folder)).toEqual(['sheet.csv'])
})

test('a file that cannot be written gives a Refusal, and the old one stays', async () => {
  const there = join(folder, 'sheet.csv')
  await writeFileAtomically(join(there), Buffer.from('kept'))
  await expect(
    writeFileAtomically(join(folder, 'no', 'sheet.csv'), Buffer.from('x')),
  ).rejects.toThrow(Refusal)
  // There is a folder with the name of the file.
  await expect(writeFileAtomically(folder, Buffer.from('x'))).rejects.toThrow(
    'Nothing was changed.',
  )
  expect(await readdir(folder)).toEqual(['sheet.csv'])
  expect(await readFile(there, 'utf8')).toBe('kept')
})

test('a file may be read by its owner alone, also where anybody could read the one before', async () => {
  const file = join(folder, 'sheet.csv')
  await writeFile(file, 'what was there', { mode: 0o644 })
  await writeFileAtomically(file, Buffer.from('the sheet'))
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('a file through a link replaces the link, and leaves what it pointed to alone', async () => {
  const [file, other] = [join(folder, 'sheet.csv'), join(folder, 'other')]
  await writeFile(other, 'kept')
  await symlink(other, file)
  await writeFileAtomically(file, Buffer.from('the sheet'))
  expect(await readFile(other, 'utf8')).toBe('kept')
  expect((await lstat(file)).isSymbolicLink()).toBe(false)
})

test('of a file larger than a sheet may be, no more is read than shows it', async () => {
  const file = join(folder, 'large.csv')
  await writeFile(file, '')
  await truncate(file, 4_000_000_000)
  expect((await readBytes(file)).length).toBe(sheetLimits.bytes + 1)
})

test('a file that cannot be read gives a Refusal', async () => {
  await expect(readBytes(join(folder, 'none.csv'))).rejects.toThrow(
    /none\.csv cannot be read .* Nothing was changed\.$/,
  )
})
