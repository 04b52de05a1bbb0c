import type { ClaimOf } from './claims.ts'
import type { DigestFacts } from './facts.ts'

/** Why what is said of a measure is not so, in a sentence; null where it is so. */
export function measureFault(claim: ClaimOf<'measure'>, { measures }: DigestFacts): string | null {
  const fact = measures.find(({ measure }) => measure.id === claim.measure)
  if (!fact) return 'There is no such measure.'
  const { state = claim.state, direction = claim.direction, before, reading } = fact
  if (state !== claim.state) return `By its target it is ${state}.`
  if (direction !== claim.direction) return `By its last two readings it is ${direction}.`
  const was = before?.state ?? null
  if (was !== claim.was) return `In the last digest it was ${was ?? 'not rated'}.`
  const isByAim = was !== claim.state && before?.readingId === (reading?.id ?? null)
  if (isByAim === claim.isByAim) return null
  return isByAim ? 'Its aim was changed, and no reading came.' : 'Its aim was not what changed.'
}
