import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { AdminAccount } from '../authority/admins.ts'
import { type KeyRing, parseKeyRing } from '../base/encryption.ts'
import { Refusal } from '../base/errors.ts'
import type { OutboundProxy } from '../base/outbound-proxy.ts'
import type { ConfiguredPlatform } from '../chat/platform-definition.ts'
import { minRetentionDays } from '../outbox/retention-limit.ts'
import { parseAdminAccounts } from './admin-accounts.ts'
import type { PlatformRegistry } from './platform-registry.ts'
import { platforms as allPlatforms } from './platforms.ts'

/** Everything that the environment settles. `.env.example` tells each name; a test holds the two together. */
export interface Config {
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  readonly port: number
  /** The address listened on: loopback unless real platforms have to reach it. */
  readonly host: string
  readonly logLevel: string
  /** Whether the log says who saw or changed what. */
  readonly hasAuditLog: boolean
  /** Where Prometheus may read figures; absent: nowhere. */
  readonly metricsPort: number | undefined
  /** As what traces are sent to a collector; absent: no traces are made. */
  readonly tracing: { readonly serviceName: string } | undefined
  /** How long messages stay in the outbox, in days. */
  readonly keepMessagesDays: number
  /** What the tokens of workspaces are encrypted with; absent: no workspace can install Milepost by itself. */
  readonly tokenKeys: KeyRing | undefined
  /** The command people type in Slack. */
  readonly command: string
  /** Who may set up programmes from chat. */
  readonly admins: readonly AdminAccount[]
  /** Where the platforms reach this process: https://milepost.example.gov.uk */
  readonly publicUrl: string | undefined
  /** The organisation's own text of /privacy and /terms; absent: Milepost's. */
  readonly privacyFile: string | undefined
  readonly termsFile: string | undefined
  /** What calls to the platforms go through; absent: they go there directly. */
  readonly proxy: OutboundProxy | undefined
  readonly platforms: readonly ConfiguredPlatform[]
  /** A Slack workspace and a Teams tenant on this machine; on when no platform is configured. */
  readonly playground: boolean
  /** The playground begins with a copy of these data (a backup, a data folder, an address) in place of the samples. */
  readonly copyOf?: string | undefined
}

const collectorUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
  .optional()

/** What does not belong to one platform. */
const environmentSchema = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' })
    .optional(),
  MILEPOST_DATA_DIR: z.string().default('./data'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  AUDIT_LOG: z.enum(['0', '1'], { error: 'must be 0 or 1' }).default('0'),
  METRICS_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  // By the names of OpenTelemetry, whose exporter reads the address and the headers by itself.
  OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collectorUrl,
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .literal('http/json', { error: 'must be http/json, which every collector takes by HTTP' })
    .optional(),
  OTEL_SERVICE_NAME: z.string().default('milepost'),
  KEEP_MESSAGES_DAYS: z.coerce
    .number()
    .int()
    .min(minRetentionDays, `must be ${minRetentionDays} or more`)
    .default(730),
  TOKEN_KEYS: z.string().transform(readKeyRing).optional(),
  NODE_ENV: z.string().optional(),
  PUBLIC_URL: z.url({ protocol: /^https$/, error: 'must be an https:// address' }).optional(),
  PRIVACY_FILE: z.string().optional(),
  TERMS_FILE: z.string().optional(),
  HTTPS_PROXY: z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
    .optional(),
  NO_PROXY: z.string().default('localhost,127.0.0.1'),
  MILEPOST_COMMAND: z
    .string()
    .regex(/^\/[a-z0-9_-]{1,31}$/, 'must be a slash and up to 31 small letters, digits, - or _')
    .default('/rag'),
  MILEPOST_ADMINS: z.string().default(''),
})

/** Every name that is read. */
export const environmentNames: readonly string[] = [
  ...Object.keys(environmentSchema.shape),
  ...allPlatforms.environmentNames,
]

/** The environment, with the names of a `.env` file beside the project where the environment has none. */
export function loadEnvironment(file = '.env'): NodeJS.ProcessEnv {
  if (existsSync(file)) process.loadEnvFile(file)
  return process.env
}

