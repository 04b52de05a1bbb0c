import { expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { newId } from '../../../../src/base/ids.ts'
import {
  digestKey,
  digestPartKey,
  roundOf,
  subscriptionIdOf,
} from '../../../../src/domain/digests/archive/message-key.ts'

const subscriptionId = newId()
const key = digestKey(newId(), civilDate('2017-02-20'), subscriptionId)

test.each([
  ['of a first message', key],
  ['of a message in its thread', digestPartKey(key, 2)],
])('the key %s is of a digest, and gives its subscription', (_, given) => {
  expect(subscriptionIdOf(given)).toBe(subscriptionId)
})

test.each([
  ['a reminder', `reminder:${newId()}:2017-02-20`],
  ['an answer below a digest', `${key}:answer`],
  ['a preview to the office', `digest-preview:${newId()}:2017-02-20:${newId()}`],
  ['no subscription', digestKey(newId(), civilDate('2017-02-20'), 'weekly')],
])('the key of %s is not of a digest', (_, given) => {
  expect(subscriptionIdOf(given)).toBeUndefined()
})

test('the key of a first message gives its round, and no other key does', () => {
  expect(roundOf(key)).toBe('2017-02-20')
  expect(roundOf(digestPartKey(key, 2))).toBeUndefined()
  expect(roundOf('reminder:2017-02-20')).toBeUndefined()
})
