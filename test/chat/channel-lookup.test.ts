import { expect, test } from '@jest/globals'
import { channelInTime } from '../../src/chat/channel-lookup.ts'
import {
  PlatformUnavailableError,
  RecipientGoneError,
  unknownChannel,
} from '../../src/chat/port.ts'

const board = { visibility: 'private', isArchived: false, name: 'board' } as const

test.each([
  ['what the platform tells', Promise.resolve(board), board],
  ['no platform', undefined, unknownChannel],
  [
    'a channel that is hidden from who is not in it',
    Promise.reject(new RecipientGoneError('channel_not_found', 'It is not there.')),
    { ...unknownChannel, isMember: false },
  ],
  [
    'a platform that fails',
    Promise.reject(new PlatformUnavailableError('http_500', 'It failed.', 'no')),
    unknownChannel,
  ],
])('of a channel is known: %s', async (_, lookup, expected) => {
  expect(await channelInTime(lookup)).toEqual(expected)
})
