import type { CivilDate } from '../../base/dates.ts'
import { type RequestContext, sourceOf } from '../../base/request-context.ts'

/** Who says it, for whom, when and from where. */
export interface Provenance {
  /** Null: an import. */
  readonly byId: string | null
  /** The lead for whom a deputy says it. */
  readonly onBehalfOfId: string | null
  readonly source: string
  /** The day it speaks for. */
  readonly onDay: CivilDate
  /** The moment it is said, UTC. */
  readonly at: Date
}

/** What somebody says in their own name, now. */
export function ownProvenance({
  actor,
  today,
  now,
  ...asked
}: Omit<RequestContext<unknown>, 'tx'>): Provenance {
  const byId = actor.personId
  return { byId, onBehalfOfId: null, source: sourceOf(asked), onDay: today, at: now }
}
