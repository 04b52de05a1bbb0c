import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { messageKinds } from '../../src/app/message-kinds.ts'
import { createMessageKindRegistry, defineMessageKind } from '../../src/outbox/message-kinds.ts'

const features = fileURLToPath(new URL('../../src/features', import.meta.url))

describe('the message kinds', () => {
  test('are all that features define, so that none is enqueued that app/ does not know', async () => {
    const titles: string[] = []
    for await (const file of glob(`${features}/**/*.ts`)) {
      const definitions = readFileSync(file, 'utf8').matchAll(
        /defineMessageKind\(\{\s*kind: '([a-z-]+)',\s*title: '([^']+)'/g,
      )
      for (const [, kind = '', title = ''] of definitions) {
        expect([kind, messageKinds.title(kind)]).toEqual([kind, title])
        titles.push(title)
      }
    }
    expect(titles).toContain('Reminder')
  })

  test('report each failure to the programme office, but for notices to the office itself', () => {
    expect(messageKinds.isFailureReported('digest')).toBe(true)
    expect(messageKinds.isFailureReported('office')).toBe(false)
    expect(messageKinds.isFailureReported('failure-notice')).toBe(false)
  })

  test('of an older version have a title and are reported', () => {
    expect(messageKinds.title('long-gone')).toBe('Message')
    expect(messageKinds.isFailureReported('long-gone')).toBe(true)
  })

  test('cannot share a name', () => {
    const kind = defineMessageKind({ kind: 'twice', title: 'Twice', authority: 'read plan' })
    expect(() => createMessageKindRegistry([kind, { ...kind }])).toThrow(/twice, twice/)
  })
})
