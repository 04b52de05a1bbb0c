import type { Place } from '../../src/base/addresses.ts'
import { systemClock } from '../../src/base/clock.ts'
import type { SlackConfig } from '../../src/platforms/slack/config.ts'
import type { TeamsConfig } from '../../src/platforms/teams/config.ts'
import { residentsOf } from '../../src/playground/residents.ts'
import {
  type PlaygroundPerson,
  peopleOf,
  readSamples,
  type Sample,
} from '../../src/playground/sample.ts'
import { signatureHeaders } from '../../src/playground/slack/signing.ts'
import { startSlack, startTeams } from '../../src/playground/start-fakes.ts'
import type { SeededRandom } from '../support/seeded-random.ts'
import { countInSlack, countInTeams, sumCounts } from './count-markers.ts'

/**
 * The Slack workspace and the Teams tenant that a soak talks to. They run in this process, so that it can count what was
 * posted.
 */
export interface ChatFakes {
  readonly slackConfig: SlackConfig
  readonly teamsConfig: TeamsConfig
  readonly sample: Sample
  readonly places: readonly [Place, ...Place[]]
  /** How often each marker ("soak-12") was posted. */
  countMessages(): Map<string, number>
  /** Makes one of the next calls fail in a random way. */
  failNextCall(random: SeededRandom): void
  /** A slash command as Slack sends it, signed now. */
  command(trigger: string, text: string): { body: string; headers: Record<string, string> }
  close(): Promise<void>
}

const lead = { team: 'T0MILEPOST', user: 'U0MEI' }

/** Starts both, with extra channels beside those of the sample. */
export async function startChatFakes(channels = 30): Promise<ChatFakes> {
  const [first] = await readSamples()
  if (!first) throw new Error('There is no sample programme.')
  const more = Array.from({ length: channels }, (_, count) => ({
    id: `C0SOAK${count}`,
    name: `soak-${count}`,
  }))
  const sample = { ...first, channels: [...first.channels, ...more] }
  const people = peopleOf(sample)
  const clocks = { clock: systemClock, systemClock }
  const residents = residentsOf([sample])
  const slack = await startSlack(residents, clocks)
  const teams = await startTeams(residents, clocks)
  const { workspace, config } = slack
  const { tenant } = teams
  if (config.mode !== 'http')
    throw new Error('The soak needs a Slack workspace that is configured for HTTP.')
  const { signingSecret } = config
  return {
    slackConfig: config,
    teamsConfig: teams.config,
    sample,
    places: [
      ...channelPlaces(more.map(({ id }) => id)),
      ...chatPlaces(people, tenant.serviceUrl),
    ] as unknown as readonly [Place, ...Place[]],
    countMessages: () =>
      sumCounts([
        countInSlack(workspace, lead.user),
        ...people.flatMap(({ teams: account }) =>
          account ? countInTeams(tenant, account.user) : [],
        ),
      ]),
    failNextCall(random) {
      if (random.happens(0.5)) workspace.failNext('chat.postMessage', random.pick(slackFailures))
      else tenant.failNext('sendToConversation', random.pick(teamsFailures))
    },
    command(trigger, text) {
      const body = new URLSearchParams({
        team_id: lead.team,
        team_domain: 'brightwater',
        channel_id: 'C0BOARD',
        channel_name: 'leadership-board',
        user_id: lead.user,
        user_name: 'mei',
        command: '/rag',
        text,
        api_app_id: 'A0MILEPOST',
        trigger_id: trigger,
        response_url: 'http://127.0.0.1:9/',
      }).toString()
      const seconds = Math.floor(systemClock.now().getTime() / 1_000)
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        ...signatureHeaders(signingSecret, seconds, body),
      }
      return { body, headers }
    },
    async close() {
      await workspace.close()
      await tenant.close()
    },
  }
}

const slackFailures = [
  ...(['500', 'rate_limited', 'drop_before', 'drop_after', 'timeout'] as const),
  { error: 'fatal_error' },
] as const

const teamsFailures = [429, 500, 503, 'drop_before', 'drop_after', 'timeout'] as const

function channelPlaces(ids: readonly string[]): Place[] {
  return ids.map((conversation) => ({
    platform: 'slack',
    tenant: lead.team,
    conversation,
    kind: 'channel',
  }))
}

function chatPlaces(people: readonly PlaygroundPerson[], serviceUrl: string): Place[] {
  return people.flatMap(({ teams }) =>
    teams
      ? [
          {
            platform: 'teams',
            tenant: teams.tenant,
            conversation: teams.user,
            kind: 'direct',
            serviceUrl,
          },
        ]
      : [],
  )
}
