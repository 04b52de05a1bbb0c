import { type CivilDate, civilDate, fromDbDate, laterOf, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Prisma, ReadTx } from '../../infra/db.ts'
import type { DomainContext, ReadContext } from '../context.ts'
import { recordConfirmation } from '../plan/confirmations.ts'
import { requirePersonId } from '../plan/lookup.ts'
import type { Plan } from '../plan/plan.ts'
import { loadRecentPlan } from '../plan/store.ts'
import { lockProgramme } from '../programme/lock.ts'
import { changeSetting } from '../programme/settings-store.ts'
import { type RollUpPolicy, rollUpChangesSetting } from '../scheme/roll-up-settings.ts'
import type { OverrideRow } from './overrides.ts'
import { type RollUp, rollUpPlan } from './rules.ts'

export interface RollUpSnapshot {
  readonly plan: Plan
  readonly rollUp: RollUp
  /** The whole history, whatever the day. */
  readonly overrides: readonly OverrideRow[]
}

/** A programme's plan and its colours as at the end of a day. @throws Refusal where there is no such programme. */
export async function loadRollUp(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<RollUpSnapshot> {
  const plan = await loadRecentPlan(tx, programmeId, asAt)
  const overrides = await overridesOf(tx, programmeId)
  return { plan, overrides, rollUp: rollUpPlan(plan, overrides) }
}

type OverrideDbRow = Prisma.RollUpOverrideGetPayload<{ include: { confirmation: true } }>

/** The whole history of overrides, oldest first. */
export async function overridesOf(tx: ReadTx, programmeId: string): Promise<OverrideRow[]> {
  const rows = await tx.rollUpOverride.findMany({
    where: { programmeId },
    include: { confirmation: true },
    orderBy: [{ onDay: 'asc' }, { at: 'asc' }, { id: 'asc' }],
  })
  return rows.map(overrideOf)
}

function overrideOf(row: OverrideDbRow): OverrideRow {
  const { id, workstreamId, state, reason, byId, at, confirmation } = row
  return {
    ...{ id, workstreamId, state, reason, byId, at },
    onDay: fromDbDate(row.onDay),
    confirmation: confirmation && {
      byId: confirmation.byId,
      onDay: fromDbDate(confirmation.onDay),
      at: confirmation.at,
    },
  }
}

/** What an override is of: a workstream, or the programme itself. */
export interface RollUpScope {
  readonly programmeId: string
  readonly workstreamId: string | null
}

export interface OverrideInput extends RollUpScope {
  /** Key of a state; null ends the override there is. */
  readonly state: string | null
  readonly reason: string
}

/** Appends to the history. A state that is set counts only when somebody else has confirmed it. */
export async function recordOverride(context: DomainContext, asked: OverrideInput): Promise<void> {
  const { tx, actor, now, place } = context
  const { programmeId, workstreamId, state, reason } = asked
  await lockProgramme(tx, programmeId)
  await tx.rollUpOverride.create({
    data: {
      ...{ id: newId(), programmeId, workstreamId, state, reason },
      byId: requirePersonId(actor),
      source: place.platform,
      onDay: toDbDate(await overrideDay(context, asked)),
      at: now,
    },
  })
}

/** False where it was confirmed already. */
export async function confirmOverride(
  context: DomainContext,
  place: RollUpScope,
  id: string,
): Promise<boolean> {
  await lockProgramme(context.tx, place.programmeId)
  return recordConfirmation(context, { overrideId: id }, await overrideDay(context, place))
}

/**
 * The person's day, or the last day of this history where that is later: in New York it may still be the day before the
 * one on which somebody in London set the override that is confirmed.
 */
export async function overrideDay(
  { tx, today }: ReadContext,
  { programmeId, workstreamId }: RollUpScope,
): Promise<CivilDate> {
  const { _max: last } = await tx.rollUpOverride.aggregate({
    where: { programmeId, workstreamId },
    _max: { onDay: true },
  })
  const { _max: lastConfirmed } = await tx.confirmation.aggregate({
    where: { override: { programmeId, workstreamId } },
    _max: { onDay: true },
  })
  const days = [last.onDay, lastConfirmed.onDay].flatMap((date) => (date ? [fromDbDate(date)] : []))
  return [today, ...days].sort().at(-1) ?? today
}

/** Changes the policy from the person's day on; earlier days keep the policy they had. */
export async function changePolicy(
  context: DomainContext,
  programmeId: string,
  policy: RollUpPolicy,
): Promise<void> {
  const { actor, today } = context
  await changeSetting(context, programmeId, rollUpChangesSetting, (changes) => {
    const last = changes.at(-1)?.onDay
    const onDay = last ? laterOf(civilDate(last), today) : today
    const change = { ...policy, onDay, byId: requirePersonId(actor) }
    return [...changes, change]
  })
}
