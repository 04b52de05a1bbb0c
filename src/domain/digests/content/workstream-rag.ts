import { comparableColours, statesSetByHand } from '../../rollup/comparison.ts'
import { formatRollUpResult, formatSetByHand } from '../../rollup/format.ts'
import { type RollUp, type RollUpResult, rollUpPlan, rollUpRule } from '../../rollup/rules.ts'
import { type Scheme, schemeOf } from '../../scheme/schemes.ts'
import type { DigestContent } from './content.ts'
import type { DigestInput } from './digest-input.ts'
import { isComparable, type ProjectState } from './project-states.ts'
import { nextRagHistory, type PreviousHistory } from './rag-history.ts'

type RagSnapshot = Pick<DigestContent['snapshot'], 'programme' | 'workstreams'>
type WorkstreamRag = Pick<DigestContent, 'override' | 'workstreams'> & {
  readonly snapshot: RagSnapshot
}

/** The rolled-up states of the programme and of each workstream, with their history. */
export function composeWorkstreamRag(
  input: DigestInput,
  projectStates: readonly ProjectState[],
): WorkstreamRag {
  const { plan, overrides = [] } = input
  const scheme = schemeOf(plan.programme.settings)
  const rolledUp = rollUpPlan(plan, overrides)
  const { programme } = rolledUp
  return {
    override: overrideText(programme, input),
    workstreams: rolledUp.workstreams.map((one) => ({
      ...workstreamCounts(one),
      override: overrideText(one.standing, input),
    })),
    snapshot: ragSnapshot(input, rolledUp, { scheme, projectStates }),
  }
}

/** That a colour was set by hand, by whom and why; to the public nobody is named. Null where none was set. */
function overrideText(standing: RollUpResult, { plan, audience }: DigestInput): string | null {
  if (!standing.override) return null
  return audience === 'public'
    ? formatSetByHand(standing)
    : formatRollUpResult(standing, plan.people)
}

function workstreamCounts({ workstream, standing }: RollUp['workstreams'][number]) {
  const { id, ref, title } = workstream
  const { counts, offScale } = standing.parts
  const stateCounts = [...counts, ...offScale].map(({ state, count }) => ({
    state: state.key,
    count,
  }))
  return { id, ref, title, counts: stateCounts }
}

function ragSnapshot(
  input: DigestInput,
  rolledUp: RollUp,
  {
    scheme,
    projectStates,
  }: { readonly scheme: Scheme; readonly projectStates: readonly ProjectState[] },
): RagSnapshot {
  const { previous } = input
  const colours = comparableColours(
    previous?.snapshot.projects ?? [],
    projectStates.map(({ project, rating }) => {
      return { id: project.id, workstreamId: project.workstreamId, state: rating.state.key }
    }),
    { scheme, policy: rolledUp.programme.policy, setByHand: statesSetByHand(rolledUp) },
  )
  const compared = { scheme, isComparable: isComparable(previous, scheme) }
  const standing = (
    before: PreviousHistory,
    own: RollUpResult,
    workstreamId: string | null,
    parts: readonly RollUpResult[] = [],
  ) =>
    nextRagHistory(
      before,
      {
        state: own.state ?? scheme.blank,
        rule: own.state && rollUpRule(own, parts),
        compared: colours.get(workstreamId) ?? { before: null, now: null },
      },
      compared,
    )
  const then = new Map(previous?.snapshot.workstreams.map((each) => [each.id, each]))
  return {
    programme: standing(
      previous?.snapshot.programme ?? undefined,
      rolledUp.programme,
      null,
      rolledUp.workstreams.map((each) => each.standing),
    ),
    workstreams: rolledUp.workstreams.map((each) => {
      const { id } = each.workstream
      return { id, ...standing(then.get(id), each.standing, id) }
    }),
  }
}
