import { programmesOfPerson } from '../../authority/programme-roles.ts'
import { type CivilDate, fromDbDate } from '../../base/dates.ts'
import type { ReadTx } from '../../infra/db.ts'
import { type Scheme, schemeOf } from '../scheme/schemes.ts'
import { parseLife } from './life.ts'
import { planOrder } from './plan-order.ts'
import { programmesOf } from './store.ts'

/** What a typed line may name of the programmes that a person belongs to. */
export interface PlanWords {
  readonly projects: readonly NamedProject[]
  /** Whole names. */
  readonly people: readonly string[]
  readonly schemes: readonly Scheme[]
}

export interface NamedProject {
  /** As the person would type it: with the programme's key where they are in several. */
  readonly ref: string
  readonly title: string
  readonly isMine: boolean
  /** Those that are in the plan, in its order. */
  readonly milestones: readonly NamedMilestone[]
}

export interface NamedMilestone {
  readonly position: number
  readonly text: string
  readonly due: CivilDate | null
  readonly isOpen: boolean
}

/** Three statements, whose rows grow with the size of the plan and not with its history. */
export async function loadPlanWords(tx: ReadTx, personId: string): Promise<PlanWords> {
  const programmes = await programmesOf(tx, personId)
  const keyOf = new Map(programmes.map(({ id, key }) => [id, key]))
  const projects = await tx.project.findMany({
    where: { programme: programmesOfPerson(personId) },
    select: {
      ...{ ref: true, title: true, life: true, programmeId: true },
      leads: { select: { personId: true } },
      milestones: {
        where: { isRemoved: false },
        select: { number: true, about: true, due: true, doneOn: true },
        orderBy: { number: 'asc' },
      },
    },
    orderBy: planOrder,
  })
  const people = await tx.person.findMany({
    where: { memberships: { some: { programme: programmesOfPerson(personId) } } },
    select: { name: true },
  })
  return {
    projects: projects
      .filter(({ life }) => parseLife(life)?.state !== 'removed')
      .map(({ ref, title, leads, milestones, programmeId }) => ({
        ref: programmes.length > 1 ? `${keyOf.get(programmeId) ?? ''}/${ref}` : ref,
        title,
        isMine: leads.some((lead) => lead.personId === personId),
        milestones: milestones.map(({ number, about, due, doneOn }) => ({
          position: number,
          text: about,
          due: due && fromDbDate(due),
          isOpen: doneOn === null,
        })),
      })),
    people: people.map(({ name }) => name),
    schemes: programmes.map(({ settings }) => schemeOf(settings)),
  }
}
