import { describe, expect, test } from '@jest/globals'
import { sheetLimits } from '../../src/base/sheets/sheet-limits.ts'
import { fileLimits, fileNameOf, fileRefusal, readAhead } from '../../src/chat/received-file.ts'

test('a file may be as large as a sheet may be', () => {
  expect(fileLimits.bytes).toBe(sheetLimits.bytes)
})

test.each([
  ['plan.xlsx', 'plan.xlsx'],
  ['C:\\Users\\asha\\plan.xlsx', 'plan.xlsx'],
  ['../../etc/passwd', 'passwd'],
  ['pl\u0000an\r\n.csv', 'plan.csv'],
  ['  ', 'file'],
  [undefined, 'file'],
  ['x'.repeat(500), `${'x'.repeat(199)}…`],
])('a file that is called %j is shown as %s', (given, shown) => {
  expect(fileNameOf(given)).toBe(shown)
})

describe('why a file was not read', () => {
  test.each([
    [fileRefusal.tooLarge('plan.xlsx', 30 * 1024 * 1024), 'too large', '“plan.xlsx” has 30 MB'],
    [fileRefusal.tooLarge('plan.xlsx'), 'too large', '10 MB at most'],
    [fileRefusal.downloadFailed('plan.xlsx'), 'download failed', 'Please send it again.'],
    [fileRefusal.tooLate('plan.xlsx'), 'too late', 'within 30 seconds'],
    [fileRefusal.notAllowed('plan.xlsx', 'Why not.'), 'not allowed', 'Why not.'],
  ])('%s', ({ message, fault }, expected, words) => {
    expect(fault).toBe(expected)
    expect(message).toContain(words)
    expect(message).toContain('Nothing was saved.')
  })
})

test('files are downloaded one after the other, each once; one that fails says so when it is read', async () => {
  const events: string[] = []
  const file = (name: string, content?: Buffer) => ({
    name,
    read: async () => {
      events.push(`begin ${name}`)
      await Promise.resolve()
      events.push(`end ${name}`)
      if (!content) throw fileRefusal.downloadFailed(name)
      return content
    },
  })
  const [first, second] = await readAhead([file('a.csv'), file('b.csv', Buffer.from('b'))])
  await expect(first?.read()).rejects.toThrow('I could not download “a.csv”.')
  expect(Buffer.from((await second?.read()) ?? []).toString()).toBe('b')
  await second?.read()
  expect(events).toEqual(['begin a.csv', 'end a.csv', 'begin b.csv', 'end b.csv'])
})
