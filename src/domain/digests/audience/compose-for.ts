import { type Audience, commentaryAudienceSetting, mayRead } from '../../programme/audience.ts'
import {
  formatScopeCoverage,
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
  redactOverrides,
  redactPlan,
  redactRegister,
} from './redact.ts'

/** To whom a digest speaks, and of which part of the programme. */
export interface DigestTarget {
  readonly audience: Audience
  readonly scope: Scope
  /** As the programme office wrote it. */
  readonly officeHeadline?: string | null
}

/** What the board is told of the whole programme. */
export const boardTarget: DigestTarget = { audience: 'board', scope: wholeProgramme }

/** What a digest has to say to its readers: composed of what they may know, and of nothing else. */
export function composeDigestFor(asked: DigestInput, to: DigestTarget): DigestContent {
  const { audience, scope, officeHeadline = null } = to
  const { plan: whole } = asked
  const part = planWithin(whole, scope)
  const register = registerWithin(asked.register, whole, part)
  const overrides = overridesWithin(asked.overrides ?? [], whole, part)
  const content = composeDigest({
    audience,
    plan: redactPlan(part, audience),
    register: redactRegister(register, part, audience),
    overrides: redactOverrides(overrides, part, audience),
    // Second opinions and open questions are unmarked words about people's work: for the board, if for anybody.
    projectRemarks:
      mayRead(audience, 'board') &&
      mayRead(audience, commentaryAudienceSetting.of(part.programme.settings))
        ? asked.projectRemarks
        : undefined,
    previous: asked.previous,
    since: asked.since,
    round: asked.round,
  })
  return {
    ...content,
    scope: formatScopeCoverage(scope, whole),
    officeHeadline: mayReadHeadlines(audience, whole) ? officeHeadline : null,
    override: audience === 'public' ? null : content.override,
    notes: [...content.notes, ...formatWithheld(part, audience)],
  }
}
