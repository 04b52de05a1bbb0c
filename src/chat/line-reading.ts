import type { Actor } from '../base/actor.ts'
import type { CivilDate } from '../base/dates.ts'
import type { ReadTx } from '../infra/db.ts'
import type { Card } from './cards.ts'

/** What a line means that somebody typed in words of their own. */
export type LineReading =
  /** In the plain grammar; the line itself where nothing was to be read otherwise. */
  | { readonly kind: 'line'; readonly line: string }
  /** The form of a command, with what was said filled in. */
  | {
      readonly kind: 'form'
      readonly command: string
      readonly args: Readonly<Record<string, string>>
    }
  /** To be asked first; what would do it is one press away. */
  | { readonly kind: 'question'; readonly card: Card }

export interface TypedLine {
  readonly text: string
  readonly actor: Actor
  readonly today: CivilDate
}

/** Reads a typed line. Never throws Refusal. */
export type LineReader = (tx: ReadTx, line: TypedLine) => Promise<LineReading>
