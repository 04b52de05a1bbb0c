import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { writeFileAtomically } from '../../../src/app/cli/files.ts'
import { Refusal } from '../../../src/base/errors.ts'

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
