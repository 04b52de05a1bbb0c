import type { State } from '../../../domain/scheme/schemes.ts'

/** The summary sheet of W17, as plain rows: how it is written, in which file, is another matter. */
export interface Summary {
  readonly title: string
  readonly headings: readonly string[]
  readonly rows: readonly SummaryRow[]
}

export type SummaryRow =
  | { readonly kind: 'workstream'; readonly ref: string; readonly title: string }
  | {
      readonly kind: 'project'
      readonly ref: string
      readonly title: string
      readonly state: State
      /** As its cell says it. */
      readonly rating: string
      readonly commentary: string
      readonly months: readonly [string, string]
    }
  /** What a colour means, below the table. */
  | { readonly kind: 'key'; readonly state: State; readonly rating: string; readonly text: string }
  | { readonly kind: 'footer'; readonly text: string }
