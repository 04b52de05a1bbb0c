import { randomBytes } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import type { SlackConfig } from '../platforms/slack/config.ts'
import { TeamsConfig } from '../platforms/teams/config.ts'
import { type Residents, slackTeamId, teamsTenantId } from './residents.ts'
import { type SlackWorkspace, startSlackWorkspace } from './slack/workspace.ts'
import { startTeamsTenant, type TeamsTenant } from './teams/tenant.ts'

const TEAMS_APP = '7c1e5a10-0000-4000-8000-00000000a990'

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
  { council, people: residents, slackChannels: channels }: Residents,
  { clock, systemClock }: Clocks,
): Promise<{ workspace: SlackWorkspace; config: SlackConfig }> {
  const [signingSecret, botToken] = [newSecret(), `xoxb-${newSecret()}`]
  const people = residents.flatMap(({ name, zone, slack }) =>
    slack ? [{ id: slack.user, name: handleOf(name), realName: name, tz: zone }] : [],
  )
  const workspace = await startSlackWorkspace({
    clock,
    signatureClock: systemClock,
    signingSecret,
    botToken,
    team: { id: slackTeamId, name: council },
    people,
    channels: [...channels],
  })
  return { workspace, config: { mode: 'http', signingSecret, botToken, apiUrl: workspace.apiUrl } }
}

/** Starts the tenant with everyone who has a Teams account. `config` makes the service use it as Teams. */
export async function startTeams(
  { council, people, teamsTeam: { id, name, channels } }: Residents,
  { clock, systemClock }: Clocks,
): Promise<{ tenant: TeamsTenant; config: TeamsConfig }> {
  const tenant = await startTeamsTenant({
    clock,
    wallClock: systemClock,
    appId: TEAMS_APP,
    appPassword: newSecret(),
    tenant: { id: teamsTenantId, name: `${council} Council` },
    people: people.flatMap(({ id, name, teams }) =>
      teams ? [{ id: `29:1${id}`, aadObjectId: teams.user, name }] : [],
    ),
    team: { id, name, channels: [...channels] },
  })
  const config = TeamsConfig.parse({
    mode: 'tenant',
    appId: TEAMS_APP,
    appPassword: tenant.credentials.appPassword,
    tenantId: teamsTenantId,
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
