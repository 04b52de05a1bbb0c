import { type CivilDate, fullDate } from '../../../base/dates.ts'
import { plural } from '../../../base/text.ts'
import { deliveryState } from '../../plan/plan.ts'
import { needsReason, nounOf, type State, schemeOf } from '../../scheme/schemes.ts'
import type { Movement } from '../../status/movement.ts'
import type { DigestAsked, DigestContent, LeftOut, QuietProject } from './content.ts'
import type { Stand } from './project-states.ts'

/** Projects that came, went, or were rated for the first time, in sentences. */
export function notesOf({ plan, previous }: DigestAsked, stands: readonly Stand[]): string[] {
  if (!previous) return []
  const count = (wanted: Movement) =>
    stands.filter(({ standing }) => standing.movement === wanted).length
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

/** '2 Greens', and how to see them; nothing for none. */
export function counted(
  number: number,
  [one, many]: readonly [string, string],
  see: string,
): LeftOut[] {
  return number === 0 ? [] : [{ what: plural(number, one, many), see }]
}

interface Listed {
  readonly dueUntil: CivilDate
  readonly quiet: readonly QuietProject[]
}

/** What stands well or has time, counted instead of listed. */
export function leftOutOf(
  { plan, previous }: DigestAsked,
  stands: readonly Stand[],
  { dueUntil, quiet }: Listed,
): DigestContent['leftOut'] {
  const { states, specials, blank } = schemeOf(plan.programme.settings)
  const listed = new Set(quiet.map(({ id }) => id))
  const calm = stands.filter(({ project }) => !listed.has(project.id))
  const inState = ({ key }: State, ...wanted: Movement[]) =>
    calm.filter(
      ({ state, standing: { movement } }) =>
        state.key === key && (wanted.length === 0 || wanted.includes(movement)),
    ).length
  return [
    ...states
      .filter((state) => !needsReason(state))
      .flatMap((state) => {
        const [one, many] = nounOf(state)
        const see = `projects ${state.label.toLowerCase()}`
        const fresh = inState(state, 'new', 'first rated', 'another scale')
        if (!previous) return counted(fresh, [one, many], see)
        return [
          ...counted(inState(state, 'same'), [`${one} unchanged`, `${many} unchanged`], see),
          ...counted(fresh, [`new ${one}`, `new ${many}`], see),
        ]
      }),
    ...specials.flatMap((state) =>
      counted(inState(state), nounOf(state), `projects ${state.label.toLowerCase()}`),
    ),
    ...counted(
      inState(blank),
      ['project without a rating', 'projects without a rating'],
      'projects not rated',
    ),
    ...milestonesLeftOut({ plan }, dueUntil),
  ]
}

/** The furthest that `due` looks ahead. */
const farAhead = 'due 365'

function milestonesLeftOut({ plan }: Pick<DigestAsked, 'plan'>, dueUntil: CivilDate): LeftOut[] {
  const open = plan.projects
    .flatMap(({ milestones }) => milestones)
    .filter((milestone) => deliveryState(milestone, plan.asAt) === 'on track')
  const later = open.filter(({ due }) => due !== null && due > dueUntil).length
  const undated = open.filter(({ due }) => due === null).length
  const after = `due after ${fullDate(dueUntil)}`
  return [
    ...counted(later, [`milestone ${after}`, `milestones ${after}`], farAhead),
    ...counted(
      undated,
      ['milestone without a date', 'milestones without a date'],
      'projects undated',
    ),
  ]
}
