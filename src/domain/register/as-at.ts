import type { CivilDate } from '../../base/dates.ts'
import type { Closing, Entry, Reopening, Review, ReviewedFields } from './entry.ts'

/** What an entry was on a day: a review, a closing or a reopening on a later day changes nothing of it. */

/** The review that counts at the end of a day; undefined where none had been made, or all were taken back. */
function reviewAsAt({ reviews }: Entry, asAt: CivilDate): Review | undefined {
  return reviews.findLast(
    ({ onDay, withdrawnOn }) => onDay <= asAt && (withdrawnOn === null || withdrawnOn > asAt),
  )
}

/** The entry with its owner, rating and days as at the end of a day. */
export function entryAsAt<Kind extends Entry>(entry: Kind, asAt: CivilDate): Kind {
  const review = reviewAsAt(entry, asAt)
  return review ? { ...entry, ...fieldsOfKind(entry, review) } : entry
}

/** Those of a review's fields that an entry of this kind has. */
function fieldsOfKind(entry: Entry, review: ReviewedFields): Partial<ReviewedFields> {
  const { mitigation, score, proximity, neededBy, ownerId, reviewOn } = review
  switch (entry.kind) {
    case 'risk':
      return {
        ...{ mitigation, score, proximity, ownerId, reviewOn },
        state: review.state ?? entry.state,
      }
    case 'issue':
      return { mitigation, ownerId, reviewOn, state: review.state ?? entry.state }
    case 'action':
      return { ownerId, neededBy }
    case 'decision':
      return { neededBy }
    default:
      return {}
  }
}

/** What a review of an entry begins from: its fields as they stand. */
export function reviewedFieldsOf(entry: Entry): ReviewedFields {
  const none = { mitigation: null, state: null, score: null, proximity: null }
  const fields = { ...none, neededBy: null, ownerId: null, reviewOn: null }
  switch (entry.kind) {
    case 'risk': {
      const { mitigation, state, score, proximity, ownerId, reviewOn } = entry
      return { ...fields, mitigation, state, score, proximity, ownerId, reviewOn }
    }
    case 'issue': {
      const { mitigation, state, ownerId, reviewOn } = entry
      return { ...fields, mitigation, state, ownerId, reviewOn }
    }
    case 'action':
      return { ...fields, ownerId: entry.ownerId, neededBy: entry.neededBy }
    case 'decision':
      return { ...fields, neededBy: entry.neededBy }
    default:
      return fields
  }
}

/** How the entry had ended by the end of a day; null where it was open then. */
export function closingAsAt(
  { closing, reopenings }: Pick<Entry, 'closing' | 'reopenings'>,
  asAt: CivilDate,
): Closing | null {
  const ended = reopenings.find(
    (reopening) => reopening.closing.onDay <= asAt && asAt < reopening.onDay,
  )
  if (ended) return ended.closing
  return closing && closing.onDay <= asAt ? closing : null
}

/** The last time by the end of a day that it was opened again; undefined where it never was. */
export function reopeningAsAt(
  { reopenings }: Pick<Entry, 'reopenings'>,
  asAt: CivilDate,
): Reopening | undefined {
  return reopenings.findLast(({ onDay }) => onDay <= asAt)
}
