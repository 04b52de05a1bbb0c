import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { partialFileFor } from '../../src/infra/partial-file.ts'

test('a partial file lies in the folder of the whole one, under a name that cannot be foreseen', () => {
  const [one, other] = [1, 2].map(() => partialFileFor('/plans/../plans/sheet.csv').path)
  expect(dirname(one ?? '')).toBe('/plans')
  expect(one).toMatch(/^\/plans\/\.milepost-[0-9a-f-]{36}\.part$/)
  expect(one).not.toBe(other)
})

test('a partial file is new, and its owner alone may read it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'milepost-partial-'))
  try {
    const { path, options } = partialFileFor(join(folder, 'sheet.csv'))
    const other = join(folder, 'other')
    await writeFile(other, 'kept')
    await symlink(other, path)
    await expect(writeFile(path, 'x', options)).rejects.toThrow('EEXIST')
    expect(await readFile(other, 'utf8')).toBe('kept')
    await rm(path)
    await writeFile(path, 'x', options)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  } finally {
    await rm(folder, { recursive: true })
  }
})
