import type { CivilDate } from '../../../base/dates.ts'
import { fold } from '../../../base/text.ts'
import type { Entry, Review } from '../../register/entry.ts'
import type { ClaimOf, RegisterKind } from './claims.ts'
import type { MilestoneFact } from './milestone-facts.ts'
import type { ProjectFact } from './project-facts.ts'
import type { FactSources } from './sources.ts'

/** An open entry of the register on the digest's day. */
export interface RegisterFact {
  readonly id: string
  readonly kind: RegisterKind
  /** New, in the worst state, overdue or held up: a digest has to name it, and may not only count it. */
  readonly isToBeNamed: boolean
}

interface PlanFacts {
  readonly projects: readonly ProjectFact[]
  readonly milestones: readonly MilestoneFact[]
  /** Key of the worst state of the scheme. */
  readonly worst: string | undefined
}

/** Every open risk, issue, action and dependency that its readers may know. */
export function registerFacts(sources: FactSources, facts: PlanFacts): RegisterFact[] {
  const { asAt } = sources.plan
  const known = sources.previous?.snapshot.register
  return sources.register.flatMap((entry) => {
    const { id, kind } = entry
    if (kind === 'decision' || kind === 'headline' || !isOpenOn(entry, asAt)) return []
    const isNew = kind !== 'dependency' && known !== undefined && known?.includes(id) === false
    return [{ id, kind, isToBeNamed: isNew || isInTrouble(entry, sources, facts) }]
  })
}

export function isOpenOn({ onDay, closing, reopenings }: Entry, day: CivilDate): boolean {
  const wasClosed = reopenings.some((one) => one.closing.onDay <= day && day < one.onDay)
  return onDay <= day && !wasClosed && !(closing && closing.onDay <= day)
}

function isInTrouble(entry: Entry, sources: FactSources, facts: PlanFacts): boolean {
  const { asAt } = sources.plan
  const said = lastReview(entry.reviews, asAt)
  switch (entry.kind) {
    case 'risk':
    case 'issue':
      return (said?.state ?? entry.state) === facts.worst
    case 'action': {
      const day = said ? said.neededBy : entry.neededBy
      return day !== null && day < asAt
    }
    case 'dependency':
      return isHeldUp(entry, sources, facts)
    default:
      return false
  }
}

function lastReview(reviews: readonly Review[], day: CivilDate): Review | undefined {
  const counting = reviews.filter(({ onDay, withdrawnOn }) => {
    return onDay <= day && !(withdrawnOn && withdrawnOn <= day)
  })
  return counting[counting.length - 1]
}

/** What it waits for is in the worst state, has an overdue milestone, or rests without being finished. */
function isHeldUp(
  { dependsOn, dependsOnId }: Extract<Entry, { readonly kind: 'dependency' }>,
  { resting }: FactSources,
  { projects, milestones, worst }: PlanFacts,
): boolean {
  const isIt = ({ id, ref }: { readonly id: string; readonly ref: string }) =>
    dependsOnId ? id === dependsOnId : fold(ref) === fold(dependsOn)
  const rests = resting.find(isIt)
  const isLive = projects.find(({ project }) => isIt(project))
  if (rests && !isLive) return !(rests.life.state === 'closed' && rests.life.ending === 'finished')
  const isLate = milestones.some(({ project, isOverdue }) => isOverdue && isIt(project))
  return isLate || (isLive !== undefined && isLive.standing.state.key === worst)
}

/** Why what is said of the risks, issues, actions or dependencies is not so; null where none is lost. */
export function registerFault(
  { kind, listed, leftOut }: ClaimOf<'register'>,
  register: readonly RegisterFact[],
): string | null {
  const open = register.filter((fact) => fact.kind === kind)
  const closed = listed.filter((id) => !open.some((fact) => fact.id === id))
  if (closed.length > 0) return `${closed.length} that it lists are not open.`
  const unnamed = open.filter((fact) => fact.isToBeNamed && !listed.includes(fact.id))
  if (unnamed.length > 0) return `It does not name ${unnamed.length} that it should.`
  const told = listed.length + leftOut
  return told === open.length ? null : `${open.length} are open, and it tells of ${told}.`
}
