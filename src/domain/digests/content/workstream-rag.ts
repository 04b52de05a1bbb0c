import { standingInWords } from '../../rollup/format.ts'
import { type Standing as RolledUp, type RollUp, rollUpPlan } from '../../rollup/rules.ts'
import { type Scheme, schemeOf } from '../../scheme/schemes.ts'
import type { DigestAsked, DigestContent } from './content.ts'
import { isComparable } from './project-states.ts'
import { type Before, type Standing, standingAfter } from './rag-history.ts'

type Snapshot = Pick<DigestContent['snapshot'], 'programme' | 'workstreams'>
type News = Pick<DigestContent, 'override' | 'workstreams'> & { readonly snapshot: Snapshot }

/** The colours that the projects come to: of the programme and of each workstream, with how they stood before. */
export function colourNews(asked: DigestAsked): News {
  const { plan, overrides = [] } = asked
  const scheme = schemeOf(plan.programme.settings)
  const rolledUp = rollUpPlan(plan, overrides)
  const { programme } = rolledUp
  return {
    override: programme.override ? standingInWords(programme, plan.people) : null,
    workstreams: rolledUp.workstreams.map(workstreamTold),
    snapshot: snapshotOf(asked, rolledUp, scheme),
  }
}

function workstreamTold({ workstream, standing }: RollUp['workstreams'][number]) {
  const { id, ref, title } = workstream
  const { counts, beside } = standing.parts
  const told = [...counts, ...beside].map(({ state, count }) => ({ state: state.key, count }))
  return { id, ref, title, counts: told }
}

function snapshotOf(asked: DigestAsked, rolledUp: RollUp, scheme: Scheme): Snapshot {
  const { previous } = asked
  const compared = { scheme, isComparable: isComparable(previous, scheme) }
  const standing = (before: Before, { state }: RolledUp): Standing =>
    standingAfter(before, state?.key ?? scheme.blank.key, compared)
  const then = new Map(previous?.snapshot.workstreams.map((each) => [each.id, each]))
  return {
    programme: standing(previous?.snapshot.programme ?? undefined, rolledUp.programme),
    workstreams: rolledUp.workstreams.map((each) => {
      const { id } = each.workstream
      return { id, ...standing(then.get(id), each.standing) }
    }),
  }
}
