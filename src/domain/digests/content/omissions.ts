import { type CivilDate, fullDate } from '../../../base/dates.ts'
import { plural } from '../../../base/text.ts'
import { deliveryState } from '../../plan/plan.ts'
import { formatSetAside } from '../../plan/set-aside.ts'
import { needsReason, type State, schemeOf, stateNouns } from '../../scheme/schemes.ts'
import type { Movement } from '../../status/movement.ts'
import type { DigestContent, Omission } from './content.ts'
import type { DigestInput } from './digest-input.ts'
import type { ProjectState } from './project-states.ts'

/** '2 Greens', and how to see them; nothing for none. */
export function omissionOf(
  number: number,
  [one, many]: readonly [string, string],
  see: string,
): Omission[] {
  return number === 0 ? [] : [{ what: plural(number, one, many), see }]
}

interface ListedItems {
  readonly dueUntil: CivilDate
  /** Ids of the projects that a list has. */
  readonly projects: ReadonlySet<string>
}

/** How those in a good state that are not listed came to it. */
const changesTold: readonly { readonly movements: readonly Movement[]; readonly told: string }[] = [
  { movements: ['same'], told: 'unchanged' },
  { movements: ['new', 'first rated', 'rated again', 'back in the plan'], told: 'newly rated' },
  { movements: ['another rule'], told: 'rated by another rule' },
  { movements: ['another scale'], told: 'rated on another scale' },
]

/** What is in a good state or not due soon, counted instead of listed. */
export function planOmissions(
  { plan, previous }: DigestInput,
  projectStates: readonly ProjectState[],
  { dueUntil, projects }: ListedItems,
): DigestContent['leftOut'] {
  const { states, specials, blank } = schemeOf(plan.programme.settings)
  const calm = projectStates.filter(({ project }) => !projects.has(project.id))
  const inState = ({ key }: State, ...wanted: Movement[]) =>
    calm.filter(
      ({ rating, history: { movement } }) =>
        rating.state.key === key && (wanted.length === 0 || wanted.includes(movement)),
    ).length
  return [
    ...states
      .filter((state) => !needsReason(state))
      .flatMap((state) => {
        const [one, many] = stateNouns(state)
        const see = `projects ${state.label.toLowerCase()}`
        if (!previous) return omissionOf(inState(state), [one, many], see)
        return changesTold.flatMap(({ movements, told }) =>
          omissionOf(inState(state, ...movements), [`${one} ${told}`, `${many} ${told}`], see),
        )
      }),
    ...specials.flatMap((state) =>
      omissionOf(inState(state), stateNouns(state), `projects ${state.label.toLowerCase()}`),
    ),
    ...omissionOf(
      inState(blank),
      ['project without a rating', 'projects without a rating'],
      'projects not rated',
    ),
    ...milestoneOmissions({ plan }, dueUntil),
  ]
}

/** "2 on hold, 1 in the pipeline, 3 closed: 2 finished, 1 merged". */
export function setAsideOmissions({ setAside }: Pick<DigestInput, 'setAside'>): Omission[] {
  const what = setAside ? formatSetAside(setAside.counts) : ''
  return what === '' ? [] : [{ what, see: 'plan' }]
}

/** The furthest that `due` looks ahead. */
const dueFarAheadCommand = 'due 365'

function milestoneOmissions({ plan }: Pick<DigestInput, 'plan'>, dueUntil: CivilDate): Omission[] {
  const open = plan.projects
    .flatMap(({ milestones }) => milestones)
    .filter((milestone) => deliveryState(milestone, plan.asAt) === 'on track')
  const later = open.filter(({ due }) => due !== null && due > dueUntil).length
  const undated = open.filter(({ due }) => due === null).length
  const after = `due after ${fullDate(dueUntil)}`
  return [
    ...omissionOf(later, [`milestone ${after}`, `milestones ${after}`], dueFarAheadCommand),
    ...omissionOf(
      undated,
      ['milestone without a date', 'milestones without a date'],
      'projects undated',
    ),
  ]
}
