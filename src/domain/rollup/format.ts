import { listOf, plural } from '../../base/text.ts'
import { formerMember } from '../people/names.ts'
import type { Person } from '../people/person.ts'
import type { StateCount, Tally } from '../scheme/roll-up.ts'
import type { RollUpPolicy } from '../scheme/roll-up-settings.ts'
import { formatState, goalOf, needsReason, type Scheme } from '../scheme/schemes.ts'
import type { RollUpResult } from './rules.ts'

/** "Red 8, Amber 18, Green 21 of 47 projects; 2 not rated": the counts that stand beside every colour. */
export function formatTally(tally: Tally, one: string): string {
  const { counts, offScale, total } = tally
  if (total === 0) return `no ${one}s`
  const each = ({ state, count }: StateCount) => `${state.label} ${count}`
  const rated = `${counts.map(each).join(', ')} of ${plural(total, one)}`
  return [rated, ...offScale.map(formatOffScaleCount)].join('; ')
}

function formatOffScaleCount({ state, count }: StateCount): string {
  return `${count} ${state.label === 'N/A' ? state.label : state.label.toLowerCase()}`
}

/**
 * In the words of the scheme: its best state under way, its worst, and the one next to that; and how many have to be
 * rated.
 */
export function formatPolicy(policy: RollUpPolicy, scheme: Scheme): string {
  const { minRated } = policy
  const minimum =
    minRated > 0 ? `; none where less than ${formatShare(minRated)} of them are rated` : ''
  return `${formatMethod(policy, scheme)}${minimum}`
}

function formatMethod({ policy, redShare }: RollUpPolicy, scheme: Scheme): string {
  if (policy === 'worst') return 'the worst of its parts'
  if (policy === 'plurality') return 'what most of its parts are; of two that tie, the worse'
  const [red, amber = red] = scheme.states.filter(needsReason)
  const share = formatShare(redShare)
  return `${goalOf(scheme).label} only if all its parts are, ${red?.label} if ${share} of them or more are, else ${amber?.label}`
}

/** '25%', '12.5%'. */
const formatShare = (share: number) => `${Math.round(share * 1000) / 10}%`

/** "◆ Red", "no colour: no live project", "no colour: nothing is rated yet", "no colour: not enough rated, 1 of 9". */
function formatColour({ state, parts }: Pick<RollUpResult, 'state' | 'parts'>): string {
  if (state) return formatState(state)
  if (parts.total === 0) return 'no colour: no live project'
  return parts.rated === 0
    ? 'no colour: nothing is rated yet'
    : `no colour: not enough rated, ${parts.rated} of ${parts.total}`
}

/** "▲ Amber (rolled up: Red 2 of 7; set by Ann Lee: the contract is signed)"; the colour alone where nobody set it. */
export function formatRollUpResult(
  standing: RollUpResult,
  people: ReadonlyMap<string, Person>,
): string {
  const { override } = standing
  if (!override) return formatColour(standing)
  return formatSetByHand(
    standing,
    `set by ${personName(override.byId, people)}: ${override.reason}`,
  )
}

/** "▲ Amber (rolled up: Red 2 of 7; set by hand)": for readers to whom nobody is named. */
export function formatSetByHand(standing: RollUpResult, how = 'set by hand'): string {
  return `${formatColour(standing)} (rolled up: ${formatRolledUpState(standing)}; ${how})`
}

/** "Red 2 of 7": how many of what was rolled up have that colour. */
function formatRolledUpState({ rolledUp, parts }: RollUpResult): string {
  if (!rolledUp)
    return parts.rated > 0 ? `not enough rated, ${parts.rated} of ${parts.total}` : 'no colour'
  const count = parts.counts.find(({ state }) => state.key === rolledUp.key)?.count ?? 0
  return `${rolledUp.label} ${count} of ${parts.total}`
}

export function personName(id: string | null, people: ReadonlyMap<string, Person>): string {
  return (id && people.get(id)?.name) || formerMember
}

/** "2.1, 2.2 and 3.2", and of a long list the first ones and how many more. */
export function formatRefs(refs: readonly string[], most: number): string {
  if (refs.length <= most) return listOf(refs)
  return `${refs.slice(0, most).join(', ')} and ${refs.length - most} more`
}
