import { countSetAside, type SetAsideProjects } from '../../plan/set-aside.ts'
import { type Audience, commentaryAudienceSetting, mayRead } from '../../programme/audience.ts'
import {
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
import type { DigestContent, DigestInput } from '../content/content.ts'
import {
  formatWithheld,
  mayReadHeadlines,
  redactMeasures,
  redactOverrides,
  redactPlan,
  redactRegister,
} from './redact.ts'

/** Who reads a digest, and which part of the programme it is about. */
export interface DigestTarget {
  readonly audience: Audience
  readonly scope: Scope
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
    plan: redactPlan(part, audience),
    register: redactRegister(register, part, audience),
    overrides: redactOverrides(overrides, part, audience),
    measures: redactMeasures(measuresWithin(input.measures ?? [], whole, part), audience),
    // Second ratings and open questions are unmarked words about people's work: at most for the board.
    projectRemarks:
      mayRead(audience, 'board') &&
      mayRead(audience, commentaryAudienceSetting.of(part.programme.settings))
        ? input.projectRemarks
        : undefined,
    setAside: input.setAside && setAsideFor(input.setAside, to),
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

/** Which projects are set aside is known of the programme as a whole, so a part counts none; the public is not told how many. */
function setAsideFor(all: SetAsideProjects, { audience, scope }: DigestTarget): SetAsideProjects {
  const isCounted = isWholeProgramme(scope) && audience !== 'public'
  return isCounted ? all : { ...all, counts: countSetAside([]) }
}
