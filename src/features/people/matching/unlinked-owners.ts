import { listOf } from '../../../base/text.ts'
import type { NamedOwner } from '../../../domain/people/name-match.ts'
import type { ReadTx } from '../../../infra/db.ts'

/** Somebody of a programme who has no account, with what they answer for. */
export interface UnlinkedOwner extends NamedOwner {
  /** "Ben Okoro (2.1 and 2.3)". */
  readonly title: string
}

/** More numbers would not be read. */
const maxRefs = 4

/** Everybody in the programme without an account in chat, owners first, in the order of the plan. */
export async function loadUnlinkedOwners(
  tx: ReadTx,
  programmeId: string,
): Promise<UnlinkedOwner[]> {
  const here = { programmeId }
  const byPosition = { orderBy: { position: 'asc' as const } }
  const rows = await tx.person.findMany({
    where: {
      identities: { none: {} },
      forgottenAt: null,
      OR: [
        { memberships: { some: here } },
        { projects: { some: { project: here } } },
        { workstreams: { some: { workstream: here } } },
      ],
    },
    select: {
      ...{ id: true, name: true },
      projects: {
        where: { project: here },
        select: { project: { select: { ref: true, position: true } } },
      },
      workstreams: {
        where: { workstream: here },
        select: { workstream: { select: { ref: true, position: true } } },
        ...byPosition,
      },
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  const owners = rows.map(({ id, name, projects, workstreams }) => {
    const led = projects
      .map(({ project }) => project)
      .toSorted((one, other) => one.position - other.position)
    const inWorkstreams = workstreams.map(({ workstream }) => `workstream ${workstream.ref}`)
    const refs = [...new Set([...inWorkstreams, ...led.map(({ ref }) => ref)])]
    return { id, name, title: titleOf(name, refs), position: led[0]?.position ?? refs.length * -1 }
  })
  const isOwner = ({ name, title }: { name: string; title: string }) => name !== title
  return owners.toSorted(
    (one, other) => Number(isOwner(other)) - Number(isOwner(one)) || one.position - other.position,
  )
}

function titleOf(name: string, refs: readonly string[]): string {
  if (refs.length === 0) return name
  const rest = refs.length - maxRefs
  const shown = rest > 1 ? [...refs.slice(0, maxRefs), `${rest} more`] : refs
  return `${name} (${listOf(shown)})`
}
