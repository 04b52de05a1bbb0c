import { z } from 'zod'
import { isLoopbackHost } from '../../base/loopback.ts'
import { hostsWithoutFiles, teamsCloudNames, teamsClouds } from './clouds.ts'

/** Where people's files are: OneDrive and SharePoint of an organisation, each at a name of its own below this one. */
const FILE_HOSTS = ['sharepoint.com']

const loopbackUrl = z
  .url()
  .refine((url) => isLoopbackHost(new URL(url).hostname), 'must be an address of this machine')

/**
 * A token issuer on this machine in place of Microsoft's, for the playground and the tests; every check stays on.
 * The names are those of the SDK's ConfigurationBotFrameworkAuthentication.
 */
const loopbackIssuer = z.object({
  ToBotFromChannelOpenIdMetadataUrl: loopbackUrl,
  ToBotFromChannelTokenIssuer: z.string().min(1),
  ToBotFromEmulatorOpenIdMetadataUrl: loopbackUrl,
  ToChannelFromBotLoginUrl: loopbackUrl,
  ToChannelFromBotOAuthScope: z.string().min(1),
  OAuthUrl: loopbackUrl,
  ValidateAuthority: z.literal(false),
  /** Where the bot gets its own token. We send the request ourselves, because MSAL refuses an authority without https. */
  tokenUrl: loopbackUrl,
})

const tenant = z
  .object({
    mode: z.literal('tenant'),
    appId: z.string().min(1),
    /** Absent: the token is that of the machine's managed identity, whose client id is appId. */
    appPassword: z.string().min(1).optional(),
    tenantId: z.string().min(1),
    /** Whether the bot is registered for several tenants: its token then comes from elsewhere than its own tenant. */
    isMultiTenant: z.boolean().default(false),
    cloud: z.enum(teamsCloudNames).default('public'),
    /** Hosts that calls may go to; the bot's token is sent nowhere else. Left out: those of its cloud. */
    allowedHosts: z.array(z.string().min(1)).min(1).optional(),
    /** Hosts, or what their names end with, that files are fetched from and put to. They get no token. */
    fileHosts: z.array(z.string().min(1)).min(1).default(FILE_HOSTS),
    serviceUrl: z.url().optional(),
    authSettings: loopbackIssuer.optional(),
  })
  .transform(({ allowedHosts, serviceUrl, ...config }) => ({
    ...config,
    allowedHosts: allowedHosts ?? teamsClouds[config.cloud].serviceHosts,
    serviceUrl: serviceUrl ?? teamsClouds[config.cloud].serviceUrl,
  }))
  .refine((config) => isAllowedServiceUrl(config, config.serviceUrl), {
    path: ['serviceUrl'],
    message: 'must be https and at one of the allowed hosts',
  })

/**
 * TEAMS_LOCAL=1: a Teams client on this machine without tokens (Microsoft 365 Agents Playground, Bot Framework
 * Emulator). Strict, so that it cannot be combined with real credentials.
 */
const local = z.strictObject({ mode: z.literal('local') })

export const TeamsConfig = z.discriminatedUnion('mode', [tenant, local])
export type TeamsConfig = z.infer<typeof TeamsConfig>

/** Where the bot's own token comes from, by its secret. */
export function loginUrlOf({
  cloud,
  tenantId,
  isMultiTenant,
}: Pick<Extract<TeamsConfig, { mode: 'tenant' }>, 'cloud' | 'tenantId' | 'isMultiTenant'>): string {
  const { loginHost, sharedTenant } = teamsClouds[cloud]
  const tenantOfToken = isMultiTenant ? sharedTenant : tenantId
  return `https://${loginHost}/${encodeURIComponent(tenantOfToken)}/oauth2/v2.0/token`
}

/** Whether calls may go to this URL. Plain http is allowed only to this machine. */
export function isAllowedServiceUrl(
  config: { mode: 'local' } | { mode: 'tenant'; allowedHosts: readonly string[] },
  serviceUrl: string,
): boolean {
  if (!URL.canParse(serviceUrl)) return false
  const { protocol, hostname } = new URL(serviceUrl)
  const loopback = isLoopbackHost(hostname)
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback)) return false
  return config.mode === 'local' ? loopback : config.allowedHosts.includes(hostname)
}

/**
 * Whether a file may be fetched from this address, or put there: only over https, and at an allowed host by its name, so
 * at no address of this machine or its network. Clients on this machine keep their files here.
 */
export function isAllowedFileUrl(config: TeamsConfig, { protocol, hostname, port }: URL): boolean {
  const isHere = isLoopbackHost(hostname)
  if (protocol !== 'https:' && !(protocol === 'http:' && isHere)) return false
  if (config.mode === 'local') return isHere
  if (isHere) return config.fileHosts.includes(hostname)
  return port === '' && config.fileHosts.some((host) => hostname.endsWith(`.${host}`))
}

/** Whether Teams gives apps no files there. */
export function isWithoutFiles(serviceUrl: string): boolean {
  return URL.canParse(serviceUrl) && hostsWithoutFiles.includes(new URL(serviceUrl).hostname)
}
