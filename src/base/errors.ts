/**
 * Something the person did not expect, in words for that person: what happened, what was kept, what to do.
 * Anything thrown that is not a Refusal is a fault of ours: it is logged whole and shown as a short apology.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** Messages for the fields of a form, by the name of the input. Empty where the whole request is refused. */
  readonly fields: Readonly<Record<string, string>>

  constructor(message: string, fields: Record<string, string> = {}) {
    super(message)
    this.fields = fields
  }
}

/** A refusal of what was filled in, with the problem of each field. Throw it before anything is stored. */
export function fieldRefusal(
  problems: Readonly<Record<string, string>>,
  ending = 'Nothing was saved.',
): Refusal {
  const sentences = [...Object.values(problems), ending].filter(Boolean)
  return new Refusal(sentences.join(' '), { ...problems })
}

/** Why a fetch failed: its message says only "fetch failed", its cause ENOTFOUND or ECONNREFUSED. Names no token. */
export function fetchErrorText(error: unknown): string {
  return messageOf(error instanceof Error && error.cause instanceof Error ? error.cause : error)
}

/** The message of anything thrown, for a log line. Never shown to a person. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
