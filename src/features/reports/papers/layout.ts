import { fullDate } from '../../../base/dates.ts'
import type { Paper } from '../../../base/papers/paper.ts'
import type { Audience } from '../../../domain/programme/audience.ts'
import type { PaperSnapshot } from './snapshot.ts'

/** A paper that a board knows. */
export interface PaperLayout {
  /** As it is typed: `paper summary`. */
  readonly key: string
  /** 'Summary sheet'. */
  readonly title: string
  /** What is in it, for help: after its key. */
  readonly about: string
  /** Pure: the same snapshot gives the same paper. */
  compose(snapshot: PaperSnapshot): Paper
}

export const readers: Readonly<Record<Audience, string>> = {
  internal: 'the people of the programme alone',
  board: 'the board',
  public: 'the public',
}

/** What stands below the title of every paper: the day it speaks for, and for whom it is. */
export function factsOf({ plan, reader }: PaperSnapshot): Paper['facts'] {
  return [
    { name: 'Programme', value: `${plan.programme.title} (${plan.programme.key})` },
    { name: 'As at', value: fullDate(plan.asAt) },
    { name: 'For', value: readers[reader] },
  ]
}
