import { type CivilDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import { sourceOf } from '../../base/request-context.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import type { DomainContext } from '../context.ts'
import { type MoneyKey, moneyKeys } from '../plan/attributes/money.ts'
import { loadAttributesAt } from '../plan/attributes/store.ts'
import { requirePersonId } from '../plan/lookup.ts'
import type { Plan } from '../plan/plan.ts'
import { type Withdrawal, withdrawalColumns } from '../plan/withdrawal.ts'
import { type Money, type MoneyFigures, moneyOf } from './rules.ts'

/** Money of projects is among their attributes (domain/plan/attributes/money.ts); that of workstreams is kept here. */

/** The figures of a programme at the end of a day. */
export async function loadMoney(tx: ReadTx, programmeId: string, asAt: CivilDate): Promise<Money> {
  const values = await loadAttributesAt(tx, programmeId, moneyKeys, asAt)
  return {
    projects: new Map([...values].map(([id, one]) => [id, moneyOf(one)])),
    workstreams: await loadWorkstreamMoney(tx, programmeId, asAt),
  }
}

/** The same of a plan that was read: its projects have theirs. */
export async function loadMoneyOfPlan(
  tx: ReadTx,
  { programme, projects, asAt }: Pick<Plan, 'programme' | 'projects' | 'asAt'>,
): Promise<Money> {
  return {
    projects: new Map(projects.map(({ id, attributes }) => [id, moneyOf(attributes)])),
    workstreams: await loadWorkstreamMoney(tx, programme.id, asAt),
  }
}

/** What was said of workstreams themselves, by their ids. */
export async function loadWorkstreamMoney(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<Money['workstreams']> {
  const rows = await tx.workstreamMoney.findMany({
    where: {
      workstream: { programmeId },
      onDay: { lte: toDbDate(asAt) },
      OR: [{ withdrawnOn: null }, { withdrawnOn: { gt: toDbDate(asAt) } }],
    },
    orderBy: [{ onDay: 'asc' }, { at: 'asc' }, { id: 'asc' }],
  })
  const workstreams = new Map<string, MoneyFigures>()
  // Of each figure the last one counts.
  for (const { workstreamId, ...figures } of rows)
    workstreams.set(workstreamId, { ...workstreams.get(workstreamId), ...moneyOf(figures) })
  return workstreams
}

/** Appends what was said of a workstream's money as at the person's day, and gives its id. */
export async function appendWorkstreamMoney(
  { tx, actor, now, today, ...asked }: DomainContext,
  workstreamId: string,
  figures: Readonly<Partial<Record<MoneyKey, string>>>,
): Promise<string> {
  const id = newId()
  const provenance = { byId: requirePersonId(actor), source: sourceOf(asked), at: now }
  await tx.workstreamMoney.create({
    data: { id, workstreamId, ...figures, ...provenance, onDay: toDbDate(today) },
  })
  return id
}

/** What was said of a workstream's money and still stands. */
export interface StandingMoney {
  readonly id: string
  readonly programmeId: string
  readonly workstream: string
  readonly byId: string | null
  /** UTC. */
  readonly at: Date
}

export function findStandingMoney(tx: ReadTx, programmeIds: readonly string[], id: string) {
  return firstMoney(tx, programmeIds, { id })
}

export function latestMoneyBy(
  tx: ReadTx,
  programmeIds: readonly string[],
  byId: string,
  since: Date,
) {
  return firstMoney(tx, programmeIds, { byId, at: { gte: since } })
}

async function firstMoney(
  tx: ReadTx,
  programmeIds: readonly string[],
  where: { readonly id: string } | { readonly byId: string; readonly at: { readonly gte: Date } },
): Promise<StandingMoney | undefined> {
  const row = await tx.workstreamMoney.findFirst({
    where: { ...where, withdrawnOn: null, workstream: { programmeId: { in: [...programmeIds] } } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    include: { workstream: true },
  })
  if (!row) return undefined
  const { id, byId, at, workstream } = row
  const { programmeId, ref, title } = workstream
  return { id, byId, at, programmeId, workstream: `Workstream ${ref} ${title}` }
}

/** Takes it back: from that day on the figures before it count. False where somebody has at the same moment. */
export async function withdrawMoney(tx: Tx, id: string, withdrawal: Withdrawal): Promise<boolean> {
  const { count } = await tx.workstreamMoney.updateMany({
    where: { id, withdrawnOn: null },
    data: withdrawalColumns(withdrawal),
  })
  return count > 0
}
