import type { ClaimOf } from './claims.ts'
import type { DigestFacts } from './facts.ts'

/** Why what is said of a rolled-up colour is not so, in a sentence; null where it is so. */
export function colourFault(
  claim: ClaimOf<'colour' | 'colour moved' | 'set by hand'>,
  { colours }: DigestFacts,
): string | null {
  const fact = colours.find(({ workstreamId }) => workstreamId === claim.workstream)
  if (!fact) return 'There is no such workstream in the plan.'
  const { state, isOwn, before } = fact
  switch (claim.says) {
    case 'colour':
      return state.key === claim.state ? null : `Its parts and overrides come to ${state.label}.`
    case 'colour moved':
      return fact.isTrue(claim.movement)
        ? null
        : `It is ${state.label}, and in the last digest was ${before?.state ?? 'not in it'}.`
    case 'set by hand':
      if (isOwn === claim.isSet) return null
      return isOwn ? 'It was set by hand, and that is not said.' : 'Nobody has set it by hand.'
  }
}