/**
 * The configuration that the environment describes. An empty value counts as not given.
 * @throws Refusal that lists every name that is wrong or missing, and never a value.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  registry: PlatformRegistry = allPlatforms,
): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  // These two are written either way: a machine that has them for all its programs has Milepost use them, too.
  given.HTTPS_PROXY ??= given.https_proxy
  given.NO_PROXY ??= given.no_proxy
  const parsed = environmentSchema.safeParse(given)
  const wrong =
    parsed.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []
  const isProduction = given.NODE_ENV === 'production'
  const { configured, problems } = registry.readEnvironment(given, { isProduction })
  const accounts = parseAdminAccounts(given.MILEPOST_ADMINS ?? '', registry)
  const allProblems = [...wrong, ...accounts.problems, ...problems]
  if (!parsed.success || allProblems.length > 0) throw configRefusal(allProblems)
  const values = parsed.data
  const playground = configured.length === 0 && !isProduction
  if (configured.length === 0 && !playground) {
    throw configRefusal([`no platform is configured: ${formatSettingsHint(registry)}`])
  }
  return {
    databaseUrl: values.DATABASE_URL,
    dataDir: values.MILEPOST_DATA_DIR,
    port: values.PORT,
    host: listenAddress(values.HOST, configured, playground),
    logLevel: values.LOG_LEVEL,
    hasAuditLog: values.AUDIT_LOG === '1',
    metricsPort: values.METRICS_PORT,
    tracing: tracingOf(values),
    keepMessagesDays: values.KEEP_MESSAGES_DAYS,
    tokenKeys: values.TOKEN_KEYS,
    command: values.MILEPOST_COMMAND,
    admins: accounts.admins,
    publicUrl: values.PUBLIC_URL,
    privacyFile: values.PRIVACY_FILE,
    termsFile: values.TERMS_FILE,
    proxy: values.HTTPS_PROXY ? { url: values.HTTPS_PROXY, except: values.NO_PROXY } : undefined,
    platforms: configured,
    playground,
  }
}

function tracingOf({
  OTEL_EXPORTER_OTLP_ENDPOINT: collector,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ofTraces,
  OTEL_SERVICE_NAME: serviceName,
}: z.infer<typeof environmentSchema>): Config['tracing'] {
  return (collector ?? ofTraces) ? { serviceName } : undefined
}

/** The playground with a copy of real data: it reaches no platform and no database of its operator's, whatever is set. */
export function configOfCopy(config: Config, copyOf: string): Config {
  return {
    ...config,
    ...{ copyOf, playground: true, host: '127.0.0.1', platforms: [], admins: [] },
    ...{ databaseUrl: undefined, proxy: undefined, metricsPort: undefined, tracing: undefined },
  }
}

/** The playground's people and plan never mix with real ones: what it has of them is a copy, in a folder of its own. */
export function dataDirOf({
  dataDir,
  playground,
  copyOf,
}: Pick<Config, 'dataDir' | 'playground' | 'copyOf'>): string {
  if (copyOf !== undefined) return join(dataDir, 'copy')
  return playground ? join(dataDir, 'playground') : dataDir
}

/** Its problems repeat no key. */
function readKeyRing(text: string, context: z.RefinementCtx): KeyRing {
  try {
    return parseKeyRing(text)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    context.addIssue({ code: 'custom', message: error.message })
    return z.NEVER
  }
}

/** Loopback, unless a platform has to reach this machine. */
function listenAddress(
  host: string | undefined,
  configured: readonly ConfiguredPlatform[],
  playground: boolean,
): string {
  const exposures = configured.map(({ definition, config }) => definition.exposure(config))
  if (playground || exposures.includes('loopback')) return '127.0.0.1'
  return host ?? (exposures.includes('internet') ? '0.0.0.0' : '127.0.0.1')
}

/** 'set the SLACK_ or the TEAMS_ names' */
function formatSettingsHint({ definitions }: PlatformRegistry): string {
  const prefixes = definitions.map(({ name }) => `the ${name.toUpperCase()}_`)
  return `set ${prefixes.join(' or ')} names`
}

function configRefusal(problems: readonly string[]): Refusal {
  return new Refusal(
    `Milepost cannot start. Please mend these settings (see .env.example):\n${problems.map((line) => `  - ${line}`).join('\n')}`,
  )
}
