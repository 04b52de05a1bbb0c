import type { Workspace } from '../base/addresses.ts'
import type { Clock } from '../base/clock.ts'
import type { KeyRing } from '../base/encryption.ts'
import { messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { realTimers, type Timers } from '../base/timeout.ts'
import type { PlatformAdapter } from '../chat/platform-definition.ts'
import { isPlatformError } from '../chat/port.ts'
import {
  isAnyTokenToRenew,
  isAnyTokenUnrenewed,
  leaseRenewal,
  loadDueRenewals,
  type RenewalLease,
  recordRenewalFailure,
  saveRenewal,
} from '../domain/organisations/token-renewal.ts'
import {
  enqueueRenewalNotices,
  type RenewalNoticeOptions,
  renewalGraceMs,
} from '../features/delivery-log/renewal-notices.ts'
import type { Database } from '../infra/db.ts'
import { platformErrorCode } from '../outbox/error-codes.ts'
import { retryPersist } from '../outbox/in-flight.ts'
import type { MinuteTask } from './minute-tasks.ts'
import type { PlatformRegistry } from './platform-registry.ts'

export interface TokenRenewalOptions {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  readonly tokenKeys: KeyRing | undefined
  readonly adapters: readonly Pick<PlatformAdapter, 'name' | 'renewToken'>[]
  readonly explain: PlatformRegistry['explain']
  readonly timers?: Pick<Timers, 'sleep'>
}

/** Renews the tokens that end soon, and tells of those that cannot be. */
export function createTokenTasks(
  options: TokenRenewalOptions & RenewalNoticeOptions,
): readonly MinuteTask[] {
  return [
    { name: 'tokens', run: () => renewTokens(options), isDue: isAnyTokenToRenew },
    {
      name: 'tokens that are not renewed',
      run: () => enqueueRenewalNotices(options),
      isDue: (now) => isAnyTokenUnrenewed(new Date(now.getTime() - renewalGraceMs)),
    },
  ]
}

type Renew = NonNullable<PlatformAdapter['renewToken']>

/** Renews the tokens that end soon, in any number of processes. Nothing is logged of a token but its workspace. */
export async function renewTokens(options: TokenRenewalOptions): Promise<void> {
  const { db, clock, log, tokenKeys, adapters } = options
  if (!tokenKeys) return
  const due = await loadDueRenewals(db, clock.now())
  await Promise.all(
    due.map(async (workspace) => {
      const { platform, tenant } = workspace
      const renew = adapters.find(({ name }) => name === platform)?.renewToken
      if (!renew) return
      try {
        await renewToken(workspace, renew, tokenKeys, options)
      } catch (error) {
        const about = { platform, tenant, error: messageOf(error) }
        log.error(
          about,
          'The token of a workspace could not be renewed; the next minute tries again',
        )
      }
    }),
  )
}

async function renewToken(
  workspace: Workspace,
  renew: Renew,
  tokenKeys: KeyRing,
  options: TokenRenewalOptions,
): Promise<void> {
  const { db, clock, timers = realTimers } = options
  const lease = await leaseRenewal(db, tokenKeys, workspace, clock.now())
  if (!lease) return
  if (lease.refreshToken === undefined) return fail(lease, 'token_key_missing', options)
  let next: Awaited<ReturnType<Renew>>
  try {
    next = await renew(lease.refreshToken)
  } catch (error) {
    return fail(lease, isPlatformError(error) ? error.code : 'call_failed', options)
  }
  // What it was given for is spent, so as long as the lease lasts the answer is not given up.
  const isOver = () => clock.now() >= lease.leasedUntil
  await retryPersist(() => saveRenewal(db, tokenKeys, lease, next), isOver, timers)
}

async function fail(
  lease: RenewalLease,
  code: string,
  { db, clock, log, explain }: TokenRenewalOptions,
): Promise<void> {
  const { platform, tenant } = lease
  const errorCode = platformErrorCode(platform, code)
  await recordRenewalFailure(db, lease, errorCode, clock.now())
  const about = { platform, tenant, errorCode, remedy: explain(errorCode)?.words }
  log.error(about, 'The token of a workspace was not renewed; it is tried again')
}
