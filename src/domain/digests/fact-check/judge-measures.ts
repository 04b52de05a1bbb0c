import type { ClaimOf } from './claims.ts'
import type { DigestFacts } from './facts.ts'
import type { MeasureFact } from './measure-facts.ts'

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
  if (isByAim !== claim.isByAim) {
    return isByAim ? 'Its aim was changed, and no reading came.' : 'Its aim was not what changed.'
  }
  return turnFault(claim, fact)
}

/** Of one whose direction is another than in the last digest: only an aim can turn the same reading. */
function turnFault(
  { directionWas, direction }: ClaimOf<'measure'>,
  { before, reading }: MeasureFact,
): string | null {
  if (directionWas === null) return null
  if (before?.readingId !== (reading?.id ?? null)) return 'Another reading came.'
  if (before?.direction !== directionWas) return `In the last digest it was ${before?.direction}.`
  return direction === directionWas ? 'It goes the same way as before.' : null
}
