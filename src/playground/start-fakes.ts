import { randomBytes } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import type { SlackConfig } from '../platforms/slack/config.ts'
import { TeamsConfig } from '../platforms/teams/config.ts'
import { peopleOf, type Sample, type SamplePerson } from './sample.ts'
import { type SlackWorkspace, startSlackWorkspace } from './slack/workspace.ts'
import { startTeamsTenant, type TeamsTenant } from './teams/tenant.ts'

const SLACK_TEAM = { id: 'T0MILEPOST', name: 'Brightwater' }
const TENANT = { id: '7c1e5a10-0000-4000-8000-000000000001', name: 'Brightwater Council' }
const TEAMS_APP = '7c1e5a10-0000-4000-8000-00000000a990'
const GENERAL = '19:brightwater-general@thread.tacv2'

/** New at each start: nothing from an earlier run is accepted. */
const newSecret = () => randomBytes(24).toString('hex')

export interface Clocks {
  /** The playground's own, which the page shows. */
  clock: Clock
  /** The real one: the SDKs check signatures and tokens by it. */
  systemClock: Clock
}

/** Starts the workspace with everyone who has a Slack account. `config` makes the service use it as Slack. */
export async function startSlack(
  samples: readonly Sample[],
  { clock, systemClock }: Clocks,
): Promise<{ workspace: SlackWorkspace; config: SlackConfig }> {
  const [signingSecret, botToken] = [newSecret(), `xoxb-${newSecret()}`]
  const people = samples
    .flatMap(peopleOf)
    .flatMap(({ name, zone, slack }) =>
      slack ? [{ id: slack.user, name: handleOf(name), realName: name, tz: zone }] : [],
    )
  const workspace = await startSlackWorkspace({
    clock,
    signatureClock: systemClock,
    signingSecret,
    botToken,
    team: SLACK_TEAM,
    people,
    channels: samples.flatMap(channelsOf),
  })
  return { workspace, config: { mode: 'http', signingSecret, botToken, apiUrl: workspace.apiUrl } }
}

/** The channels of a programme, with those of its people who have a Slack account. */
function channelsOf(sample: Sample) {
  const members = peopleOf(sample).flatMap(({ slack }) => (slack ? [slack.user] : []))
  // A board's channel is for the people who were invited.
  return sample.channels.map((channel) => ({ ...channel, members, reach: 'private' as const }))
}

/** Starts the tenant with everyone who has a Teams account. `config` makes the service use it as Teams. */
export async function startTeams(
  people: SamplePerson[],
  { clock, systemClock }: Clocks,
): Promise<{ tenant: TeamsTenant; config: TeamsConfig }> {
  const tenant = await startTeamsTenant({
    clock,
    wallClock: systemClock,
    appId: TEAMS_APP,
    appPassword: newSecret(),
    tenant: TENANT,
    people: people.flatMap(({ id, name, teams }) =>
      teams ? [{ id: `29:1${id}`, aadObjectId: teams.user, name }] : [],
    ),
    team: {
      id: GENERAL,
      name: 'Brightwater Improvement',
      channels: [
        { id: GENERAL, name: 'General' },
        { id: '19:brightwater-board@thread.tacv2', name: 'Leadership board' },
      ],
    },
  })
  const config = TeamsConfig.parse({
    mode: 'tenant',
    appId: TEAMS_APP,
    appPassword: tenant.credentials.appPassword,
    tenantId: TENANT.id,
    allowedHosts: ['127.0.0.1'],
    fileHosts: ['127.0.0.1'],
    serviceUrl: tenant.serviceUrl,
    authSettings: { ...tenant.authSettings, tokenUrl: tenant.tokenUrl },
  })
  return { tenant, config }
}

/** 'Asha Verity' is @asha. */
function handleOf(name: string): string {
  return name.toLowerCase().split(' ')[0] ?? name
}
