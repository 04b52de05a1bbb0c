import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from '../../../src/base/clock.ts'
import { peopleOf, type Sample } from '../../../src/playground/sample.ts'
import { ApiError } from '../../../src/playground/slack/api-error.ts'
import { WorkspaceState } from '../../../src/playground/slack/state.ts'
import { readArguments } from '../../../src/playground/slack/web-api/arguments.ts'
import { chatMethods } from '../../../src/playground/slack/web-api/chat.ts'
import { conversationMethods } from '../../../src/playground/slack/web-api/conversations.ts'
import { userMethods } from '../../../src/playground/slack/web-api/users.ts'
import { ConnectorError } from '../../../src/playground/teams/connector-error.ts'
import { Posting } from '../../../src/playground/teams/posting.ts'
import { Roster } from '../../../src/playground/teams/roster.ts'
import { TenantState } from '../../../src/playground/teams/state.ts'

/** One HTTP request of an adapter, and what the other side answers. */
export interface WireRequest {
  readonly method: string
  readonly url: string
  readonly body: string
}
export interface WireResponse {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
}

/** Slack and Teams in this process: the playground's own, reached by a function call in place of a socket. */
export interface FarSide {
  answer(request: WireRequest): WireResponse
  /** How often the message with this key of the outbox was posted, on either platform. */
  timesPosted(key: string): number
  readonly postedKeys: ReadonlySet<string>
}

/** The key of the message that is being sent: Teams' messages carry none, so the judge notes it on the way. */
export const keyOnTheWay = new AsyncLocalStorage<string>()

export const tenantId = '7c1e5a10-0000-4000-8000-000000000001'
export const serviceUrl = 'http://127.0.0.1:9/uk/'
export const teamsChannel = '19:brightwater-board@thread.tacv2'

export function createFarSide(sample: Sample, clock: Clock): FarSide {
  const counts = new Map<string, number>()
  const answerSlack = slackOf(sample, clock)
  const answerTeams = teamsOf(sample, clock)
  return {
    answer(request) {
      const response = request.url.includes('.slack.simulated')
        ? answerSlack(request)
        : answerTeams(request)
      const key = keyOnTheWay.getStore()
      const isDone = response.status < 300 && !response.body.startsWith('{"ok":false')
      if (key && isDone && isPost(request)) counts.set(key, (counts.get(key) ?? 0) + 1)
      return response
    },
    timesPosted: (key) => counts.get(key) ?? 0,
    get postedKeys() {
      return new Set(counts.keys())
    },
  }
}

/** A chat is opened without an activity, and then posted to. */
function isPost({ method, url, body }: WireRequest): boolean {
  if (method !== 'POST') return false
  if (url.endsWith('/v3/conversations')) return body.includes('"activity":')
  return url.endsWith('chat.postMessage') || url.endsWith('/activities')
}

function slackOf(sample: Sample, clock: Clock): (request: WireRequest) => WireResponse {
  let ids = 0
  const people = peopleOf(sample).flatMap(({ name, zone, slack }) =>
    slack ? [{ id: slack.user, name, realName: name, tz: zone }] : [],
  )
  const state = new WorkspaceState({
    clock,
    newId: () => {
      ids += 1
      return String(ids)
    },
    team: { id: 'T0MILEPOST', name: 'Brightwater' },
    bot: {
      ...{ userId: 'U0MILEPOST', botId: 'B0MILEPOST', appId: 'A0MILEPOST' },
      ...{ name: 'milepost', realName: 'Milepost' },
    },
    people,
    channels: sample.channels.map((channel) => ({
      ...channel,
      members: people.map(({ id }) => id),
      reach: 'private',
    })),
  })
  const methods = { ...userMethods(state), ...chatMethods(state), ...conversationMethods(state) }
  return ({ url, body }) => {
    const run = methods[new URL(url).pathname.split('/').at(-1) ?? '']
    try {
      if (!run) throw new ApiError('unknown_method')
      const args = readArguments(body, body.startsWith('{') ? 'application/json' : 'form')
      return json(200, { ok: true, ...run(args) })
    } catch (error) {
      if (error instanceof ApiError) return json(200, { ok: false, error: error.error })
      throw error
    }
  }
}

function teamsOf(sample: Sample, clock: Clock): (request: WireRequest) => WireResponse {
  const state = new TenantState(
    {
      ...{ appId: 'app', botName: 'Milepost', tenant: { id: tenantId, name: 'Brightwater' } },
      people: peopleOf(sample).flatMap(({ id, name, teams }) =>
        teams ? [{ id: `29:1${id}`, aadObjectId: teams.user, name }] : [],
      ),
      team: {
        ...{ id: '19:brightwater-general@thread.tacv2', name: 'Brightwater Improvement' },
        channels: [
          { id: '19:brightwater-general@thread.tacv2', name: 'General' },
          { id: teamsChannel, name: 'Leadership board' },
        ],
      },
    },
    clock,
    clock,
  )
  const posting = new Posting(state, null)
  const roster = new Roster(state, null)
  return ({ method, url, body }) => {
    const { pathname, searchParams } = new URL(url)
    if (pathname.endsWith('/token')) return json(200, { access_token: 'token', expires_in: 3_600 })
    const [conversation = '', what, id = ''] = pathname
      .split('/v3/conversations')[1]
      ?.split('/')
      .slice(1)
      .map(decodeURIComponent) ?? ['']
    try {
      const parsed = body === '' ? {} : JSON.parse(body)
      const query = Object.fromEntries(searchParams)
      const { status, body: answer } =
        conversation === ''
          ? posting.create(parsed)
          : what === 'pagedmembers'
            ? roster.pagedMembers(conversation, query)
            : what === 'members'
              ? roster.member(conversation, id)
              : method === 'PUT'
                ? posting.update(conversation, id, parsed)
                : posting.send(conversation, parsed)
      return json(status, answer ?? {})
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      return json(error.status, { error: { code: error.code, message: error.message } })
    }
  }
}

export function json(status: number, body: unknown): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  }
}
