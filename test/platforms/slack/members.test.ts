import { describe, expect, test } from '@jest/globals'
import { webApi } from '@slack/bolt'
import { fetchMembers, profileOf, standingOf } from '../../../src/platforms/slack/members.ts'

/** Slack, giving these pages of users.list, one after the other. */
function slackWith(...pages: readonly object[]) {
  const asked: URLSearchParams[] = []
  const fetch = async (_: unknown, init?: { readonly body?: unknown }) => {
    const page = pages[asked.length] ?? {}
    asked.push(new URLSearchParams(String(init?.body)))
    return Response.json({ ok: true, ...page })
  }
  const options = { fetch, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true }
  return { client: new webApi.WebClient('xoxb-local', options), asked }
}

const page = (cursor: string, ...members: object[]) => ({
  members,
  response_metadata: { next_cursor: cursor },
})

describe('the members of a Slack workspace', () => {
  test('are read page by page, each with every name that it has', async () => {
    const asha = {
      ...{ id: 'U1', name: 'asha.verity', real_name: 'Asha Verity' },
      profile: {
        ...{ real_name: 'Asha Verity', display_name: 'ash', title: 'Head of Inclusion' },
        email: 'asha.verity@council.example',
      },
    }
    const { client, asked } = slackWith(
      page('more', asha),
      page('', { id: 'U2', name: 'ben', profile: {} }, { id: 'U3', name: '' }),
    )
    expect(await fetchMembers(client)).toEqual([
      {
        ...{ user: 'U1', names: ['Asha Verity', 'ash', 'asha.verity'], standing: 'employee' },
        ...{ title: 'Head of Inclusion', email: 'asha.verity@council.example' },
      },
      { user: 'U2', names: ['ben'], standing: 'employee', title: undefined, email: undefined },
    ])
    expect(asked.map((form) => form.get('cursor'))).toEqual([null, 'more'])
  })

  test('are not there where Slack gives no list: whoever asked may ask again', async () => {
    await expect(fetchMembers(slackWith({}).client)).rejects.toMatchObject({ code: 'no_members' })
  })

  test.each([
    ['somebody of the organisation', {}, 'employee'],
    ['a guest of several channels', { is_restricted: true }, 'guest'],
    ['a guest of one channel', { is_restricted: true, is_ultra_restricted: true }, 'guest'],
    ['an app', { is_bot: true }, 'bot'],
    ['Slackbot, which says that it is none', { id: 'USLACKBOT', is_bot: false }, 'bot'],
    ['somebody of another organisation', { is_stranger: true }, 'outsider'],
    [
      'an account that was closed, a guest’s too',
      { deleted: true, is_restricted: true },
      'deactivated',
    ],
  ])('tell what each is: %s', (_, flags, standing) => {
    expect(standingOf({ id: 'U1', ...flags })).toBe(standing)
  })

  test('may tell no name of an account: its id stands for it', () => {
    expect(profileOf({}, 'U1')).toMatchObject({ displayName: 'U1', names: [] })
    expect(profileOf({}, 'U1', 'asha')).toMatchObject({ displayName: 'asha' })
  })
})
