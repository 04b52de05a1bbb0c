import type { Tx } from '../../infra/db.ts'

/** What people are called, by id. */
export async function namesOf(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const people = await tx.person.findMany({ where: { id: { in: [...ids] } } })
  return new Map(people.map(({ id, name }) => [id, name]))
}
