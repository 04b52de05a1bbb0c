import { z } from 'zod'
import {
  defineEnvironment,
  type EnvironmentContext,
  type EnvironmentValues,
} from '../../chat/platform-definition.ts'
import { teamsCloudNames } from './clouds.ts'
import { TeamsConfig } from './config.ts'

const booleanFlag = z
  .enum(['0', '1', 'true', 'false'])
  .transform((value) => value === '1' || value === 'true')
  .optional()

const managedIdentity = 'UserAssignedMSI'
const multiTenant = 'MultiTenant'
const appTypes = ['SingleTenant', multiTenant, managedIdentity] as const

const schema = z.object({
  TEAMS_APP_ID: z.string().optional(),
  TEAMS_APP_PASSWORD: z.string().optional(),
  TEAMS_TENANT_ID: z.string().optional(),
  // By Microsoft's names.
  TEAMS_APP_TYPE: z.enum(appTypes, { error: `must be one of ${appTypes.join(', ')}` }).optional(),
  TEAMS_CLOUD: z
    .enum(teamsCloudNames, { error: `must be one of ${teamsCloudNames.join(', ')}` })
    .optional(),
  TEAMS_LOCAL: booleanFlag,
})

const credentialNames = ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'] as const

export const teamsEnvironment = defineEnvironment(schema, {
  isGiven: (values) => isLocal(values) || credentialNames.some((name) => values[name]),
  findMissing,
  toConfig,
})

function isLocal({ TEAMS_LOCAL }: EnvironmentValues): boolean {
  return booleanFlag.safeParse(TEAMS_LOCAL).data === true
}

function findMissing(
  values: EnvironmentValues,
  { isProduction, isBesideOthers }: EnvironmentContext,
): string[] {
  const isManaged = values.TEAMS_APP_TYPE === managedIdentity
  const given = credentialNames.filter((name) => values[name])
  const needed = credentialNames.filter((name) => !(isManaged && name === 'TEAMS_APP_PASSWORD'))
  const missing = given.length > 0 ? needed.filter((name) => !values[name]) : []
  const problems = missing.map((name) => `${name} is missing beside ${given.join(' and ')}`)
  if (isLocal(values) && (given.length > 0 || isBesideOthers)) {
    problems.push(
      'TEAMS_LOCAL switches the checks of a Teams client off and cannot stand beside real credentials',
    )
  }
  if (isManaged && values.TEAMS_APP_PASSWORD) {
    problems.push(
      `TEAMS_APP_PASSWORD cannot stand beside TEAMS_APP_TYPE=${managedIdentity}: a managed identity has none`,
    )
  }
  if (isLocal(values) && isProduction) problems.push('TEAMS_LOCAL cannot be used in production')
  return problems
}

function toConfig(values: z.infer<typeof schema>): TeamsConfig | undefined {
  const { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: appPassword, TEAMS_TENANT_ID: tenantId } = values
  const cloud = values.TEAMS_CLOUD
  const isMultiTenant = values.TEAMS_APP_TYPE === multiTenant
  if (values.TEAMS_LOCAL) return TeamsConfig.parse({ mode: 'local' })
  if (!appId) return undefined
  return TeamsConfig.parse({ mode: 'tenant', appId, appPassword, tenantId, isMultiTenant, cloud })
}
