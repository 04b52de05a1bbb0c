import { isDeepStrictEqual } from 'node:util'
import type { CivilDate } from '../../base/dates.ts'
import type { Scheme } from '../scheme/schemes.ts'
import { reviewedFieldsOf } from './as-at.ts'
import type { Entry, ReviewedFields } from './entry.ts'
import { parseDayAhead, parseRating } from './entry-rules.ts'

/** What a review says of an entry: absent what stays as it is, '' what is taken away. */
export interface ReviewTexts {
  readonly rating?: string | undefined
  readonly score?: string | undefined
  readonly mitigation?: string | undefined
  readonly proximity?: string | undefined
  readonly owner?: string | undefined
  readonly date?: string | undefined
  readonly review?: string | undefined
}
export type ReviewInput = keyof ReviewTexts

/** What may be reviewed of each kind: a dependency and a headline say one thing, and are closed and added anew. */
export const reviewInputs = {
  risk: ['rating', 'score', 'mitigation', 'proximity', 'owner', 'review'],
  issue: ['rating', 'mitigation', 'owner', 'review'],
  action: ['owner', 'date'],
  decision: ['date'],
} as const satisfies Partial<Record<Entry['kind'], readonly ReviewInput[]>>

export type ReviewedKind = keyof typeof reviewInputs
export const reviewedKinds = Object.keys(reviewInputs) as readonly ReviewedKind[]

export function inputsOf({ kind }: Pick<Entry, 'kind'>): readonly ReviewInput[] {
  return kind in reviewInputs ? reviewInputs[kind as ReviewedKind] : []
}

export interface ReviewCheck {
  readonly scheme: Scheme
  readonly today: CivilDate
  /** Whom `owner` means; null where none is named. */
  readonly ownerId: string | null
  readonly reason: string | undefined
}

export type ReviewResult =
  | { readonly ok: true; readonly fields: ReviewedFields }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

/** The fields of an entry after a review. Another rating or day needs a reason, as an update and a move do. Pure. */
export function applyReview(
  entry: Entry,
  texts: ReviewTexts,
  { scheme, today, ownerId, reason }: ReviewCheck,
): ReviewResult {
  const before = reviewedFieldsOf(entry)
  const problems: Record<string, string> = strangeInputs(entry, texts)
  const { rating, score, mitigation, proximity, owner, date, review } = texts
  const isRated = Boolean(rating || score)
  const rated = isRated ? parseRating({ rating, score }, scheme, problems) : undefined
  const neededBy =
    date === undefined ? before.neededBy : parseDayAhead(date, 'date', today, problems)
  const reviewOn =
    review === undefined ? before.reviewOn : parseDayAhead(review, 'review', today, problems)
  const isLookedAtLate = before.reviewOn !== null && before.reviewOn <= today
  if (isLookedAtLate && !review) problems.review ??= nextLookText
  if (entry.kind === 'action' && neededBy === null) problems.date ??= 'Say by when: “due 30 Jun”.'
  if (owner !== undefined && ownerId === null) problems.owner ??= 'Say whose it is.'
  const fields: ReviewedFields = {
    mitigation: mitigation === undefined ? before.mitigation : mitigation || null,
    proximity: proximity === undefined ? before.proximity : proximity || null,
    state: rated ? rated.state.key : before.state,
    score: rated ? rated.score : before.score,
    neededBy: neededBy ?? null,
    ownerId: owner === undefined ? before.ownerId : ownerId,
    reviewOn: reviewOn ?? null,
  }
  const needsReason = fields.state !== before.state || fields.neededBy !== before.neededBy
  if (needsReason && !reason) problems.reason = 'Say why, in a few words: “because …”.'
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  const isSame = isDeepStrictEqual(fields, before)
  if (isSame && !reason) return { ok: false, problems: { reason: nothingSaidText } }
  return { ok: true, fields }
}

const nextLookText = 'Say when it is looked at again: “review by 30 Jun”, or close it.'

const nothingSaidText =
  'Say what changed: its rating, owner or day. If nothing did, say so: “because nothing changed”.'

/** What was said that this kind does not have. */
function strangeInputs(entry: Entry, texts: ReviewTexts): Record<string, string> {
  const known = inputsOf(entry)
  const said = Object.entries(texts).flatMap(([input, text]) => (text ? [input] : []))
  const strange = said.filter((input) => !known.some((one) => one === input))
  return Object.fromEntries(strange.map((input) => [input, strangeTexts[input] ?? '']))
}

const strangeTexts: Readonly<Record<string, string>> = {
  rating: 'Only risks and issues are rated.',
  score: 'Only risks have a likelihood and an impact.',
  owner: 'Only risks, issues and actions have an owner.',
  date: 'Only actions and decisions have a day by which they are needed.',
  review: 'Only risks and issues have a day to be looked at again.',
}
