import { describe, expect, test } from '@jest/globals'
import {
  decrypt,
  encrypt,
  KeyMissingError,
  keyIdOf,
  newKeyText,
  parseKeyRing,
} from '../../src/base/encryption.ts'

const older = newKeyText('2026a')
const newer = newKeyText('2026b')
const before = parseKeyRing(older)
const after = parseKeyRing(`${newer}, ${older}`)

describe('a text that is encrypted', () => {
  const encrypted = encrypt(before, 'xoxb-ä', 'slack/T1')

  test('is read again, and shows nothing but the name of its key', () => {
    expect(decrypt(before, encrypted, 'slack/T1')).toBe('xoxb-ä')
    expect(keyIdOf(encrypted)).toBe('2026a')
    expect(encrypted).not.toContain('xoxb')
    expect(encrypt(before, 'xoxb-ä', 'slack/T1')).not.toBe(encrypted)
  })

  test('is read once its key is an earlier one; new ones are by the first', () => {
    expect(decrypt(after, encrypted, 'slack/T1')).toBe('xoxb-ä')
    expect(keyIdOf(encrypt(after, 'xoxb', 'slack/T1'))).toBe('2026b')
  })

  test('says which key is missing', () => {
    const lost = () => decrypt(parseKeyRing(newer), encrypted, 'slack/T1')
    expect(lost).toThrow(KeyMissingError)
    expect(lost).toThrow('2026a')
  })

  test('is void in another row, changed, cut off, or by another key of that name', () => {
    const [version, id, iv, tag, content = ''] = encrypted.split('.')
    const changed = [version, id, iv, tag, `${content.slice(0, -2)}AA`].join('.')
    expect(() => decrypt(before, encrypted, 'slack/T2')).toThrow()
    expect(() => decrypt(before, changed, 'slack/T1')).toThrow()
    expect(() => decrypt(before, `${version}.${id}.${iv}`, 'slack/T1')).toThrow('not whole')
    expect(() => decrypt(parseKeyRing(newKeyText('2026a')), encrypted, 'slack/T1')).toThrow()
  })
})

test.each([
  ['', 'must be keys'],
  ['xoxb', 'must be keys'],
  ['a:c2hvcnQ=', 'not 32 bytes'],
  [`${older},${newKeyText('2026a')}`, 'two keys “2026a”'],
])('keys that cannot be are refused without a key in the words: %#', (text, words) => {
  expect(() => parseKeyRing(text)).toThrow(words)
  expect(() => parseKeyRing(text)).not.toThrow(older.slice(8))
})
