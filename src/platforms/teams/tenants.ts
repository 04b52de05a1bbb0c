import type { TeamsConfig } from './config.ts'

/** The parts of an activity that name a tenant. */
export interface TenantClaims {
  readonly conversation: {
    readonly tenantId?: string | null | undefined
    readonly conversationType?: string | null | undefined
  }
  readonly from?: { readonly tenantId?: string | null | undefined } | null | undefined
  readonly channelData?:
    | { readonly tenant?: { readonly id: string } | null | undefined }
    | null
    | undefined
}

/** Tenant ids are UUIDs, which some pages of Azure show in capitals. */
export const isSameTenant = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase()

/**
 * Whose the sender is. In a shared channel that is not always the tenant of the conversation: people of other
 * organisations write in ours, and ours write in theirs. Undefined where the activity names none, as an emulator's.
 * Source: Teams documentation, "Apps for shared and private channels"
 */
export function senderTenantOf({ conversation, from, channelData }: TenantClaims) {
  const { tenantId } = conversation
  const sender = from?.tenantId || channelData?.tenant?.id || tenantId || undefined
  return sender && tenantId && isSameTenant(sender, tenantId) ? tenantId : sender
}

/** Every tenant that an activity names. Mostly all of its parts name the same. */
export function tenantsIn(claims: TenantClaims): string[] {
  const { conversation, channelData } = claims
  const named = [conversation.tenantId, channelData?.tenant?.id, senderTenantOf(claims)]
  return [...new Set(named.flatMap((id) => id || []))]
}

/**
 * Whether an activity concerns one of the tenants that are served. A channel may be shared between two, of which one is
 * enough: who the sender is decides what they are told. Everywhere else all that are named must be served.
 */
export function isFromServedTenant(
  claims: TenantClaims,
  isServed: (tenant: string) => boolean,
): boolean {
  const named = tenantsIn(claims)
  if (claims.conversation.conversationType === 'channel') return named.some(isServed)
  return named.length > 0 && named.every(isServed)
}

/** Whether somebody of another organisation wrote, as in a shared channel. */
export function isOutsider(
  config: TeamsConfig,
  claims: TenantClaims,
  isServed: (tenant: string) => boolean,
): boolean {
  const tenant = senderTenantOf(claims)
  return config.mode !== 'local' && (!tenant || !isServed(tenant))
}
