import { Refusal } from '../../base/errors.ts'
import { quoted } from '../../base/text.ts'
import type { Tx } from '../../infra/db.ts'
import type { Revision } from '../revisions/revisions.ts'
import { type PlanField, projectRef, workstreamRef } from './fields.ts'
import { parseLife } from './life.ts'
import { nextRefLike } from './refs.ts'
import { type RevisionDetails, reviseField } from './revise.ts'

/**
 * Numbers that projects and workstreams get back when a change is taken back. What is out of the plan keeps its row, and
 * with it a number, which may be one of these: it gives way.
 */

interface Holder {
  readonly id: string
  readonly ref: string
  readonly title: string
  readonly isInPlan: boolean
}

const numbers: readonly PlanField[] = [workstreamRef, projectRef]

const isOf = ({ item, key }: PlanField, revision: Revision): boolean =>
  revision.item === item && revision.field === key

/** Of each project and workstream that these revisions numbered, the earlier number becomes free; not of those undone. */
export async function freeNumbers(
  tx: Tx,
  revisions: readonly Revision[],
  details: RevisionDetails,
): Promise<void> {
  for (const field of numbers) {
    const numbered = revisions.filter((one) => isOf(field, one) && !one.isUndone)
    if (numbered.length === 0) continue
    const wanted = new Set(numbered.map(({ from }) => String(from)))
    const itsOwn = new Set(numbered.map(({ itemId }) => itemId))
    const holders = await holdersOf(tx, field, details.programmeId)
    const taken = [...wanted, ...holders.map(({ ref }) => ref)]
    for (const { id, ref } of holders) {
      if (!wanted.has(ref) || itsOwn.has(id)) continue
      const free = nextRefLike(ref, taken)
      taken.push(free)
      await reviseField(tx, field, id, free, details)
    }
  }
}

/** The same for one change. @throws Refusal where something in the plan has the number now */
export async function freeNumberOf(
  tx: Tx,
  revision: Revision,
  details: RevisionDetails,
): Promise<void> {
  const field = numbers.find((one) => isOf(one, revision))
  if (!field || revision.isUndone) return
  const holder = (await holdersOf(tx, field, details.programmeId)).find(
    ({ id, ref }) => ref === revision.from && id !== revision.itemId,
  )
  if (holder?.isInPlan) {
    throw new Refusal(
      `${holder.ref} is the number of ${quoted(holder.title)} now. Nothing was changed. Give that another number first.`,
    )
  }
  await freeNumbers(tx, [revision], details)
}

async function holdersOf(tx: Tx, { item }: PlanField, programmeId: string): Promise<Holder[]> {
  const query = { where: { programmeId }, orderBy: { ref: 'asc' as const } }
  if (item === 'workstream') {
    const rows = await tx.workstream.findMany(query)
    return rows.map(({ isRemoved, ...row }) => ({ ...row, isInPlan: !isRemoved }))
  }
  const rows = await tx.project.findMany(query)
  return rows.map(({ life, ...row }) => ({
    ...row,
    isInPlan: parseLife(life)?.state !== 'removed',
  }))
}
