import { describe, expect, test } from '@jest/globals'
import { fetchMembers, profileOf } from '../../../src/platforms/teams/members.ts'

type Roster = Parameters<typeof fetchMembers>[0]
type Page = Awaited<ReturnType<Roster['members']>>

const channel = (conversation: string) => ({
  ...{ platform: 'teams', tenant: 'T-ours', conversation, kind: 'channel' as const },
  serviceUrl: 'https://example.org/',
})

/** Channels with these pages of members; of any other, Teams refuses to tell. */
function rostersOf(channels: Readonly<Record<string, readonly object[][]>>): Roster {
  return {
    members: async ({ conversation }, from) => {
      const pages = channels[conversation]
      if (!pages) return undefined
      const at = Number(from ?? 0)
      const next = at + 1 < pages.length ? { continuationToken: `${at + 1}` } : {}
      // The SDK's type wants the whole HTTP response beside.
      return { members: pages[at] ?? [], ...next } as unknown as Page
    },
  }
}

const asha = {
  ...{ id: '29:1', aadObjectId: 'aad-asha', name: 'Verity, Asha', userRole: 'user' },
  ...{ givenName: 'Asha', surname: 'Verity', email: 'asha.verity@council.example' },
  tenantId: 'T-OURS',
}

describe('the members that Teams tells a bot of', () => {
  test('are those of the channels that it is in, page by page, each once', async () => {
    const guest = { id: '29:2', name: 'Gita Prior', userRole: 'guest' }
    const outsider = { id: '29:3', name: 'Otto', tenantId: 'T-theirs' }
    const roster = rostersOf({
      board: [[asha], [guest, { id: '29:9' }]],
      leads: [[asha, outsider]],
    })
    expect(await fetchMembers(roster, ['board', 'leads', 'private'].map(channel))).toMatchObject([
      {
        ...{ user: 'aad-asha', names: ['Verity, Asha', 'Asha Verity'], standing: 'employee' },
        email: 'asha.verity@council.example',
      },
      { user: '29:2', names: ['Gita Prior'], standing: 'guest' },
      { user: '29:3', names: ['Otto'], standing: 'outsider' },
    ])
  })

  test.each([
    ['it is in no channel', []],
    ['it may not see the roster', ['private']],
  ])('are nobody where %s', async (_, channels) => {
    expect(await fetchMembers(rostersOf({}), channels.map(channel))).toBe('cannot tell')
  })

  test('have the id that their requests carry', () => {
    expect(profileOf(asha, { tenant: 'T-ours', user: '29:1' })).toMatchObject({
      ...{ displayName: 'Verity, Asha', user: 'aad-asha', standing: 'employee' },
    })
    expect(profileOf({}, { tenant: 'T-ours', user: '29:1' })).toMatchObject({ displayName: '29:1' })
  })
})
