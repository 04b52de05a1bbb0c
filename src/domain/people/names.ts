import type { ReadTx } from '../../infra/db.ts'

/** What stands in place of the name of a person who was erased. */
export const formerMember = 'a former member'

/** The name of who did something; of a former member where they were erased, or nobody is recorded. */
export function authorName(names: ReadonlyMap<string, string>, id: string | null): string {
  return (id && names.get(id)) || formerMember
}

/** What people are called, by id. */
export async function namesOf(
  tx: ReadTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const people = await tx.person.findMany({ where: { id: { in: [...ids] } } })
  return new Map(people.map(({ id, name }) => [id, name]))
}
