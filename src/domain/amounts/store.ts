import { archivedAmong } from '../../authority/members.ts'
import { archivedRefusal } from '../../authority/refusals.ts'
import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { Prisma, type ReadTx, type Tx } from '../../infra/db.ts'
import type { DomainContext } from '../context.ts'
import { lockPerson } from '../people/lock.ts'
import { requirePersonId } from '../plan/lookup.ts'
import { lockProgramme } from '../programme/lock.ts'
import { usedUpText } from './format.ts'
import {
  type Allowance,
  longestAmountMs,
  personAmounts,
  programmeAmounts,
  type UsedUp,
  usedUp,
} from './rules.ts'

export interface NotifyingRequest {
  /** Where others hear of it; null where it belongs to no programme. */
  readonly programmeId: string | null
  readonly allowance: Allowance
}

/**
 * Counts a request by which others hear something, in its transaction: one that is refused, or repeated by the platform,
 * does not count. Requests of the same programme or person wait for each other, on whichever replica they are.
 * @throws Refusal where the person or the programme has used up an amount, or the programme is archived
 */
export async function countNotifyingRequest(
  { tx, now, actor }: DomainContext,
  { programmeId, allowance }: NotifyingRequest,
): Promise<void> {
  const personId = requirePersonId(actor)
  // Always in this order, so that no two requests wait for each other.
  if (programmeId) {
    await lockProgramme(tx, programmeId)
    if ((await archivedAmong(tx, [programmeId])).size > 0) throw archivedRefusal()
  }
  await lockPerson(tx, personId)
  const own = await momentsOf(tx, { personId, allowance }, now)
  const ownUsedUp = usedUp(own, personAmounts[allowance], now)
  if (ownUsedUp) throw new Refusal(usedUpText(ownUsedUp, undefined, actor.zone))
  if (programmeId) {
    const usedUpByAll = usedUp(await momentsOf(tx, { programmeId }, now), programmeAmounts, now)
    if (usedUpByAll) {
      const { title } = await tx.programme.findUniqueOrThrow({ where: { id: programmeId } })
      throw new Refusal(usedUpText(usedUpByAll, title, actor.zone))
    }
  }
  await tx.notifyingRequest.create({
    data: { id: newId(), personId, programmeId, allowance, at: now },
  })
}

async function momentsOf(
  tx: ReadTx,
  where: Prisma.NotifyingRequestWhereInput,
  now: Date,
): Promise<Date[]> {
  const rows = await tx.notifyingRequest.findMany({
    where: { ...where, at: { gt: new Date(now.getTime() - longestAmountMs) } },
    select: { at: true },
  })
  return rows.map(({ at }) => at)
}

/** Somebody who may have others hear no more for now. */
export interface BrakedPerson {
  readonly personId: string
  readonly name: string
  readonly usedUp: UsedUp
  /** Of the programmes in which others heard it. */
  readonly programmeIds: readonly string[]
}

/** Who has used up an amount of their own at this moment. */
export async function loadBrakedPeople(tx: ReadTx, now: Date): Promise<BrakedPerson[]> {
  const rows = await tx.notifyingRequest.findMany({
    where: { at: { gt: new Date(now.getTime() - longestAmountMs) } },
    select: { personId: true, programmeId: true, allowance: true, at: true },
    orderBy: { at: 'asc' },
  })
  const people: BrakedPerson[] = []
  for (const theirs of Map.groupBy(
    rows,
    ({ personId, allowance }) => `${personId} ${allowance}`,
  ).values()) {
    const [first] = theirs
    if (!first) continue
    const amounts = personAmounts[first.allowance === 'office' ? 'office' : 'member']
    const found = usedUp(
      theirs.map(({ at }) => at),
      amounts,
      now,
    )
    if (!found) continue
    const { personId } = first
    const { name } = await tx.person.findUniqueOrThrow({ where: { id: personId } })
    const programmeIds = [...new Set(theirs.flatMap(({ programmeId }) => programmeId ?? []))]
    people.push({ personId, name, usedUp: found, programmeIds })
  }
  return people
}

/** Whether anybody has had others hear something lately, or it is to be deleted. */
export const isAnyRequestCounted = Prisma.sql`EXISTS (SELECT FROM "NotifyingRequest")`

/** Deletes what counts no more. Returns how many. */
export async function purgeNotifyingRequests(tx: Tx, now: Date): Promise<number> {
  const { count } = await tx.notifyingRequest.deleteMany({
    where: { at: { lt: new Date(now.getTime() - longestAmountMs) } },
  })
  return count
}
