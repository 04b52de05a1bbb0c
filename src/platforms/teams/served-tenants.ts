import { WorkspaceBrokenError } from '../../chat/port.ts'
import type { WorkspaceInstallations } from '../../chat/workspace-installations.ts'
import type { TeamsConfig } from './config.ts'
import { explainTeamsError } from './error-codes.ts'
import { isSameTenant, type TenantClaims, tenantsIn } from './tenants.ts'

/** Which tenants may use Milepost: that of the configuration, and those that an operator allowed. */
export interface ServedTenants {
  /** Which of the tenants that an activity names are served. */
  among(claims: TenantClaims): Promise<(tenant: string) => boolean>
  /** @throws WorkspaceBrokenError where nothing is to be said in the tenant any more: its messages wait */
  requireAllowed(tenant: string): Promise<void>
}

export function createServedTenants(
  config: TeamsConfig,
  installations: Pick<WorkspaceInstallations, 'stateOf'>,
): ServedTenants {
  const isHome = (tenant: string) =>
    config.mode === 'local' || isSameTenant(tenant, config.tenantId)
  const stateOf = (tenant: string) => installations.stateOf({ platform: 'teams', tenant })

  return {
    async among(claims) {
      const served: string[] = []
      for (const tenant of tenantsIn(claims)) {
        if (isHome(tenant) || (await stateOf(tenant)) === 'installed') served.push(tenant)
      }
      return (tenant) => served.some((one) => isSameTenant(one, tenant))
    },

    async requireAllowed(tenant) {
      if (isHome(tenant) || (await stateOf(tenant)) !== 'taken away') return
      const code = 'tenant_not_allowed'
      throw new WorkspaceBrokenError(code, explainTeamsError(code)?.words ?? code)
    },
  }
}
