import type { Log } from '../base/log.ts'
import type { Claim } from './claim-store.ts'
import type { EditClaim } from './message-edits.ts'
import type { EditTransition, Transition } from './state-machine.ts'

/** How an attempt ended, for the operator: ids and reasons, never what a message says. */
export function logSendResult(
  log: Log,
  { key, kind }: Claim,
  next: Transition | 'taken over',
): void {
  const about = { delivery: key, kind }
  if (next === 'taken over') log.warn(about, 'Took too long: another dispatcher took it over')
  else if (next.state === 'sent') log.info(about, 'Sent')
  else if (next.state === 'dropped')
    log.info(about, `Not sent, because it is no longer true: ${next.reason}`)
  else if (next.state === 'waiting') log.info(about, `Tries again later: ${next.reason}`)
  else log.warn(about, `Not sent (${next.state}): ${next.reason}`)
}

export function logEditResult(
  log: Log,
  { key, kind }: EditClaim,
  next: EditTransition | 'taken over',
): void {
  const about = { delivery: key, kind }
  if (next === 'taken over') log.warn(about, 'Took too long: another dispatcher took it over')
  else if (next.state === 'waiting') log.info(about, `Its message is changed later: ${next.reason}`)
  else if (next.failure) log.warn(about, `Its message stays as it was: ${next.failure.reason}`)
  else log.info(about, 'Its message was changed')
}
