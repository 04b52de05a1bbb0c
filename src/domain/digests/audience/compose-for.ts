import type { Audience } from '../../programme/settings.ts'
import {
  overridesWithin,
  planWithin,
  registerWithin,
  type Scope,
  scopeInWords,
  wholeProgramme,
} from '../../schedule/scope.ts'
import { composeDigest } from '../content/compose.ts'
import type { DigestAsked, DigestContent } from '../content/content.ts'
import {
  mayRead,
  mayReadHeadlines,
  overridesFor,
  planFor,
  registerFor,
  withheldInWords,
} from './redact.ts'

/** To whom a digest speaks, and of which part of the programme. */
export interface Addressed {
  readonly audience: Audience
  readonly scope: Scope
  /** As the programme office wrote it. */
  readonly officeHeadline?: string | null
}

/** What the board is told of the whole programme. */
export const forTheBoard: Addressed = { audience: 'board', scope: wholeProgramme }

/** What a digest has to say to its readers: composed of what they may know, and of nothing else. */
export function digestFor(asked: DigestAsked, to: Addressed): DigestContent {
  const { audience, scope, officeHeadline = null } = to
  const { plan: whole } = asked
  const part = planWithin(whole, scope)
  const register = registerWithin(asked.register, whole, part)
  const overrides = overridesWithin(asked.overrides ?? [], whole, part)
  const content = composeDigest({
    plan: planFor(part, audience),
    register: registerFor(register, part, audience),
    overrides: overridesFor(overrides, part, audience),
    // Second opinions and open questions are unmarked words about people's work: for the board, if for anybody.
    beside:
      mayRead(audience, 'board') && mayRead(audience, part.programme.settings.commentaryFor)
        ? asked.beside
        : undefined,
    previous: asked.previous,
    since: asked.since,
    round: asked.round,
  })
  return {
    ...content,
    audience,
    scope: scopeInWords(scope, whole),
    officeHeadline: mayReadHeadlines(audience, whole) ? officeHeadline : null,
    override: audience === 'public' ? null : content.override,
    notes: [...content.notes, ...withheldInWords(part, audience)],
  }
}
