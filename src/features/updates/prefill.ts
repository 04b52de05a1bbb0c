import type { CivilDate } from '../../base/dates.ts'
import { fingerprint } from '../../domain/checks/check.ts'
import type { StatusUpdate } from '../../domain/plan/plan.ts'
import { allStates, needsReason, type Scheme } from '../../domain/scheme/schemes.ts'

/**
 * What the form of an update begins with: the last status, with its words to be edited. They stand there for that status
 * alone: where another one is chosen, words that nobody touched say nothing of it.
 */
export interface Prefill {
  readonly state: string
  readonly reason: string
  readonly date: CivilDate | ''
  /** The status and the words it began with, to be sent back with the form; '' for none. */
  readonly was: string
}

export function prefillFrom(
  last: Pick<StatusUpdate, 'state' | 'reason' | 'greenBy'> | undefined,
  scheme: Scheme,
  today: CivilDate,
): Prefill {
  const state = allStates(scheme).find(({ key }) => key === last?.state)
  if (!last || !state) return { state: '', reason: '', date: '', was: '' }
  if (!needsReason(state)) return { state: state.key, reason: '', date: '', was: '' }
  const reason = last.reason ?? ''
  const date = last.greenBy && last.greenBy >= today ? last.greenBy : ''
  return { state: state.key, reason, date, was: reason ? wasOf(state.key, reason) : '' }
}

const wasOf = (state: string, reason: string) => `${state}:${fingerprint(reason)}`

/** What was sent, without the words of the last status where another one was chosen and nobody touched them. */
export function withoutLastWords<
  Sent extends { readonly state?: string | undefined; readonly reason?: string | undefined },
>(sent: Sent, was: string | undefined): Sent {
  const { state = '', reason = '' } = sent
  if (!was || was.startsWith(`${state}:`)) return sent
  const [first = ''] = was.split(':')
  return wasOf(first, reason) === was ? { ...sent, reason: undefined } : sent
}
