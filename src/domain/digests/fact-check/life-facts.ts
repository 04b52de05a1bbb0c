import type { CivilDate } from '../../../base/dates.ts'
import type { ClaimOf } from './claims.ts'
import type { FactSources } from './sources.ts'

/** Which projects were set aside or are live again since the digest before, worked out from their days. */
export interface LifeFacts {
  /** Ids of those set aside since, and how each is set aside and since when. */
  readonly newlyAside: readonly string[]
  readonly aside: ReadonlyMap<string, { readonly state: string; readonly onDay: CivilDate }>
  /** Ids of those that the digest before had set aside and that are live. */
  readonly liveAgain: readonly string[]
  /** Ids of those that both digests have live and that were set aside in between. */
  readonly briefly: readonly string[]
  /** Since when those are live again that ever were set aside. */
  readonly liveSince: ReadonlyMap<string, CivilDate>
}

export function lifeFacts({ plan, previous, resting, reopened }: FactSources): LifeFacts {
  const aside = new Map(resting.map(({ id, life }) => [id, life]))
  const liveSince = new Map([...reopened].map(([id, { onDay }]) => [id, onDay]))
  const nothing = { newlyAside: [], liveAgain: [], briefly: [] }
  if (!previous) return { ...nothing, aside, liveSince }
  const before = new Map(previous.snapshot.setAside.map((one) => [one.id, one]))
  const live = new Set(previous.snapshot.projects.map(({ id }) => id))
  const wasSo = (id: string) => {
    const [then, now] = [before.get(id), aside.get(id)]
    if (!now) return false
    // Of what has no state in the digest before, only its day tells whether it is older.
    if (!then?.state)
      return then ? now.onDay <= previous.asAt : !live.has(id) && now.onDay < previous.asAt
    return then.state === now.state && then.onDay === now.onDay
  }
  const wasBrief = (id: string) => {
    const again = reopened.get(id)
    if (!again || again.isUndo) return false
    return live.has(id) && again.onDay > previous.asAt && again.from.onDay >= previous.asAt
  }
  const ids = plan.projects.map(({ id }) => id)
  return {
    ...{ aside, liveSince },
    newlyAside: [...aside.keys()].filter((id) => !wasSo(id)),
    liveAgain: ids.filter((id) => before.has(id)),
    briefly: ids.filter((id) => !before.has(id) && wasBrief(id)),
  }
}

/** Why it is not so that a project is on hold, in the pipeline, closed or live, since that day; null where it is so. */
export function lifeFault(
  { project, state, onDay }: ClaimOf<'life'>,
  { aside, liveSince }: LifeFacts,
): string | null {
  const life = aside.get(project)
  if (state === 'live') {
    if (life) return `It is ${life.state} since ${life.onDay}.`
    const since = liveSince.get(project) ?? null
    return since === onDay ? null : `It is live since ${since ?? 'a day that nobody knows'}.`
  }
  if (life?.state === state && life.onDay === onDay) return null
  return life ? `It is ${life.state} since ${life.onDay}.` : 'It is not set aside.'
}
