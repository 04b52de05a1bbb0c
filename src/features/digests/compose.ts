import { addDays, type CivilDate, fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { deliveryState, type Plan, type Project, stateOf } from '../plan/plan.ts'
import { needsReason, rag, type State, stateByKey } from '../status/schemes.ts'
import type { DigestAsked, DigestContent, MovedProject } from './content.ts'
import { milestoneNews } from './milestone-news.ts'
import { type Movement, movementOf } from './movement.ts'
import { registerLeftOut, registerNews, registerSnapshot } from './register-news.ts'
import { notListed } from './words.ts'

/** How far ahead a digest looks, in days. */
const horizonDays = 14
const scheme = rag
const states: readonly State[] = [...scheme.states, scheme.blank]

/** What a digest has to say of a plan: what changed since the one before it, and what needs attention. */
export function composeDigest(asked: DigestAsked): DigestContent {
  const { plan, previous } = asked
  const { id, key, title } = plan.programme
  const dueUntil = addDays(plan.asAt, horizonDays)
  const movements = movementsOf(asked)
  const register = registerNews(asked)
  return {
    programme: { id, key, title },
    asAt: plan.asAt,
    previousAsAt: previous?.asAt ?? null,
    counts: countsOf(asked),
    worse: movedProjects(movements, 'worse'),
    better: movedProjects(movements, 'better'),
    attention: attentionOf(plan),
    ...milestoneNews(asked, dueUntil),
    dueUntil,
    ...register,
    notUpdated: notUpdatedOf(asked),
    notes: notesOf(asked, movements),
    leftOut: [...leftOutOf(asked, movements, dueUntil), ...registerLeftOut(asked, register)],
    snapshot: { ...snapshotOf(plan), register: registerSnapshot(asked) },
  }
}

const stateNow = (project: Project): State => stateByKey(scheme, stateOf(project))
const named = ({ id, ref, title }: Project) => ({ id, ref, title })
const reasonOf = (project: Project) => project.updates[0]?.reason ?? null

interface Moved {
  readonly project: Project
  readonly before: State | undefined
  readonly now: State
  readonly movement: Movement
}

function movementsOf({ plan, previous }: DigestAsked): Moved[] {
  const then = new Map(previous?.snapshot.projects.map(({ id, state }) => [id, state]))
  return plan.projects.map((project) => {
    const was = then.get(project.id)
    const before = was === undefined ? undefined : stateByKey(scheme, was)
    const now = stateNow(project)
    return { project, before, now, movement: movementOf(before, now) }
  })
}

function movedProjects(movements: readonly Moved[], wanted: Movement): MovedProject[] {
  return movements.flatMap(({ project, before, now, movement }) =>
    movement === wanted && before
      ? [{ ...named(project), from: before.key, to: now.key, reason: reasonOf(project) }]
      : [],
  )
}

function countsOf({ plan, previous }: DigestAsked): DigestContent['counts'] {
  return states.map(({ key, label, shape }) => ({
    state: key,
    label,
    shape,
    count: plan.projects.filter((project) => stateNow(project).key === key).length,
    was: previous
      ? previous.snapshot.projects.filter(({ state }) => stateByKey(scheme, state).key === key)
          .length
      : null,
  }))
}

function attentionOf({ projects }: Plan): DigestContent['attention'] {
  return scheme.states.filter(needsReason).map(({ key }) => ({
    state: key,
    entries: projects.flatMap((project) => {
      const [last] = project.updates
      if (!last || stateNow(project).key !== key) return []
      const { reason, greenBy, path, onDay } = last
      return [{ ...named(project), reason, greenBy, path, onDay }]
    }),
  }))
}

function notUpdatedOf({ plan, since }: DigestAsked): DigestContent['notUpdated'] {
  const { projects, people, programme } = plan
  const without = projects.filter(({ updates: [last] }) => !last || last.onDay < since)
  const leads = new Set(without.flatMap((project) => project.leads))
  const names = [...leads].flatMap((id) => people.get(id)?.name ?? []).sort()
  return {
    count: without.length,
    of: projects.length,
    since,
    names: programme.digestNames ? names : null,
  }
}

function notesOf({ plan, previous }: DigestAsked, movements: readonly Moved[]): string[] {
  if (!previous) return []
  const count = (wanted: Movement) => movements.filter(({ movement }) => movement === wanted).length
  const now = new Set(plan.projects.map(({ id }) => id))
  const gone = previous.snapshot.projects.filter(({ id }) => !now.has(id)).length
  const sentence = (number: number, words: string) =>
    number > 0 ? [`${plural(number, 'project')} ${number === 1 ? 'is' : 'are'} ${words}.`] : []
  return [
    ...sentence(count('new'), 'new in the plan'),
    ...sentence(gone, 'no longer in the plan'),
    ...sentence(count('first rated'), 'rated for the first time'),
    ...sentence(count('no longer rated'), 'no longer rated'),
  ]
}

function leftOutOf(
  { plan, previous }: DigestAsked,
  movements: readonly Moved[],
  dueUntil: CivilDate,
): string[] {
  const calm = scheme.states.filter((state) => !needsReason(state))
  const countOf = ({ key }: State, ...wanted: Movement[]) =>
    movements.filter(({ now, movement }) => now.key === key && wanted.includes(movement)).length
  const open = plan.projects
    .flatMap(({ milestones }) => milestones)
    .filter((milestone) => deliveryState(milestone, plan.asAt) === 'on track')
  const later = open.filter(({ due }) => due !== null && due > dueUntil).length
  const undated = open.filter(({ due }) => due === null).length
  return [
    ...calm.flatMap((state) => {
      const { label } = state
      if (!previous) return notListed(countOf(state, 'new'), label, `${label}s`)
      return [
        ...notListed(countOf(state, 'same'), `${label} unchanged`, `${label}s unchanged`),
        ...notListed(countOf(state, 'new', 'first rated'), `new ${label}`, `new ${label}s`),
      ]
    }),
    ...notListed(
      countOf(scheme.blank, 'new', 'same', 'no longer rated'),
      'project without a rating',
      'projects without a rating',
    ),
    ...notListed(
      later,
      `milestone due after ${fullDate(dueUntil)}`,
      `milestones due after ${fullDate(dueUntil)}`,
    ),
    ...notListed(undated, 'milestone without a date', 'milestones without a date'),
  ]
}

function snapshotOf({ projects, asAt }: Plan): Omit<DigestContent['snapshot'], 'register'> {
  return {
    projects: projects.map((project) => ({ id: project.id, state: stateOf(project) })),
    milestones: projects.flatMap(({ milestones }) =>
      milestones.map((milestone) => ({
        id: milestone.id,
        due: milestone.due,
        isDone: deliveryState(milestone, asAt) === 'completed',
      })),
    ),
  }
}
