import { Refusal } from '../../base/errors.ts'
import { findMember } from '../../domain/people/find-member.ts'
import { namesOf } from '../../domain/people/names.ts'
import type { ReadTx } from '../../infra/db.ts'

/**
 * The people whom 'Asha Verity and Ben Okoro' or 'Head of Learning and Skills' names, in that order. The whole text is
 * tried first, since a post may contain "and". @throws Refusal that offers the nearest name
 */
export async function findMembers(
  tx: ReadTx,
  programmeId: string,
  text: string,
): Promise<string[]> {
  const whole = await findMember(tx, [programmeId], text).catch((error: unknown) => {
    if (error instanceof Refusal) return error
    throw error
  })
  if (!(whole instanceof Refusal)) return [whole.id]
  const names = text.split(/\s*(?:[,;&+]|\sand\s)\s*/i).filter(Boolean)
  if (names.length < 2) throw whole
  const ids: string[] = []
  for (const name of names) ids.push((await findMember(tx, [programmeId], name)).id)
  return [...new Set(ids)]
}

/** 'Asha Verity, Ben Okoro', or 'none'. */
export async function formatMembers(tx: ReadTx, ids: readonly string[]): Promise<string> {
  const names = await namesOf(tx, ids)
  return ids.flatMap((id) => names.get(id) ?? []).join(', ') || 'none'
}
