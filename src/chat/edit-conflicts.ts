import { createHash } from 'node:crypto'
import { collapseWhitespace } from '../base/text.ts'

/**
 * A form that changes what is there carries what it showed, so that a save over what somebody else has changed since is
 * noticed: the three-way merge of version control, field by field.
 */

/** Of each input by its id, the fingerprint of what it showed when the form was opened. */
export type Seen = Readonly<Record<string, string>>

/** Ten hexadecimal figures: enough to tell two values of one field apart, and short enough for a button. */
const fingerprintLength = 10

/** The same for texts that differ in white space alone, and for lists in another order: platforms change both. */
export function fingerprint(value: string, isList: boolean): string {
  const text = isList ? value.split(',').filter(Boolean).toSorted().join(',') : value
  const hash = createHash('sha256').update(collapseWhitespace(text))
  return hash.digest('hex').slice(0, fingerprintLength)
}

/** As the data of a button carries it. */
export function formatSeen(seen: Seen): string {
  return Object.entries(seen)
    .map((entry) => entry.join(':'))
    .join(' ')
}

/** Of data that a client sent: what cannot be read was not seen. */
export function parseSeen(text: string): Seen {
  const pairs = text.split(' ').map((pair) => pair.split(':'))
  return Object.fromEntries(pairs.flatMap(([id, print]) => (id && print ? [[id, print]] : [])))
}

/** Whether a form sends what it showed in an input. */
export function isAsShown(values: Readonly<Record<string, unknown>>, id: string): boolean {
  const { seen, [id]: sent } = values
  if (typeof seen !== 'string' || typeof sent !== 'string') return false
  return parseSeen(seen)[id] === fingerprint(sent.trim(), false)
}

/**
 * Who has changed a field since the form was opened: nobody, the person who sends it, others, or both to different
 * values.
 */
export type FieldChange = 'none' | 'mine' | 'theirs' | 'both'

/** All three are fingerprints: of what the form showed, of what was sent, and of what is saved at present. */
export function compareField(shown: string, typed: string, present: string): FieldChange {
  if (typed === present) return 'none'
  if (typed === shown) return 'theirs'
  return present === shown ? 'mine' : 'both'
}
