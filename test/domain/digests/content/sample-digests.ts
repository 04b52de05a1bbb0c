import { civilDate } from '../../../../src/base/dates.ts'
import { composeDigest } from '../../../../src/domain/digests/content/compose.ts'
import {
  type DigestContent,
  digestContent,
} from '../../../../src/domain/digests/content/content.ts'
import type { Entry } from '../../../../src/domain/register/entry.ts'
import { formatOmissions } from '../../../../src/features/digests/rendering/format.ts'
import { aPlan, type PlanSketch, type ProjectSketch } from '../../../support/plans.ts'

const since = civilDate('2017-02-20')

/** A digest of a plan, as it is kept; the first one where none is before it. */
export function digest(
  sketch: PlanSketch,
  previous: DigestContent | null = null,
  register: readonly Entry[] = [],
): DigestContent {
  const plan = aPlan(sketch)
  const content = composeDigest({ plan, register, previous, since: previous?.asAt ?? since })
  // As it is kept: frozen as JSON and read again.
  return digestContent.parse(JSON.parse(JSON.stringify(content)))
}

/** What a reader is told is not listed. */
export const notListed = ({ leftOut }: DigestContent) => formatOmissions(leftOut, '/rag')

/** A project with one rating; 'blank': with none. */
export const rated = (ref: string, state: string, onDay = '2017-02-22'): ProjectSketch => ({
  ref,
  updates: state === 'blank' ? [] : [{ state, onDay }],
})
