/**
 * What a person did not expect, in words for that person: what happened, what was kept, what to do.
 * Anything thrown that is not a Refusal is a fault of ours: it is logged whole and shown as a short apology.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** Messages for the fields of a form, by the name of the input. Empty where the whole is refused. */
  readonly fields: Readonly<Record<string, string>>

  constructor(message: string, fields: Record<string, string> = {}) {
    super(message)
    this.fields = fields
  }
}

/** The message of anything thrown, for a log line. Never shown to a person. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
