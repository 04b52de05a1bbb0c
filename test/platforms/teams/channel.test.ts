import { describe, expect, test } from '@jest/globals'
import type { Place } from '../../../src/base/addresses.ts'
import { unknownChannel } from '../../../src/chat/port.ts'
import { fetchChannel } from '../../../src/platforms/teams/channel.ts'
import { BOARD, TENANT } from '../../playground/teams/sdk-bot.ts'
import { openTenant } from './teams-workplace.ts'

const channel: Place = {
  platform: 'teams',
  tenant: TENANT.id,
  conversation: BOARD.id,
  kind: 'channel',
}
const place = { ...channel, serviceUrl: 'https://example.org/' }

type Page = Awaited<ReturnType<Parameters<typeof fetchChannel>[0]['members']>>

/** A roster of these pages, one after the other. */
function rosterOf(...pages: readonly object[][]) {
  const asked: (string | undefined)[] = []
  const members = async (_: unknown, from: string | undefined) => {
    asked.push(from)
    const at = Number(from ?? 0)
    const next = at + 1 < pages.length ? { continuationToken: `${at + 1}` } : {}
    // The SDK's type wants the whole HTTP response beside.
    return { members: pages[at] ?? [], ...next } as unknown as Page
  }
  return { members, asked }
}

const ours = { id: '29:1', userRole: 'user', tenantId: TENANT.id }

describe('the visibility of a Teams channel with', () => {
  test.each<[string, object, string]>([
    ['people of ours', ours, 'cannot tell'],
    [
      'somebody whose tenant is written in capitals',
      { ...ours, tenantId: TENANT.id.toUpperCase() },
      'cannot tell',
    ],
    ['somebody of whom nothing is told', { id: '29:2' }, 'cannot tell'],
    ['a guest', { ...ours, userRole: 'guest' }, 'with outsiders'],
    ['somebody without an account', { ...ours, userRole: 'anonymous' }, 'with outsiders'],
    [
      'people of another tenant, in a shared channel',
      { ...ours, tenantId: 'another' },
      'with outsiders',
    ],
  ])('%s', async (_, member, visibility) => {
    expect(await fetchChannel(rosterOf([ours, member]), place)).toEqual({
      ...unknownChannel,
      visibility,
    })
  })

  test('all pages are read, up to ten', async () => {
    const late = rosterOf([ours], [ours], [{ ...ours, userRole: 'guest' }])
    expect(await fetchChannel(late, place)).toMatchObject({ visibility: 'with outsiders' })
    expect(late.asked).toEqual([undefined, '1', '2'])
    const endless = rosterOf(...Array.from({ length: 30 }, () => [ours]))
    expect(await fetchChannel(endless, place)).toEqual(unknownChannel)
    expect(endless.asked).toHaveLength(10)
  })

  test('a roster that Teams refuses to show: cannot tell', async () => {
    const { tenant, teams, close } = await openTenant(async () => {
      throw new Error('nobody asks')
    })
    try {
      tenant.failNext('getPagedMembers', 403)
      expect(await teams.channel(channel)).toEqual(unknownChannel)
    } finally {
      await close()
    }
  })
})
