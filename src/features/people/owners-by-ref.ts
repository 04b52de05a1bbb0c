import { Refusal } from '../../base/errors.ts'
import { setProjectLeads, setWorkstreamOwners } from '../../domain/plan/owners.ts'
import type { Tx } from '../../infra/db.ts'
import type { PeopleFileRow } from './people-file.ts'

/** Who leads or sponsors each ref of the file, in the file's order, and on which row it was said first. */
export class OwnersByRef {
  readonly #byRef = { leads: new Map<string, string[]>(), sponsors: new Map<string, string[]>() }
  readonly #firstRows = new Map<string, number>()

  constructor(people: readonly PeopleFileRow[], ids: ReadonlyMap<PeopleFileRow, string>) {
    for (const person of people) {
      for (const as of ['leads', 'sponsors'] as const) {
        for (const ref of person[as]) {
          const owners = this.#byRef[as].get(ref) ?? []
          this.#byRef[as].set(ref, [...new Set([...owners, ids.get(person) ?? ''])])
          if (!this.#firstRows.has(ref)) this.#firstRows.set(ref, person.row)
        }
      }
    }
  }

  ownersOf(as: 'leads' | 'sponsors', ref: string): readonly string[] {
    return this.#byRef[as].get(ref) ?? []
  }

  count(as: 'leads' | 'sponsors'): number {
    return this.#byRef[as].size
  }

  /** Refs that neither list knows. */
  unknownRefs(known: ReadonlySet<string>): [string, number][] {
    return [...this.#firstRows].filter(([ref]) => !known.has(ref))
  }
}

/** Makes those the leads and sponsors that the file names. @throws Refusal where the plan has no such ref */
export async function replaceOwners(
  tx: Tx,
  programmeId: string,
  owned: OwnersByRef,
): Promise<void> {
  const [workstreams, projects] = [
    await tx.workstream.findMany({ where: { programmeId }, select: { id: true, ref: true } }),
    await tx.project.findMany({ where: { programmeId }, select: { id: true, ref: true } }),
  ]
  const [unknown] = owned.unknownRefs(new Set([...workstreams, ...projects].map(({ ref }) => ref)))
  if (unknown) {
    throw new Refusal(
      `Row ${unknown[1]}: the plan has no workstream or project ${unknown[0]}. Nothing was changed.`,
    )
  }
  for (const { id: workstreamId, ref } of workstreams) {
    for (const [as, role] of [
      ['leads', 'lead'],
      ['sponsors', 'sponsor'],
    ] as const) {
      const people = owned.ownersOf(as, ref)
      if (people.length === 0) continue
      await setWorkstreamOwners(tx, workstreamId, role, people)
    }
  }
  for (const { id: projectId, ref } of projects) {
    const people = owned.ownersOf('leads', ref)
    if (people.length === 0) continue
    await setProjectLeads(tx, projectId, people)
  }
}
