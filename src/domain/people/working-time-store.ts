import { type CivilDate, toDbDate, type Weekday } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Language } from '../../base/language.ts'
import type { Tx } from '../../infra/db.ts'
import type { DomainContext } from '../context.ts'

/** Writes when people work: their weekdays, quiet hours, zone and leave. */

/** From today on the person works on these weekdays. */
export async function storeWorkingPattern(
  { tx, now, today, place }: DomainContext,
  personId: string,
  weekdays: readonly Weekday[],
): Promise<void> {
  await tx.workingPattern.create({
    data: {
      ...{ id: newId(), personId, weekdays: [...weekdays], fromDay: toDbDate(today) },
      ...{ source: place.platform, at: now },
    },
  })
}

/** Wall times "HH:MM" in the person's zone; null ends them. */
export async function setQuietHours(
  tx: Tx,
  personId: string,
  hours: { readonly from: string; readonly to: string } | null,
): Promise<void> {
  const data = { quietFrom: hours?.from ?? null, quietTo: hours?.to ?? null }
  await tx.person.update({ where: { id: personId }, data })
}

/** `zone`: an IANA zone. */
export async function changeZone(tx: Tx, personId: string, zone: string): Promise<void> {
  await tx.person.update({ where: { id: personId }, data: { zone } })
}

/** English is what everybody reads who chose nothing. */
export async function changeLanguage(tx: Tx, personId: string, language: Language): Promise<void> {
  await tx.person.update({ where: { id: personId }, data: { language } })
}

export interface NewLeave {
  readonly personId: string
  readonly from: CivilDate
  /** The last day of it. */
  readonly to: CivilDate
  readonly deputyId: string | null
  /** The programme whose office says so, where it then counts alone; null for the person themselves. */
  readonly programmeId: string | null
}

/** `byId`: who says so, the person or the programme office for them. */
export async function storeLeave(
  { tx, now, place }: DomainContext,
  { from, to, ...leave }: NewLeave,
  byId: string,
): Promise<void> {
  await tx.leave.create({
    data: {
      ...{ id: newId(), ...leave, from: toDbDate(from), to: toDbDate(to) },
      ...{ byId, source: place.platform, at: now },
    },
  })
}

/**
 * Ends the leave of that programme (null: the person's own) that begins on `from` as of today, or before it began; what
 * was said meanwhile stays.
 */
export async function endLeave(
  { tx, now, today }: DomainContext,
  { personId, from, programmeId }: Pick<NewLeave, 'personId' | 'from' | 'programmeId'>,
  returnedById: string,
): Promise<void> {
  const returnedOn = from > today ? from : today
  await tx.leave.updateMany({
    where: { personId, programmeId, from: toDbDate(from), returnedOn: null },
    data: { returnedOn: toDbDate(returnedOn), returnedById, returnedAt: now },
  })
}

export interface DeputyChange {
  /** The leaves in question. */
  readonly leaveIds: readonly string[]
  readonly from: string
  readonly to: string
}

/** In leave of which one person is the deputy, the other is from now on. Nobody is their own: that leave has none. */
export async function replaceDeputy(tx: Tx, { leaveIds, from, to }: DeputyChange): Promise<void> {
  const theirs = { id: { in: [...leaveIds] }, deputyId: from }
  await tx.leave.updateMany({ where: { ...theirs, personId: to }, data: { deputyId: null } })
  await tx.leave.updateMany({ where: { ...theirs, personId: { not: to } }, data: { deputyId: to } })
}

/** Takes replaceDeputy back, of leave that nobody has given another deputy since. */
export async function restoreDeputy(tx: Tx, { leaveIds, from, to }: DeputyChange): Promise<void> {
  await tx.leave.updateMany({
    where: { id: { in: [...leaveIds] }, OR: [{ deputyId: to }, { deputyId: null, personId: to }] },
    data: { deputyId: from },
  })
}
