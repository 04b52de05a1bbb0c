import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../base/errors.ts'
import { minRetentionDays } from '../outbox/retention-limit.ts'
import { SlackConfig } from '../platforms/slack/config.ts'
import { TeamsConfig } from '../platforms/teams/config.ts'

/** Everything that the environment settles. `.env.example` tells each name; a test holds the two together. */
export interface Config {
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  readonly port: number
  /** The address listened on: loopback unless real platforms have to reach it. */
  readonly host: string
  readonly logLevel: string
  /** Where Prometheus may read figures; absent: nowhere. */
  readonly metricsPort: number | undefined
  /** How long messages stay in the ledger. */
  readonly keepMessagesDays: number
  /** The command people type in Slack. */
  readonly command: string
  /** Where the platforms reach this process: https://milepost.example.gov.uk */
  readonly publicUrl: string | undefined
  readonly slack: SlackConfig | undefined
  readonly teams: TeamsConfig | undefined
  /** A Slack workspace and a Teams tenant on this machine; on when no platform is configured. */
  readonly playground: boolean
}

const booleanFlag = z
  .enum(['0', '1', 'true', 'false'])
  .transform((value) => value === '1' || value === 'true')
  .optional()

const environmentSchema = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' })
    .optional(),
  MILEPOST_DATA_DIR: z.string().default('./data'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  METRICS_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  KEEP_MESSAGES_DAYS: z.coerce
    .number()
    .int()
    .min(minRetentionDays, `must be ${minRetentionDays} or more`)
    .default(730),
  NODE_ENV: z.string().optional(),
  PUBLIC_URL: z.url({ protocol: /^https$/, error: 'must be an https:// address' }).optional(),
  MILEPOST_COMMAND: z
    .string()
    .regex(/^\/[a-z0-9_-]{1,31}$/, 'must be a slash and up to 31 small letters, digits, - or _')
    .default('/rag'),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must begin with xoxb-').optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must begin with xapp-').optional(),
  SLACK_API_URL: z.url().optional(),
  TEAMS_APP_ID: z.string().optional(),
  TEAMS_APP_PASSWORD: z.string().optional(),
  TEAMS_TENANT_ID: z.string().optional(),
  TEAMS_LOCAL: booleanFlag,
})

type Environment = z.infer<typeof environmentSchema>

/** Every name that is read. */
export const environmentNames: readonly string[] = Object.keys(environmentSchema.shape)

/** The environment, with the names of a `.env` file beside the project where the environment has none. */
export function loadEnvironment(file = '.env'): NodeJS.ProcessEnv {
  if (existsSync(file)) process.loadEnvFile(file)
  return process.env
}

/**
 * The configuration that the environment describes. An empty value counts as not given.
 * @throws Refusal that lists every name that is wrong or missing, and never a value.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = environmentSchema.safeParse(given)
  const wrong =
    parsed.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []
  const problems = [...wrong, ...findMissingNames(given)]
  if (!parsed.success || problems.length > 0) throw configRefusal(problems)
  const values = parsed.data
  const slack = slackConfigOf(values)
  const teams = teamsConfigOf(values)
  const open = slack?.mode === 'http' || teams?.mode === 'tenant'
  const playground = !slack && !teams && values.NODE_ENV !== 'production'
  if (!slack && !teams && !playground) {
    throw configRefusal(['no platform is configured: set the SLACK_ or the TEAMS_ names'])
  }
  return {
    databaseUrl: values.DATABASE_URL,
    dataDir: values.MILEPOST_DATA_DIR,
    port: values.PORT,
    host:
      playground || teams?.mode === 'local'
        ? '127.0.0.1'
        : (values.HOST ?? (open ? '0.0.0.0' : '127.0.0.1')),
    logLevel: values.LOG_LEVEL,
    metricsPort: values.METRICS_PORT,
    keepMessagesDays: values.KEEP_MESSAGES_DAYS,
    command: values.MILEPOST_COMMAND,
    publicUrl: values.PUBLIC_URL,
    slack,
    teams,
    playground,
  }
}

/** The playground's people and plan never mix with real ones. */
export function dataDirOf({ dataDir, playground }: Pick<Config, 'dataDir' | 'playground'>): string {
  return playground ? join(dataDir, 'playground') : dataDir
}

function configRefusal(problems: readonly string[]): Refusal {
  return new Refusal(
    `Milepost cannot start. Please mend these settings (see .env.example):\n${problems.map((line) => `  - ${line}`).join('\n')}`,
  )
}

/** A platform is configured whole or not at all: a missing check must stop the start, not weaken it. */
function findMissingNames(values: Readonly<Record<string, string | undefined>>): string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: secret, SLACK_APP_TOKEN: app } = values
  const problems: string[] = []
  if (bot && !secret && !app) {
    problems.push(
      'SLACK_SIGNING_SECRET (for HTTP) or SLACK_APP_TOKEN (for Socket Mode) is missing beside SLACK_BOT_TOKEN',
    )
  }
  if ((secret || app) && !bot)
    problems.push('SLACK_BOT_TOKEN is missing beside the other SLACK_ names')
  const teams = ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'] as const
  const set = teams.filter((name) => values[name])
  if (set.length > 0) {
    for (const name of teams)
      if (!values[name]) problems.push(`${name} is missing beside ${set.join(' and ')}`)
  }
  const local = booleanFlag.safeParse(values.TEAMS_LOCAL).data === true
  if (local && (set.length > 0 || bot)) {
    problems.push(
      'TEAMS_LOCAL switches the checks of a Teams client off and cannot stand beside real credentials',
    )
  }
  if (local && values.NODE_ENV === 'production') {
    problems.push('TEAMS_LOCAL cannot be used in production')
  }
  return problems
}

function slackConfigOf(values: Environment): SlackConfig | undefined {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_APP_TOKEN: appToken,
  } = values
  if (!botToken) return undefined
  const common = { botToken, apiUrl: values.SLACK_API_URL }
  // With both, the app-level token wins: Socket Mode needs no address that Slack can reach.
  return SlackConfig.parse(
    appToken ? { ...common, mode: 'socket', appToken } : { ...common, mode: 'http', signingSecret },
  )
}

function teamsConfigOf(values: Environment): TeamsConfig | undefined {
  const { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: appPassword, TEAMS_TENANT_ID: tenantId } = values
  if (values.TEAMS_LOCAL) return TeamsConfig.parse({ mode: 'local' })
  if (!appId) return undefined
  return TeamsConfig.parse({ mode: 'tenant', appId, appPassword, tenantId })
}
