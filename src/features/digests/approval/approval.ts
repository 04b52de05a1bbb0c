import { type CivilDate, toDbDate } from '../../../base/dates.ts'
import { newId } from '../../../base/ids.ts'
import { namesOf } from '../../../domain/people/names.ts'
import type { Tx } from '../../../infra/db.ts'

/** What somebody of the programme office said of the digest of one day, before it went out. */
export interface Direction {
  readonly kind: 'held' | 'released' | 'approved' | 'headline'
  /** Why it is held; the headline, '' to take it back. */
  readonly text: string | null
  /** Their name. */
  readonly by: string
  readonly at: Date
}

/** How the digest of a day is directed. */
export interface Directed {
  readonly held: { readonly by: string; readonly because: string | null } | null
  readonly approvedBy: string | null
  readonly headline: string | null
}

export const undirected: Directed = { held: null, approvedBy: null, headline: null }

/** What all that was said comes to, oldest first. The latest counts; whoever approves a held one lets it go. */
export function directed(said: readonly Direction[]): Directed {
  return said.reduce(after, undirected)
}

function after(before: Directed, { kind, text, by }: Direction): Directed {
  switch (kind) {
    case 'held':
      return { ...before, held: { by, because: text } }
    case 'released':
      return { ...before, held: null }
    case 'approved':
      return { ...before, held: null, approvedBy: by }
    case 'headline':
      return { ...before, headline: text || null }
  }
}

/** What a digest waits for; null where it may go. */
export type Waiting =
  | { readonly for: 'release'; readonly by: string; readonly because: string | null }
  | { readonly for: 'approval' }

export function waitingFor(
  { held, approvedBy }: Directed,
  { approval }: { readonly approval: boolean },
): Waiting | null {
  if (held) return { for: 'release', ...held }
  return approval && approvedBy === null ? { for: 'approval' } : null
}

/** How the digest of a day is directed, as far as was said by now. */
export async function directionsOf(
  tx: Tx,
  programmeId: string,
  round: CivilDate,
): Promise<Directed> {
  const rows = await tx.digestDirection.findMany({
    where: { programmeId, round: toDbDate(round) },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  if (rows.length === 0) return undirected
  const names = await namesOf(
    tx,
    rows.flatMap(({ byId }) => byId ?? []),
  )
  return directed(
    rows.map(({ kind, text, byId, at }) => {
      return { kind, text, at, by: (byId && names.get(byId)) || 'a former member' }
    }),
  )
}

export interface Directing extends Pick<Direction, 'kind' | 'text'> {
  readonly programmeId: string
  readonly round: CivilDate
  readonly byId: string
  readonly source: string
  readonly now: Date
}

export async function addDirection(tx: Tx, asked: Directing): Promise<void> {
  const { programmeId, round, kind, text, byId, source, now } = asked
  await tx.digestDirection.create({
    data: { id: newId(), programmeId, round: toDbDate(round), kind, text, byId, source, at: now },
  })
}
