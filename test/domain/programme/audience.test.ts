import { expect, test } from '@jest/globals'
import { type Audience, audiences, mayRead } from '../../../src/domain/programme/audience.ts'

test.each<[Audience, Audience[]]>([
  ['internal', ['internal', 'board', 'public']],
  ['board', ['board', 'public']],
  ['public', ['public']],
])('%s reads what is for %s', (reader, expected) => {
  expect(audiences.filter((meantFor) => mayRead(reader, meantFor))).toEqual(expected)
})
