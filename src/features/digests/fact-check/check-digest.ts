import { collapseWhitespace } from '../../../base/text.ts'
import type { Card } from '../../../chat/cards.ts'
import { type DigestTarget, setAsideFor } from '../../../domain/digests/audience/compose-for.ts'
import {
  redactDimensions,
  redactMeasures,
  redactRegister,
} from '../../../domain/digests/audience/redact.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import type { DigestInput } from '../../../domain/digests/content/digest-input.ts'
import type { Claim, Finding } from '../../../domain/digests/fact-check/claims.ts'
import { commentaryClaims } from '../../../domain/digests/fact-check/commentary-claims.ts'
import { contentClaims } from '../../../domain/digests/fact-check/content-claims.ts'
import { gatherFacts } from '../../../domain/digests/fact-check/facts.ts'
import { judge } from '../../../domain/digests/fact-check/judge.ts'
import type { ProjectRef } from '../../../domain/plan/plan.ts'
import {
  measuresWithin,
  overridesWithin,
  planWithin,
  registerWithin,
} from '../../../domain/schedule/scope.ts'
import { checkLists } from './count-lists.ts'
import { readCards } from './read-cards.ts'

/** A digest as its readers will see it, and what it was made of. */
export interface ComposedDigest {
  readonly content: DigestContent
  readonly cards: readonly Card[]
  readonly input: DigestInput
  readonly target: DigestTarget
}

/**
 * Reads a digest again before anybody else does, and gives the sentences that do not follow from the plan, its history
 * and the digest before. Each sentence once.
 */
export function checkDigest({ content, cards, input, target }: ComposedDigest): Finding[] {
  const { plan: whole, previous, since, round } = input
  const plan = planWithin(whole, target.scope)
  const register = registerWithin(input.register, whole, plan)
  const facts = gatherFacts({
    ...{ plan, previous, since, round, dueUntil: content.dueUntil },
    measures: redactMeasures(measuresWithin(input.measures ?? [], whole, plan), target.audience),
    dimensions: redactDimensions(input.dimensions, target.audience) ?? new Map(),
    audience: target.audience,
    boards: target.boards ?? [],
    register: redactRegister(register, plan, target.audience),
    overrides: overridesWithin(input.overrides ?? [], whole, plan),
    ...restingFor(input, target),
  })
  const claims = claimsOf(content, cards, [...plan.projects, ...(input.setAside?.projects ?? [])])
  const findings = [...judge(claims, facts), ...checkLists(cards)]
  return [...new Map(findings.map((one) => [JSON.stringify(one), one])).values()]
}

function restingFor(input: DigestInput, target: DigestTarget) {
  const known = setAsideFor(input, target)
  return {
    setAside: known?.ids ?? new Set<string>(),
    ...{ resting: known?.projects ?? [], reopened: known?.reopenings ?? new Map() },
  }
}

/** All that a digest says, in its content and in its words. */
export function claimsOf(
  content: DigestContent,
  cards: readonly Card[],
  projects: readonly ProjectRef[],
): Claim[] {
  return [
    ...contentClaims(content),
    ...commentaryClaims(content),
    ...readCards(cards, content, projects),
  ]
}

/** '“2 projects got worse”: By the plan there is 1.', each on one line. */
export function formatFinding({ sentence, because }: Finding): string {
  return collapseWhitespace(`“${sentence}”: ${because}`)
}
