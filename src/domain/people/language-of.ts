import { z } from 'zod'
import { inLanguage, type Language, languages } from '../../base/language.ts'
import type { ReadTx } from '../../infra/db.ts'

const known = z.enum(languages).optional().catch(undefined)

/** The language that a person chose; undefined is English, also where a newer version knew another one. */
export function languageOf({
  language,
}: {
  readonly language: string | null
}): Language | undefined {
  return known.parse(language ?? undefined)
}

/**
 * Composes what somebody will read, in the language that they chose. What one person's request says to another is composed
 * so: the request itself is in the language of who makes it.
 */
export async function inLanguageOf<T>(
  tx: ReadTx,
  personId: string,
  compose: () => T | Promise<T>,
): Promise<T> {
  const person = await tx.person.findUnique({
    where: { id: personId },
    select: { language: true },
  })
  return inLanguage(person ? languageOf(person) : undefined, compose)
}
