import { addDays, type CivilDate, fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import {
  awaitedUpdate,
  countingUpdate,
  deliveryState,
  type Plan,
  type Project,
  stateOf,
} from '../plan/plan.ts'
import {
  needsReason,
  nounOf,
  type Scheme,
  type State,
  sayable,
  schemeOf,
  shown,
  stateByKey,
} from '../status/schemes.ts'
import { type DigestAsked, type DigestContent, type MovedProject, unissued } from './content.ts'
import { milestoneNews } from './milestone-news.ts'
import { type Movement, movementOf } from './movement.ts'
import { registerLeftOut, registerNews, registerSnapshot } from './register-news.ts'
import { tell } from './scheme-told.ts'
import { notListed } from './words.ts'

/** How far ahead a digest looks, in days. */
const horizonDays = 14

/** What a digest has to say of a plan: what changed since the one before it, and what needs attention. */
export function composeDigest(asked: DigestAsked): DigestContent {
  const { plan, previous } = asked
  const { id, key, title, settings } = plan.programme
  const scheme = schemeOf(settings)
  const dueUntil = addDays(plan.asAt, horizonDays)
  const movements = movementsOf(asked, scheme)
  const register = registerNews(asked)
  return {
    ...unissued,
    programme: { id, key, title },
    asAt: plan.asAt,
    scheme: tell(scheme),
    previousAsAt: previous?.asAt ?? null,
    counts: countsOf(asked, movements, scheme),
    worse: movedProjects(movements, 'worse'),
    better: movedProjects(movements, 'better'),
    attention: attentionOf(movements, scheme),
    ...milestoneNews(asked, dueUntil),
    dueUntil,
    ...register,
    notUpdated: notUpdatedOf(asked),
    notes: notesOf(asked, movements),
    leftOut: [
      ...leftOutOf(asked, movements, { scheme, dueUntil }),
      ...registerLeftOut(asked, register),
    ],
    snapshot: { ...snapshotOf(plan), register: registerSnapshot(asked) },
  }
}

const named = ({ id, ref, title }: Project) => ({ id, ref, title })
const reasonOf = (project: Project) => countingUpdate(project)?.reason ?? null

interface Moved {
  readonly project: Project
  readonly before: State | undefined
  readonly now: State
  readonly movement: Movement
}

function movementsOf({ plan, previous }: DigestAsked, scheme: Scheme): Moved[] {
  const then = new Map(previous?.snapshot.projects.map(({ id, state }) => [id, state]))
  const isComparable = previous !== null && spokeIn(previous, scheme)
  return plan.projects.map((project) => {
    const was = then.get(project.id)
    const before = was === undefined ? undefined : stateByKey(scheme, was)
    const now = stateByKey(scheme, stateOf(project))
    const movement = before && !isComparable ? 'another scale' : movementOf(before, now)
    return { project, before, now, movement }
  })
}

/** Whether a digest had the same states: of others nobody can say which is worse. */
function spokeIn({ scheme: { states } }: DigestContent, scheme: Scheme): boolean {
  const keys = (some: readonly { readonly key: string }[]) => some.map(({ key }) => key).join()
  return keys(states) === keys(sayable(scheme))
}

function movedProjects(movements: readonly Moved[], wanted: Movement): MovedProject[] {
  return movements.flatMap(({ project, before, now, movement }) =>
    movement === wanted && before
      ? [{ ...named(project), from: before.key, to: now.key, reason: reasonOf(project) }]
      : [],
  )
}

/** The scale and what is not rated; of what else may be said only what there is or was. */
function countsOf(
  { previous }: DigestAsked,
  movements: readonly Moved[],
  scheme: Scheme,
): DigestContent['counts'] {
  const then = previous && spokeIn(previous, scheme) ? previous.snapshot.projects : null
  const countOf = ({ key, label, shape }: State) => ({
    state: key,
    label,
    shape,
    count: movements.filter(({ now }) => now.key === key).length,
    was: then?.filter(({ state }) => stateByKey(scheme, state).key === key).length ?? null,
  })
  const { states, specials, blank } = scheme
  return [
    ...states.map(countOf),
    ...specials.map(countOf).filter(({ count, was }) => count > 0 || (was ?? 0) > 0),
    countOf(blank),
  ]
}

function attentionOf(movements: readonly Moved[], scheme: Scheme): DigestContent['attention'] {
  return scheme.states.filter(needsReason).map(({ key }) => ({
    state: key,
    entries: movements.flatMap(({ project, now }) => {
      const said = countingUpdate(project)
      if (!said || now.key !== key) return []
      const { reason, greenBy, path, onDay } = said
      const awaited = awaitedInWords(project, scheme)
      return [{ ...named(project), reason, greenBy, path, onDay, awaited }]
    }),
  }))
}

function awaitedInWords(project: Project, scheme: Scheme): string | null {
  const update = awaitedUpdate(project)
  if (!update) return null
  return `${shown(stateByKey(scheme, update.state))} said on ${fullDate(update.onDay)} awaits confirmation`
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
    ...sentence(count('another scale'), 'rated on another scale than last time'),
  ]
}

function leftOutOf(
  { plan, previous }: DigestAsked,
  movements: readonly Moved[],
  { scheme, dueUntil }: { readonly scheme: Scheme; readonly dueUntil: CivilDate },
): string[] {
  const calm = scheme.states.filter((state) => !needsReason(state))
  const countOf = ({ key }: State, ...wanted: Movement[]) =>
    movements.filter(({ now, movement }) => now.key === key && wanted.includes(movement)).length
  const inState = ({ key }: State) => movements.filter(({ now }) => now.key === key).length
  const open = plan.projects
    .flatMap(({ milestones }) => milestones)
    .filter((milestone) => deliveryState(milestone, plan.asAt) === 'on track')
  const later = open.filter(({ due }) => due !== null && due > dueUntil).length
  const undated = open.filter(({ due }) => due === null).length
  return [
    ...calm.flatMap((state) => {
      const [one, many] = nounOf(state)
      const fresh = countOf(state, 'new', 'first rated', 'another scale')
      if (!previous) return notListed(fresh, one, many)
      return [
        ...notListed(countOf(state, 'same'), `${one} unchanged`, `${many} unchanged`),
        ...notListed(fresh, `new ${one}`, `new ${many}`),
      ]
    }),
    ...scheme.specials.flatMap((state) => notListed(inState(state), ...nounOf(state))),
    ...notListed(inState(scheme.blank), 'project without a rating', 'projects without a rating'),
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
