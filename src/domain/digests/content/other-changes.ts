import { plural } from '../../../base/text.ts'
import { needsReason, schemeOf, stateNouns } from '../../scheme/schemes.ts'
import type { Movement } from '../../status/movement.ts'
import type { DigestContent } from './content.ts'
import type { DigestInput } from './digest-input.ts'
import { countNewlyFlagged, countReopened } from './milestone-changes.ts'
import type { ProjectState } from './project-states.ts'
import type { RagHistory } from './rag-history.ts'

/**
 * What changed besides what got worse or better, as parts of the sentence that begins a digest: projects that came,
 * went, were rated for the first time or are not rated any more; colours that were set by hand or roll up otherwise.
 */
export function otherChanges(input: DigestInput, changes: ComposedChanges): string[] {
  const { previous } = input
  if (!previous) return []
  const reopened = countReopened(input)
  const flagged = countNewlyFlagged(input)
  return [
    ...projectChanges(input, changes),
    ...colourChanges(previous.snapshot, changes.colours),
    ...(flagged > 0 ? [`${plural(flagged, 'milestone')} newly at risk`] : []),
    ...(reopened > 0 ? [`${plural(reopened, 'milestone')} reopened`] : []),
  ]
}

/** What was composed already, to be counted. */
interface ComposedChanges {
  readonly states: readonly ProjectState[]
  readonly lifeChanges: DigestContent['lifeChanges']
  readonly colours: Colours
}

function projectChanges(
  { plan, previous, setAside }: DigestInput,
  { states: projectStates, lifeChanges }: ComposedChanges,
): string[] {
  const moved = (wanted: Movement) =>
    projectStates.filter(({ history: { movement } }) => movement === wanted)
  const now = new Set(plan.projects.map(({ id }) => id))
  const wasIn = new Map(previous?.snapshot.projects.map((one) => [one.id, one.workstreamId]))
  // Digests of long ago did not keep the workstream.
  const elsewhere = plan.projects.filter(
    ({ id, workstreamId }) => (wasIn.get(id) ?? workstreamId) !== workstreamId,
  )
  const gone = previous?.snapshot.projects.filter(({ id }) => !now.has(id)) ?? []
  const isSetAside = ({ id }: { readonly id: string }) => setAside?.ids.has(id) ?? false
  const left = gone.filter((one) => !isSetAside(one))
  const changed = (wanted: DigestContent['lifeChanges'][number]['change']) =>
    lifeChanges.filter(({ change }) => change === wanted)
  const stateThen = new Map(gone.map(({ id, state }) => [id, state]))
  const rests = changed('set aside')
  const unrated = moved('no longer rated')
  const wereStates = unrated.map(({ history: { earlier } }) => earlier[0] ?? '')
  const { settings } = plan.programme
  const areStates = (its: readonly ProjectState[]) => its.map(({ history }) => history.state)
  const statesThen = (its: readonly { readonly state: string }[]) => its.map(({ state }) => state)
  const told = (its: readonly unknown[], words: string, states: readonly string[], were = '') =>
    its.length === 0
      ? []
      : [`${plural(its.length, 'project')} ${words}${concerns(states, schemeOf(settings), were)}`]
  const toldOf = (movement: Movement, words: string) =>
    told(moved(movement), words, areStates(moved(movement)))
  return [
    ...told(unrated, 'no longer rated', wereStates, 'before: '),
    ...toldOf('first rated', 'rated for the first time'),
    ...toldOf('rated again', 'rated again'),
    ...told(moved('still not rated'), 'not rated for another reason', []),
    ...toldOf('new', 'new in the plan'),
    ...toldOf('back in the plan', 'back in the plan'),
    ...told(
      rests,
      'set aside',
      rests.flatMap(({ id }) => stateThen.get(id) ?? []),
      'before: ',
    ),
    ...told(changed('briefly'), 'set aside and live again', []),
    ...told(left, 'no longer in the plan', statesThen(left), 'before: '),
    ...toldOf('another rule', 'rated by another rule'),
    ...told(moved('another scale'), 'rated on another scale', []),
    ...told(elsewhere, 'in another workstream', []),
    ...renumberedProjects(plan, previous),
  ]
}

/** More would make the sentence a list. */
const maxNumbersTold = 3

/** '1 project renumbered (1.1 is now 1.7)': who has last week's digest looks for the old number. */
function renumberedProjects(
  { projects }: DigestInput['plan'],
  previous: DigestInput['previous'],
): string[] {
  const refs = new Map(previous?.snapshot.projects.map(({ id, ref }) => [id, ref]))
  const numbers = projects.flatMap(({ id, ref }) => {
    const was = refs.get(id) ?? ref
    return was === ref ? [] : [`${was} is now ${ref}`]
  })
  const { length } = numbers
  if (length === 0) return []
  const which = length <= maxNumbersTold ? ` (${numbers.join(', ')})` : ''
  return [`${plural(length, 'project')} renumbered${which}`]
}

/** ' (2 Reds, 1 Amber)': how many of them are in states that need a reason; '' where none is. */
function concerns(
  states: readonly string[],
  scheme: ReturnType<typeof schemeOf>,
  were: string,
): string {
  const counts = scheme.states.filter(needsReason).flatMap((state) => {
    const count = states.filter((key) => key === state.key).length
    return count > 0 ? plural(count, ...stateNouns(state)) : []
  })
  return counts.length > 0 ? ` (${were}${counts.join(', ')})` : ''
}

/** The rolled-up colours of a digest. */
type Colours = Pick<DigestContent['snapshot'], 'programme' | 'workstreams'>

const coloursOf = ({ programme, workstreams }: Colours): RagHistory[] => [
  ...(programme ? [programme] : []),
  ...workstreams,
]

function colourChanges(before: Colours, now: Colours): string[] {
  const overridesOf = (colours: Colours) =>
    new Set(coloursOf(colours).flatMap(({ rule }) => rule?.overrides ?? []))
  const [then, since] = [overridesOf(before), overridesOf(now)]
  const told = (count: number, words: string) =>
    count > 0 ? [`${plural(count, 'colour')} ${words}`] : []
  return [
    ...told([...since].filter((id) => !then.has(id)).length, 'set by hand'),
    ...told([...then].filter((id) => !since.has(id)).length, 'no longer set by hand'),
    ...told(
      coloursOf(now).filter(({ movement }) => movement === 'another rule').length,
      'rolled up by another rule',
    ),
  ]
}
