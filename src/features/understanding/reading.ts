import type { CivilDate } from '../../base/dates.ts'
import type { PlanWords } from '../../domain/plan/vocabulary-store.ts'

/** What a line means. */
export type Reading = LineReading | FormReading | Question | Confirmation

/** Done as it stands. */
export interface LineReading {
  readonly kind: 'line'
  readonly line: string
}

/** Done once its author agrees that they meant it. */
export interface Confirmation {
  readonly kind: 'confirmation'
  /** In the plain grammar. */
  readonly line: string
  /** What would be saved, for its author to read. */
  readonly shown: readonly string[]
}

/** The form of a command, with what was said filled in. */
export interface FormReading {
  readonly kind: 'form'
  readonly command: string
  readonly args: Readonly<Record<string, string>>
}

/** What has to be asked first, with the answers that are one press away. */
export interface Question {
  readonly kind: 'question'
  /** For programs and tests: what is asked. */
  readonly about:
    | 'command'
    | 'day'
    | 'greeting'
    | 'milestone'
    | 'project'
    | 'reason'
    | 'state'
    | 'thanks'
    | 'whom'
    | 'zone'
  readonly text: string
  readonly answers: readonly Answer[]
}

export interface Answer {
  readonly title: string
  /** In the plain grammar. */
  readonly line: string
}

/** What the programmes of the person who writes are made of, as far as a line may name it. */
export interface Vocabulary extends Pick<PlanWords, 'projects' | 'people'> {
  /** Labels and keys of the states, in small letters, each with the word of the plain grammar. */
  readonly states: ReadonlyMap<string, string>
}

export interface UnderstandingContext {
  readonly today: CivilDate
  readonly vocabulary: Vocabulary
}

/** Undefined: the rule has nothing to say of the line. */
export type Rule = (line: string, context: UnderstandingContext) => Reading | undefined

export const lineReading = (line: string): LineReading => ({ kind: 'line', line })

export const question = (
  about: Question['about'],
  text: string,
  answers: readonly Answer[] = [],
): Question => ({ kind: 'question', about, text, answers })
