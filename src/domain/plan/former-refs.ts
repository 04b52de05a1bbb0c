import { programmesOfPerson } from '../../authority/programme-roles.ts'
import { type CivilDate, fromDbDate, fullDate } from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import type { ReadTx } from '../../infra/db.ts'
import { projectRef } from './fields.ts'
import { parseLife } from './life.ts'

/** A project that had another number once, so that people who still type that one are understood. */
export interface RenumberedProject {
  readonly id: string
  readonly programmeId: string
  /** Its number now. */
  readonly ref: string
  readonly title: string
  /** The day on which it got that. */
  readonly since: CivilDate
  /** Whether the person who asks leads it. */
  readonly isLed: boolean
}

/**
 * The projects that had this number and have another now, in the programmes the person belongs to; those that had it
 * last come first. `key`: of one programme alone.
 */
export async function findRenumbered(
  tx: ReadTx,
  {
    personId,
    ref,
    key,
  }: { readonly personId: string; readonly ref: string; readonly key: string | null },
): Promise<RenumberedProject[]> {
  const programme = key ? { key: { equals: key, mode: 'insensitive' as const } } : {}
  const rows = await tx.planRevision.findMany({
    where: {
      ...{ field: projectRef.key, projectId: { not: null } },
      programme: { AND: [programmesOfPerson(personId), programme] },
    },
    orderBy: { sequence: 'desc' },
    select: { from: true, onDay: true, project: { include: { leads: true } } },
  })
  const revisions = rows.flatMap(({ project, ...row }) => (project ? [{ ...row, project }] : []))
  const had = revisions.filter(({ from }) => fold(String(from)) === fold(ref))
  const projects = new Map(had.map(({ project }) => [project.id, project]))
  return [...projects.values()]
    .filter(
      (project) => fold(project.ref) !== fold(ref) && parseLife(project.life)?.state !== 'removed',
    )
    .flatMap(({ leads, ...project }) => {
      const latest = revisions.find((one) => one.project.id === project.id)
      const isLed = leads.some((lead) => lead.personId === personId)
      return latest ? [{ ...project, since: fromDbDate(latest.onDay), isLed }] : []
    })
}

/**
 * The one that is meant by a number that no project has now: the last that had it. Undefined where several programmes
 * could be meant.
 */
export function meantByFormerRef(
  renumbered: readonly RenumberedProject[],
): RenumberedProject | undefined {
  const isOneProgramme = new Set(renumbered.map(({ programmeId }) => programmeId)).size === 1
  return isOneProgramme ? renumbered[0] : undefined
}

/** "2.1 is 3.4 since Fri 27 Nov 2026." */
export function formerRefRemark(ref: string, { ref: now, since }: RenumberedProject): string {
  return `${ref} is ${now} since ${fullDate(since)}.`
}

/** "2.1 is now Housing. Your project Practice standards is 3.4 since Fri 27 Nov 2026." */
export function reusedRefRemark(ref: string, title: string, led: RenumberedProject): string {
  return `${ref} is now ${title}. Your project ${led.title} is ${led.ref} since ${fullDate(led.since)}.`
}
