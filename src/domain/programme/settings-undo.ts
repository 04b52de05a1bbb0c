import { isDeepStrictEqual } from 'node:util'
import type { ReadTx, Tx } from '../../infra/db.ts'
import type { Provenance } from '../revisions/provenance.ts'
import { loadItemRevisions } from '../revisions/revision-store.ts'
import type { Revision } from '../revisions/revisions.ts'
import { parseSettings } from './setting.ts'
import { reviseSettings } from './settings-store.ts'

/** Settings that one command changed, taken back together: each is again what it was before. */

/** All that was changed with this revision of a programme's settings, by the same person at the same moment. */
export async function changedTogether(
  tx: ReadTx,
  { programmeId, at, byId }: Revision,
): Promise<Revision[]> {
  const all = await loadItemRevisions(tx, programmeId, 'programme')
  return all.filter((one) => one.byId === byId && one.at.getTime() === at.getTime())
}

/** The first of the changes whose setting is another since; undefined where all can be taken back. */
export async function firstBuiltOn(
  tx: ReadTx,
  changes: readonly Revision[],
): Promise<Revision | undefined> {
  const [first] = changes
  if (!first) return undefined
  const { settings } = await tx.programme.findUniqueOrThrow({ where: { id: first.programmeId } })
  const present: Readonly<Record<string, unknown>> = { ...parseSettings(settings) }
  return changes.find(({ field, to }) => !isDeepStrictEqual(present[field] ?? null, to))
}

/** Lock the programme first, and ask firstBuiltOn. */
export async function takeSettingsBack(
  tx: Tx,
  changes: readonly Revision[],
  reason: string | null,
  said: Provenance,
): Promise<void> {
  const [first] = changes
  if (!first) return
  const undoes = new Map(changes.map(({ field, id }) => [field, id]))
  const before = Object.fromEntries(changes.map(({ field, from }) => [field, from ?? undefined]))
  await reviseSettings(tx, first.programmeId, (now) => parseSettings({ ...now, ...before }), said, {
    reason,
    undoes,
  })
}
