import { fullDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
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
  /** What one has to be named for it: 'a project or a workstream'. Left out: it is about the whole programme. */
  readonly subject?: string
  /** Of one with a subject: the first of the plan, with which the office's Word file is tried; undefined where there is none. */
  firstSubject?(snapshot: PaperSnapshot): string | undefined
  /** It shows the ratings of earlier months, for each of which the plan is read once more. */
  readonly showsMonths?: boolean
  /** It says what was promised at the last meeting, for which the plan is read as at that day. */
  readonly showsMeeting?: boolean
  /** Pure: the same snapshot gives the same paper. @throws Refusal where there is no such subject */
  compose(snapshot: PaperSnapshot, subject: string): Paper
}

/** @throws Refusal where a subject is missing, or named for a paper about the whole programme */
export function composePaper(layout: PaperLayout, snapshot: PaperSnapshot, about?: string): Paper {
  const { key, title, subject } = layout
  if (subject === undefined && about !== undefined) {
    throw new Refusal(
      `${title} is about the whole programme: leave “about” out. Nothing was written.`,
    )
  }
  if (subject !== undefined && about === undefined) {
    throw new Refusal(
      `${title} is about ${subject}: say which, as “${key} about 2.1”. Nothing was written.`,
    )
  }
  return layout.compose(snapshot, about ?? '')
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
