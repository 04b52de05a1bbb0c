import type { CivilDate } from '../../../base/dates.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { earliestImport } from '../../imports/import-store.ts'
import type { Plan } from '../../plan/plan.ts'
import { latestDigestBefore } from '../archive/digest-store.ts'
import { composeDigestFor, type DigestTarget } from '../audience/compose-for.ts'
import { digestInput, loadDigestPlan, loadDigestSources } from '../audience/load-input.ts'
import type { DigestContent } from '../content/content.ts'

/** What a digest is compared with. */
export interface Comparison {
  readonly previous: DigestContent | null
  readonly since: CivilDate
  /** Of a first digest, when the programme began: nobody was asked for an update before. Null for every other one. */
  readonly beganAt: Date | null
}

/**
 * The digest before the plan's day that the same readers got of the same part of the programme, in whichever channel:
 * history belongs to the programme, so two channels on one Monday tell the same past. A first digest is compared with
 * the plan as its first sheet left it.
 *
 * @param sinceIfFirst how far a first digest looks back that has no sheet to compare with
 */
export async function loadComparison(
  tx: ReadTx,
  { programme: { id }, asAt }: Plan,
  target: DigestTarget,
  sinceIfFirst: CivilDate,
): Promise<Comparison> {
  const { audience, scope } = target
  const previous = await latestDigestBefore(tx, { programmeId: id, audience, scope }, asAt)
  if (previous) return { previous, since: previous.asAt, beganAt: null }
  const imported = await earliestImport(tx, id)
  const row = await tx.programme.findUniqueOrThrow({ where: { id }, select: { createdAt: true } })
  const beganAt = imported?.at ?? row.createdAt
  if (!imported || imported.asOf >= asAt) return { previous: null, since: sinceIfFirst, beganAt }
  const then = await composeImported(tx, await loadDigestPlan(tx, id, imported.asOf), target)
  return { previous: then, since: then.asAt, beganAt }
}

/** The plan as a sheet left it, as its readers would have read it then. */
async function composeImported(
  tx: ReadTx,
  plan: Plan,
  target: DigestTarget,
): Promise<DigestContent> {
  const sources = await loadDigestSources(tx, plan)
  const input = digestInput(sources, { previous: null, since: plan.asAt })
  return asImported(composeDigestFor(input, target))
}

/** A digest as what the next one is compared with though nobody was sent it: nothing of it was in any round. Pure. */
export function asImported({ snapshot, ...content }: DigestContent): DigestContent {
  const { programme, workstreams, projects } = snapshot
  const unread = <History extends { readonly rounds: number }>(history: History) => ({
    ...history,
    rounds: 0,
  })
  return {
    ...content,
    basis: 'import',
    snapshot: {
      ...snapshot,
      programme: programme && unread(programme),
      workstreams: workstreams.map(unread),
      projects: projects.map(unread),
    },
  }
}
