import { countSetAside, type SetAsideProjects } from '../../plan/set-aside.ts'
import { type Audience, commentaryAudienceSetting, mayRead } from '../../programme/audience.ts'
import type { Boards } from '../../schedule/boards.ts'
import {
  belongsTo,
  formatScopeCoverage,
  isWholeProgramme,
  measuresWithin,
  overridesWithin,
  planWithin,
  registerWithin,
  type Scope,
  wholeProgramme,
} from '../../schedule/scope.ts'
import { composeDigest } from '../content/compose.ts'
import type { DigestContent } from '../content/content.ts'
import type { DigestInput } from '../content/digest-input.ts'
import {
  formatWithheld,
  mayReadHeadlines,
  redactDimensions,
  redactMeasures,
  redactOverrides,
  redactPlan,
  redactRegister,
  redactSetAside,
} from './redact.ts'

/** Who reads a digest, and which part of the programme it is about. */
export interface DigestTarget {
  readonly audience: Audience
  readonly scope: Scope
  /** The boards among its readers; left out: not said. */
  readonly boards?: Boards
  /** As the programme office wrote it. */
  readonly officeHeadline?: string | null
}

/** The whole programme, for the board. */
export const boardTarget: DigestTarget = { audience: 'board', scope: wholeProgramme }

/** Composes a digest of what its readers may know, and of nothing else. */
export function composeDigestFor(input: DigestInput, to: DigestTarget): DigestContent {
  const { audience, scope, officeHeadline = null } = to
  const { plan: whole } = input
  const part = planWithin(whole, scope)
  const register = registerWithin(input.register, whole, part)
  const overrides = overridesWithin(input.overrides ?? [], whole, part)
  const content = composeDigest({
    audience,
    boards: to.boards,
    plan: redactPlan(part, audience),
    register: redactRegister(register, part, audience),
    overrides: redactOverrides(overrides, part, audience),
    measures: redactMeasures(measuresWithin(input.measures ?? [], whole, part), audience),
    dimensions: redactDimensions(input.dimensions, audience),
    // Second ratings and open questions are unmarked words about people's work: at most for the board.
    projectRemarks:
      mayRead(audience, 'board') &&
      mayRead(audience, commentaryAudienceSetting.of(part.programme.settings))
        ? input.projectRemarks
        : undefined,
    setAside: setAsideFor(input, to),
    previous: input.previous,
    corrections: input.corrections,
    since: input.since,
    round: input.round,
  })
  return {
    ...content,
    scope: formatScopeCoverage(scope, whole),
    officeHeadline: mayReadHeadlines(audience, whole) ? officeHeadline : null,
    notes: [...content.notes, ...formatWithheld(part, audience)],
  }
}

/**
 * Which projects are set aside is known of the programme as a whole, so a part counts none; the public is not told how
 * many. By name both hear of those that were live in the digest before, and a part of its own.
 */
export function setAsideFor(
  { plan, previous, setAside }: Pick<DigestInput, 'plan' | 'previous' | 'setAside'>,
  { audience, scope }: DigestTarget,
): SetAsideProjects | undefined {
  if (!setAside) return undefined
  const isCounted = isWholeProgramme(scope) && audience !== 'public'
  const isOurs = belongsTo(plan, scope)
  const wasLive = new Set(previous?.snapshot.projects.map(({ id }) => id))
  const projects = setAside.projects.filter(
    (one) => wasLive.has(one.id) || (audience !== 'public' && isOurs(one)),
  )
  const known = { ...setAside, projects }
  const readable = redactSetAside(known, plan, audience)
  return isCounted ? readable : { ...readable, counts: countSetAside([]) }
}
