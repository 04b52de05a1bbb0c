import { fullDate } from '../../../base/dates.ts'
import { formatLife } from '../../plan/life.ts'
import type { Project } from '../../plan/plan.ts'
import type { Reopening, SetAsideProject } from '../../plan/set-aside.ts'
import { commentaryAudienceSetting, mayRead } from '../../programme/audience.ts'
import { toCommentary } from '../withheld.ts'
import type { DigestContent } from './content.ts'
import type { DigestInput } from './digest-input.ts'
import type { LifeChange, RestingProject } from './life-entries.ts'

/** The projects whose life changed since the last digest, by name and with the cause: set aside first, then live again. */
export function composeLifeChanges(input: DigestInput): LifeChange[] {
  const { plan, previous, setAside, audience = 'board' } = input
  if (!previous || !setAside) return []
  const isReadable = mayRead(audience, commentaryAudienceSetting.of(plan.programme.settings))
  const then = new Map(previous.snapshot.setAside.map((one) => [one.id, one]))
  const wasLive = new Set(previous.snapshot.projects.map(({ id }) => id))
  const aside = setAside.projects
    .filter((one) => isNewlyAside(one, { was: then.get(one.id), wasLive, previous }))
    .map(({ life, ...project }) => ({
      ...placeOf(project),
      ...{ change: 'set aside' as const, state: life.state, onDay: life.onDay },
      ...{ text: formatLife(life), reason: toCommentary(life.reason, isReadable) },
    }))
  const again = plan.projects.flatMap((project) => {
    const reopening = setAside.reopenings.get(project.id)
    if (then.has(project.id)) return [liveAgain(project, reopening, 'live again', isReadable)]
    if (!wasLive.has(project.id) || !isBrief(reopening, previous)) return []
    return [liveAgain(project, reopening, 'briefly', isReadable)]
  })
  return [...aside, ...again]
}

interface EarlierLives {
  readonly was: RestingProject | undefined
  readonly wasLive: ReadonlySet<string>
  readonly previous: DigestContent
}

/** The last digest had it live or otherwise set aside, or it came into the plan since. */
function isNewlyAside(
  { id, life: { state, onDay } }: SetAsideProject,
  { was, wasLive, previous }: EarlierLives,
): boolean {
  if (was?.state) return was.state !== state || was.onDay !== onDay
  if (was) return onDay > previous.asAt
  return wasLive.has(id) || onDay >= previous.asAt
}

/** Set aside and live again between two digests; what was only a mistake and was taken back is no news. */
function isBrief(reopening: Reopening | undefined, { asAt }: DigestContent): boolean {
  if (!reopening || reopening.isUndo) return false
  return reopening.onDay > asAt && reopening.from.onDay >= asAt
}

function liveAgain(
  project: Project,
  reopening: Reopening | undefined,
  change: 'live again' | 'briefly',
  isReadable: boolean,
): LifeChange {
  const text = reopening
    ? `live again since ${fullDate(reopening.onDay)}; it was ${formatLife(reopening.from)}`
    : 'live again'
  return {
    ...placeOf(project),
    ...{ change, state: 'live', onDay: reopening?.onDay ?? null, text },
    reason: toCommentary(reopening?.reason ?? null, isReadable),
  }
}

const placeOf = ({ id, ref, title, workstreamId }: Omit<SetAsideProject, 'life'>) => ({
  ...{ id, ref, title, workstreamId },
})

/** What the next digest compares with: of those that its readers cannot know by name, the id alone. */
export function restingSnapshot({ setAside }: Pick<DigestInput, 'setAside'>): RestingProject[] {
  const known = new Map(setAside?.projects.map(({ id, life }) => [id, life]))
  return [...(setAside?.ids ?? [])].map((id) => {
    const life = known.get(id)
    return { id, state: life?.state ?? null, onDay: life?.onDay ?? null }
  })
}
