import type { CommandContext } from '../../../chat/commands.ts'
import { appendCorrections } from '../../../domain/digests/archive/corrections.ts'
import {
  type IssuedDigest,
  loadDigestsSince,
} from '../../../domain/digests/archive/digest-store.ts'
import { takenBackText } from '../../../domain/digests/archive/taken-back.ts'
import { requirePersonId } from '../../../domain/plan/lookup.ts'
import { loadRecentPlan } from '../../../domain/plan/store.ts'
import type { Tx } from '../../../infra/db.ts'
import type { Undoable } from './undoable.ts'

/** Edits a posted digest's message so that its corrections stand above what it said. */
export type EditDigestMessage = (
  tx: Tx,
  programmeId: string,
  digest: IssuedDigest,
  now: Date,
) => Promise<void>

/**
 * Takes something back, and marks the digests that have told it since as corrected: their messages are edited once, and
 * nothing else of them changes. Gives what `takeBack` gives, and the numbers of the digests.
 */
export async function correctingDigests<Result>(
  context: CommandContext,
  { programmeId, at }: Pick<Undoable, 'programmeId' | 'at'>,
  edit: EditDigestMessage,
  takeBack: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly corrected: readonly number[] }> {
  const { tx, today, now, actor, place } = context
  const posted = await loadDigestsSince(tx, programmeId, at)
  if (posted.length === 0) return { result: await takeBack(), corrected: [] }
  const before = await loadRecentPlan(tx, programmeId, today)
  const result = await takeBack()
  const after = await loadRecentPlan(tx, programmeId, today)
  const corrections = posted.flatMap((digest) => {
    const text = takenBackText(digest, before, after)
    return text === null ? [] : [{ digest, text }]
  })
  const by = { byId: requirePersonId(actor), source: place.platform, now }
  const digests = await appendCorrections(tx, programmeId, corrections, by)
  for (const digest of digests) await edit(tx, programmeId, digest, now)
  return { result, corrected: digests.map(({ number }) => number) }
}
