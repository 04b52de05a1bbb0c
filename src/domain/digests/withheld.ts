import { z } from 'zod'

/** Commentary that a reader may not see: the code that frozen digests keep for it, and what is shown. */

/** Shown in place of withheld words. */
export const withheldText = 'Details are for the programme team'

/** Digests frozen before there was a code have this sentence in place of withheld words. */
const legacyWithheldText = 'Commentary not for this audience'

const withheldCode = z.object({ withheld: z.literal(true) })

const withheld: z.infer<typeof withheldCode> = { withheld: true }

/** What somebody wrote, or the code for words that the digest's readers may not see. */
export const commentary = z.preprocess(
  (value) => (value === legacyWithheldText ? withheld : value),
  z.union([z.string(), withheldCode]),
)
export type Commentary = z.infer<typeof commentary>

/** The words, or the code in their place. Null stays null: that nobody wrote anything is known to every reader. */
export function toCommentary<Text extends string | null>(
  text: Text,
  isReadable: boolean,
): Text | Commentary {
  return text === null || isReadable ? text : withheld
}

export function isWithheldCommentary(
  text: Commentary | null,
): text is z.infer<typeof withheldCode> {
  return typeof text === 'object' && text !== null
}
