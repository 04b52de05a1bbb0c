import { isDeepStrictEqual } from 'node:util'
import { Refusal } from '../../base/errors.ts'
import type { Tx } from '../../infra/db.ts'
import { appendRevision, appendRevisionsOfNew } from '../revisions/revision-store.ts'
import type { Revision } from '../revisions/revisions.ts'
import { builtOnSince } from './built-on.ts'
import {
  type PlanField,
  projectLeads,
  projectLife,
  projectOutcomes,
  projectRecommendations,
  projectRef,
  projectSection,
  projectTags,
  projectTitle,
  projectWorkstream,
  workstreamLeads,
  workstreamRef,
  workstreamRemoval,
  workstreamSponsors,
  workstreamTitle,
} from './fields.ts'
import {
  milestoneCompletion,
  milestoneHeading,
  milestoneRemoval,
  milestoneText,
} from './milestone-fields.ts'
import type { Provenance } from './milestone-store.ts'

/** Every field of the plan that has a history of revisions. */
export const planFields: readonly PlanField[] = [
  ...[projectTitle, projectRef, projectWorkstream, projectSection, projectTags],
  ...[projectLeads, projectLife, projectRecommendations, projectOutcomes],
  ...[workstreamTitle, workstreamRef, workstreamLeads, workstreamSponsors, workstreamRemoval],
  ...[milestoneText, milestoneHeading, milestoneRemoval, milestoneCompletion],
]

/** @throws Error for a revision that no field of this version made, or one of a measure: measures/fields.ts knows these */
export function planFieldOf({ item, field }: Pick<Revision, 'item' | 'field'>): PlanField {
  const found = planFields.find((one) => one.item === item && one.key === field)
  if (found) return found
  throw new Error(`No field of the plan is called ${item} ${field}`)
}

export interface RevisionDetails {
  readonly programmeId: string
  readonly reason: string | null
  readonly said: Provenance
  /** The import that does it. */
  readonly importId?: string | undefined
  /** The handing over of somebody's work that does it. */
  readonly handoverId?: string
}

/** Changes a field and appends what it was. Gives the revision's id; null, and writes nothing, where it has that value. */
export async function reviseField(
  tx: Tx,
  field: PlanField,
  itemId: string,
  to: unknown,
  { programmeId, reason, said, importId, handoverId }: RevisionDetails,
): Promise<string | null> {
  const from = await field.read(tx, itemId)
  if (isDeepStrictEqual(from, to)) return null
  await field.write(tx, itemId, to)
  const source = { reason, importId, handoverId }
  const revision = { item: field.item, itemId, field: field.key, from, to, ...source }
  return appendRevision(tx, programmeId, revision, said)
}

/**
 * Takes a revision back: the field is again what it was before it. Gives the id of the revision that says so.
 * @throws Refusal where it was taken back already, or somebody has changed the field since
 */
export async function undoRevision(
  tx: Tx,
  field: PlanField,
  revision: Revision,
  { reason, said }: Omit<RevisionDetails, 'programmeId'>,
): Promise<string> {
  const { id, programmeId, item, itemId, from, to, isUndone } = revision
  if (isUndone) throw new Refusal('That was taken back already. Nothing was changed.')
  const present = await field.read(tx, itemId)
  if (!isDeepStrictEqual(jsonOf(present), to))
    throw new Refusal(await builtOnSince(tx, revision, `The ${field.label}`))
  await field.write(tx, itemId, from)
  const undo = { item, itemId, field: field.key, from: to, to: from, reason, undoesId: id }
  return appendRevision(tx, programmeId, undo, said)
}

/** As the database gives it back: without what JSON cannot hold. */
const jsonOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/**
 * Records that an item came into the plan: taking that back takes it out. Its row says from which day it belongs there.
 */
export function recordAddition(
  tx: Tx,
  { item, key }: PlanField,
  itemId: string,
  { from, to }: { readonly from: unknown; readonly to: unknown },
  { programmeId, reason, said, importId }: RevisionDetails,
): Promise<string> {
  const revision = { item, itemId, field: key, from, to, reason, importId }
  return appendRevision(tx, programmeId, revision, said)
}

/** The same for many items, of which none was there before. */
export function recordAdditions(
  tx: Tx,
  { item, key: field }: PlanField,
  itemIds: readonly string[],
  values: { readonly from: unknown; readonly to: unknown },
  { programmeId, reason, said, importId }: RevisionDetails,
): Promise<void> {
  const revisions = itemIds.map((itemId) => ({ item, itemId, field, ...values, reason, importId }))
  return appendRevisionsOfNew(tx, programmeId, revisions, said)
}
