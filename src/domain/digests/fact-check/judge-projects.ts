import { daysBetween } from '../../../base/dates.ts'
import { mayRead } from '../../programme/audience.ts'
import type { ClaimOf } from './claims.ts'
import type { DigestFacts } from './facts.ts'
import type { ProjectFact } from './project-facts.ts'
import { knownState } from './standing.ts'

/** Why what is said of one project is not so, in a sentence; null where it is so. */
export function projectFault(
  claim: ClaimOf<
    'state' | 'movement' | 'from' | 'rounds' | 'was rated' | 'last update' | 'reason' | 'awaits'
  >,
  fact: ProjectFact,
  { asAt, scheme, audience }: DigestFacts,
): string | null {
  const { standing, before, isTrue, saidOn, project } = fact
  const is = (holds: boolean, because: string) => (holds ? null : `${project.ref} ${because}`)
  const label = (key: string | undefined) => (key ? knownState(scheme, key).label : 'not in it')
  switch (claim.says) {
    case 'state':
      return is(standing.state.key === claim.state, `is ${standing.state.label}.`)
    case 'movement':
      return is(
        isTrue(claim.movement),
        `is ${standing.state.label}, and in the last digest was ${label(before?.state)}.`,
      )
    case 'from':
      return is(before?.state === claim.state, `was ${label(before?.state)} in the last digest.`)
    case 'rounds': {
      const rounds = isTrue('same') && before ? before.rounds + 1 : 1
      return is(rounds === claim.rounds, `has been so for ${rounds}.`)
    }
    case 'was rated': {
      const ended = fact.lastRated()
      const holds = ended?.state.key === claim.state && ended.until === claim.until
      return is(
        holds,
        ended ? `was ${ended.state.label} until ${ended.until}.` : 'was never rated.',
      )
    }
    case 'reason': {
      const { update } = standing
      if (!update || !mayRead(audience, update.audience)) {
        return is(false, 'has no words for these readers.')
      }
      return is(update.reason === claim.text, 'has another reason, or none.')
    }
    case 'awaits': {
      const days = project.updates.map(({ onDay }) => onDay).toSorted()
      const last = project.updates.filter(({ onDay }) => onDay === days[days.length - 1])
      const moments = last.map(({ at }) => at.getTime())
      const newest = last.find(({ at }) => at.getTime() === Math.max(...moments))
      const isSo = newest?.awaitsConfirmation ?? false
      return is(isSo === claim.isSo, isSo ? 'awaits confirmation.' : 'awaits nothing.')
    }
    case 'last update': {
      const days = saidOn && daysBetween(saidOn, asAt)
      return is(
        days === claim.days,
        saidOn ? `was last updated on ${saidOn}.` : 'was never updated.',
      )
    }
  }
}
