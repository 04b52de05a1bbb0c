import { Refusal } from '../../base/errors.ts'
import { listOf } from '../../base/text.ts'
import type { ReadTx } from '../../infra/db.ts'

/** Somebody whom an operator names in the terminal. */
export interface PersonRef {
  readonly id: string
  readonly name: string
}

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** By their whole name, or by their id where several have it. @throws Refusal where nobody or not one alone is meant */
export async function findPersonByName(tx: ReadTx, named: string): Promise<PersonRef> {
  const text = named.trim()
  const where = idPattern.test(text) ? { id: text } : { name: text }
  const found = await tx.person.findMany({
    where: { ...where, forgottenAt: null },
    select: { id: true, name: true, post: true },
    orderBy: { id: 'asc' },
  })
  const [one, ...others] = found
  if (!one)
    throw new Refusal(`I know nobody called “${named}”. Give the whole name. Nothing was changed.`)
  if (others.length > 0) {
    const each = found.map(({ id, post }) => (post ? `${id} (${post})` : id))
    throw new Refusal(
      `${found.length} people are called “${named}”: ${listOf(each)}. Say which by the id. Nothing was changed.`,
    )
  }
  return { id: one.id, name: one.name }
}
