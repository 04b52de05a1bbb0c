import { describe, expect, test } from '@jest/globals'
import { webApi } from '@slack/bolt'
import { fetchChannel } from '../../../src/platforms/slack/channel.ts'
import { createChannelMembers } from '../../../src/platforms/slack/channel-members.ts'

interface World {
  /** The ids of a channel's members. */
  readonly members: readonly string[]
  /** What Slack says of an account beside its id. */
  readonly accounts?: Readonly<Record<string, object>>
  readonly channel?: object
  /** What the list of the workspace lacks. */
  readonly elsewhere?: readonly string[]
  readonly failing?: string
}

let now = new Date('2026-11-30T12:00:00Z')

/** A Slack with one channel, which counts the calls to each method. */
function slackWith(world: World) {
  const calls: Record<string, number> = {}
  const accountOf = (id: string) => ({ id, name: id, ...world.accounts?.[id] })
  const pageOf = <Item>(all: readonly Item[], form: URLSearchParams) => {
    const start = Number(form.get('cursor') ?? 0)
    const end = start + Number(form.get('limit'))
    const next_cursor = end < all.length ? String(end) : ''
    return { members: all.slice(start, end), response_metadata: { next_cursor } }
  }
  const fetch = async (url: string | URL | Request, init?: RequestInit) => {
    const [method = ''] = String(url).split('/').slice(-1)
    const form = new URLSearchParams(String(init?.body))
    calls[method] = (calls[method] ?? 0) + 1
    if (method === world.failing) return Response.json({ ok: false, error: 'ratelimited' })
    const answers: Record<string, () => object> = {
      'conversations.info': () => ({
        channel: { is_private: true, is_member: true, name: 'board', ...world.channel },
      }),
      'conversations.members': () => pageOf(world.members, form),
      'users.info': () => ({ user: accountOf(form.get('user') ?? '') }),
      'users.list': () =>
        pageOf(world.members.filter((id) => !world.elsewhere?.includes(id)).map(accountOf), form),
    }
    return Response.json({ ok: true, ...answers[method]?.() })
  }
  const client = new webApi.WebClient('xoxb-local', {
    ...{ fetch, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  })
  const channelMembers = createChannelMembers({ now: () => now })
  const log = { info() {}, warn() {}, error() {} }
  const look = () => fetchChannel({ client, team: 'T1', id: 'C1', channelMembers, log })
  return { look, calls }
}

const many = (count: number) => Array.from({ length: count }, (_, at) => `U${at}`)

describe('a channel of Slack', () => {
  test.each([
    ['a guest of several channels', { is_restricted: true }, 'with outsiders'],
    ['a guest of one', { is_restricted: true, is_ultra_restricted: true }, 'with outsiders'],
    ['somebody of another organisation', { is_stranger: true }, 'with outsiders'],
    ['an account that was closed', { deleted: true, is_restricted: true }, 'private'],
    ['an app', { is_bot: true }, 'private'],
    ['an employee', {}, 'private'],
  ])('with %s among its members is read by those it is', async (_, account, visibility) => {
    const { look } = slackWith({ members: ['U0', 'U1'], accounts: { U1: account } })
    expect(await look()).toMatchObject({ visibility, name: 'board' })
  })

  test('of 10,000 members is read by the list of its workspace, and its accounts are asked for once an hour', async () => {
    const guest = { U9999: { is_ultra_restricted: true } }
    const { look, calls } = slackWith({ members: many(10_000), accounts: guest })
    expect(await look()).toMatchObject({ visibility: 'with outsiders' })
    expect(calls).toEqual({
      'conversations.info': 1,
      'conversations.members': 10,
      'users.list': 20,
    })
    await look()
    expect(calls).toMatchObject({ 'conversations.members': 20, 'users.list': 20 })
    now = new Date(now.getTime() + 3_600_000)
    await look()
    expect(calls).toMatchObject({ 'users.list': 40 })
  })

  test('larger than that is not read to its end, and may have guests among the rest', async () => {
    const accounts = { U11999: { is_restricted: true } }
    const { look, calls } = slackWith({ members: many(12_000), accounts })
    expect(await look()).toMatchObject({ visibility: 'private', areMembersKnown: false })
    expect(calls).toMatchObject({ 'conversations.members': 10, 'users.list': 20 })
  })

  test('with people of other workspaces is known after as many looks as their accounts take', async () => {
    const elsewhere = many(100)
    const accounts = { U99: { is_restricted: true } }
    const { look, calls } = slackWith({ members: elsewhere, elsewhere, accounts })
    expect(await look()).toMatchObject({ visibility: 'private', areMembersKnown: false })
    expect(await look()).toMatchObject({ areMembersKnown: false })
    expect(await look()).toMatchObject({ visibility: 'with outsiders' })
    expect(calls).toMatchObject({ 'users.info': 100 })
  })

  test.each(['conversations.members', 'users.info'])(
    'whose members Slack does not tell now (%s) may have guests',
    async (failing) => {
      const { look } = slackWith({ members: ['U0'], failing })
      expect(await look()).toMatchObject({ visibility: 'private', areMembersKnown: false })
    },
  )

  test.each([
    ['is shared with another organisation', { is_ext_shared: true }, 'with outsiders'],
    ['is offered to one', { is_pending_ext_shared: true }, 'with outsiders'],
    ['is archived', { is_archived: true }, 'private'],
    ['is one without Milepost', { is_member: false }, 'private'],
  ])('that %s needs no look at its members', async (_, channel, visibility) => {
    const { look, calls } = slackWith({ members: ['U0'], channel })
    expect(await look()).toMatchObject({ visibility })
    expect(calls).toEqual({ 'conversations.info': 1 })
  })
})
