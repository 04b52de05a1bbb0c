import { z } from 'zod'
import { addDays, earlierOf, fromDbDate, weekdays } from '../../base/dates.ts'
import type { ReadTx } from '../../infra/db.ts'
import { languageOf } from './language-of.ts'
import type { Leave, Person } from './person.ts'

/** What to load with a person in order to know when they work. */
export const personInclude = {
  include: {
    patterns: { orderBy: [{ fromDay: 'asc' as const }, { at: 'asc' as const }] },
    leaves: { orderBy: { from: 'asc' as const } },
  },
}

type PatternRow = Awaited<ReturnType<ReadTx['workingPattern']['findMany']>>[number]
type LeaveRow = Awaited<ReturnType<ReadTx['leave']['findMany']>>[number]
export type PersonRow = Awaited<ReturnType<ReadTx['person']['findMany']>>[number] & {
  patterns: PatternRow[]
  leaves: LeaveRow[]
}

const weekdaysSchema = z.array(z.enum(weekdays)).min(1)

/** Maps a stored person, with their working patterns and leave. */
export function personOf(row: PersonRow): Person {
  const { id, name, post, zone, quietFrom, quietTo } = row
  return {
    ...{ id, name, post, zone },
    ...(row.language !== null && { language: languageOf(row) }),
    patterns: row.patterns.map((one) => ({
      from: fromDbDate(one.fromDay),
      weekdays: weekdaysSchema.parse(one.weekdays),
    })),
    leaves: row.leaves.flatMap((one) => leaveOf(one) ?? []),
    quiet: quietFrom !== null && quietTo !== null ? { from: quietFrom, to: quietTo } : null,
  }
}

/** Leave up to the day before the person returned; undefined where it was called off before it began. */
export function leaveOf({ from, to, returnedOn, ...said }: LeaveRow): Leave | undefined {
  const { deputyId, programmeId } = said
  const leave = { from: fromDbDate(from), to: fromDbDate(to), deputyId, programmeId }
  if (returnedOn === null) return leave
  const last = addDays(fromDbDate(returnedOn), -1)
  return last < leave.from ? undefined : { ...leave, to: earlierOf(last, leave.to) }
}

export async function allPersonIds(tx: ReadTx): Promise<string[]> {
  const rows = await tx.person.findMany({ select: { id: true } })
  return rows.map(({ id }) => id)
}

/** Every combination of a zone and quiet hours that somebody has. Grouped there: people are many more. */
export async function sendingHoursOfPeople(
  tx: ReadTx,
): Promise<readonly Pick<Person, 'zone' | 'quiet'>[]> {
  const rows = await tx.person.groupBy({ by: ['zone', 'quietFrom', 'quietTo'] })
  return rows.map(({ zone, quietFrom: from, quietTo: to }) => ({
    zone,
    quiet: from !== null && to !== null ? { from, to } : null,
  }))
}

/** Those of the weekdays that are in somebody's working pattern. */
export async function weekdaysOfPatterns(
  tx: ReadTx,
  weekdays: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.workingPattern.findMany({
    where: { weekdays: { hasSome: [...weekdays] } },
    select: { weekdays: true },
  })
  return new Set(rows.flatMap((row) => row.weekdays))
}

/** @throws where there is no person with that id */
export async function loadPerson(tx: ReadTx, id: string): Promise<Person> {
  return personOf(await tx.person.findUniqueOrThrow({ where: { id }, ...personInclude }))
}
