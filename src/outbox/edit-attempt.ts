import type { AttemptObserver, AttemptParts } from './attempt.ts'
import type { EditClaim } from './message-edits.ts'
import { checkBeforeEdit } from './person-address.ts'
import { pictureBytes } from './pictures.ts'
import { callPlatform, callTimeoutMs } from './send-result.ts'
import {
  afterEdit,
  type EditResult,
  type EditTransition,
  editLeaseExpired,
} from './state-machine.ts'

/** One attempt at a claimed edit: shows the present card in place of the old one. Returns what comes next. */
export async function applyEdit(
  { db, platforms, clock, random, log, addressBook }: AttemptParts,
  claim: EditClaim,
  observer: AttemptObserver,
): Promise<EditTransition> {
  const { address, key, isResend, attempts, firstTriedAt, lease } = claim
  const platform = platforms.get(address.place.platform)
  if (!platform)
    throw new Error(`${address.place.platform} is not set up, yet "${key}" was claimed`)
  const moved = await checkBeforeEdit(db, addressBook, claim)
  if (moved) return { state: 'over', failure: moved }
  const picture = await pictureBytes(db, claim.pictureId)
  // A process that has taken it over may know of a later change, which ours would undo.
  if (lease.expiresAt.getTime() - clock.now().getTime() < callTimeoutMs) {
    return editLeaseExpired(attempts, clock.now())
  }
  observer.onSending()
  const about = { key, platform: address.place.platform }
  const changed = await callPlatform<EditResult>(log, about, async () => {
    await platform.update(address, { key, card: claim.parseCard(), isResend, image: picture })
    return { kind: 'changed' }
  })
  return afterEdit({ attempts, firstTriedAt }, observer.onResult(changed), clock.now(), random)
}
