import type { Tx } from '../../infra/db.ts'

/** The name of who did something; 'a former member' for who was erased, and where nobody is recorded. */
export function authorName(names: ReadonlyMap<string, string>, id: string | null): string {
  return (id && names.get(id)) || 'a former member'
}

/** What people are called, by id. */
export async function namesOf(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const people = await tx.person.findMany({ where: { id: { in: [...ids] } } })
  return new Map(people.map(({ id, name }) => [id, name]))
}
