import { expect, test } from '@jest/globals'
import { knownValues } from '../../../src/features/imports/known-values.ts'

const chat = (from: string, to: string) => ({ from, to, source: 'slack' })
const sheet = (from: string, to: string) => ({ from, to, source: 'import' })

test.each([
  ['what it is', [], false, ['now']],
  ['what the first sheet said', [chat('a', 'b'), chat('sheet', 'a')], false, ['sheet', 'now']],
  ['what the last sheet said', [chat('b', 'now'), sheet('a', 'b')], false, ['b', 'now']],
  ['nothing older than the last sheet', [sheet('a', 'now'), chat('z', 'a')], false, ['now']],
  ['all that it was, for our own export', [chat('a', 'now')], true, ['now', 'a', 'now']],
])('a sheet says nothing new with %s', (_, revisions, own, known) => {
  expect(knownValues('now', revisions, own)).toEqual(known)
})
