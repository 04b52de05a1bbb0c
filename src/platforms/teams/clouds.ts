/** The clouds in which Microsoft runs Teams, each with its own addresses. */
export interface TeamsCloud {
  /** What the SDK calls it; the login, the scope and the signing keys follow from it. Absent: the public cloud. */
  readonly channelService?: string
  readonly loginHost: string
  /** Where a bot that several tenants install gets its token: in the Bot Framework's own tenant, not in that of its owner. */
  readonly sharedTenant: string
  /** Of the bot's own token. */
  readonly scope: string
  /** Where the keys are found that Teams signs its requests with. */
  readonly keysUrl: string
  /** Hosts of the Bot Connector: the bot's token is sent nowhere else. */
  readonly serviceHosts: readonly string[]
  /** The global endpoint, for people who have not written to Milepost yet. */
  readonly serviceUrl: string
}

const commercial = {
  loginHost: 'login.microsoftonline.com',
  sharedTenant: 'botframework.com',
  scope: 'https://api.botframework.com',
  keysUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  serviceHosts: ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'],
}
const government = {
  channelService: 'https://botframework.azure.us',
  loginHost: 'login.microsoftonline.us',
  sharedTenant: 'microsoftservices.onmicrosoft.us',
  scope: 'https://api.botframework.us',
  keysUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
}

export type TeamsCloudName = 'public' | 'gcc' | 'gcc-high' | 'dod'

/**
 * By what TEAMS_CLOUD says. Sources: Teams documentation, "Send proactive messages"; Azure documentation, "Configure Bot
 * Framework bots for US Government customers".
 */
export const teamsClouds: Readonly<Record<TeamsCloudName, TeamsCloud>> = {
  public: { ...commercial, serviceUrl: 'https://smba.trafficmanager.net/teams/' },
  gcc: { ...commercial, serviceUrl: 'https://smba.infra.gcc.teams.microsoft.com/teams/' },
  'gcc-high': {
    ...government,
    serviceHosts: ['smba.infra.gov.teams.microsoft.us'],
    serviceUrl: 'https://smba.infra.gov.teams.microsoft.us/teams/',
  },
  dod: {
    ...government,
    serviceHosts: ['smba.infra.dod.teams.microsoft.us'],
    serviceUrl: 'https://smba.infra.dod.teams.microsoft.us/teams/',
  },
}

export const teamsCloudNames = ['public', 'gcc', 'gcc-high', 'dod'] as const

/** Clouds in which Teams gives apps no files (Teams documentation, "Send and receive files using bot"). */
export const hostsWithoutFiles: readonly string[] = (['gcc-high', 'dod'] as const).flatMap(
  (name) => teamsClouds[name].serviceHosts,
)
