import { z } from 'zod'
import { type Language, languages } from '../../base/language.ts'

const known = z.enum(languages).optional().catch(undefined)

/** The language that a person chose; undefined is English, also where a newer version knew another one. */
export function languageOf({
  language,
}: {
  readonly language: string | null
}): Language | undefined {
  return known.parse(language ?? undefined)
}
