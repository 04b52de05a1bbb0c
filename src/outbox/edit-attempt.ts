import type { AttemptParts, Watch } from './attempt.ts'
import type { RedrawClaim } from './message-edits.ts'
import { pictureBytes } from './pictures.ts'
import { outcomeOf, patienceMs } from './send-result.ts'
import { afterRedraw, type NextRedraw, type RedrawOutcome } from './state-machine.ts'

/** One attempt at changing a message that stands there into what its delivery shows by now. Gives what comes next. */
export async function bringUpToDate(
  { db, platforms, clock, random, log }: AttemptParts,
  claim: RedrawClaim,
  watch: Watch,
): Promise<NextRedraw> {
  const { address, key, again, attempts, firstTriedAt, lease } = claim
  const platform = platforms.get(address.place.platform)
  if (!platform)
    throw new Error(`${address.place.platform} is not set up, yet "${key}" was claimed`)
  const picture = await pictureBytes(db, claim.pictureId)
  // Another that has it by now may know of a later change, which ours would undo.
  if (lease.until.getTime() - clock.now().getTime() < patienceMs) {
    const reason = 'the process that had it in hand stood still for too long'
    return { state: 'waiting', notBefore: clock.now(), attempts, reason }
  }
  watch.sending()
  const changed = await outcomeOf<RedrawOutcome>(log, claim, async () => {
    await platform.update(address, { key, card: claim.card(), again, picture })
    return { kind: 'changed' }
  })
  watch.heard(changed)
  return afterRedraw({ attempts, firstTriedAt }, changed, clock.now(), random)
}
