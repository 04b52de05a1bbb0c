import type { Address } from '../base/addresses.ts'
import type { Transition } from './state-machine.ts'

/** The message in whose thread another belongs, once it is no longer on its way. */
export interface ThreadRoot {
  readonly state: 'sent' | 'uncertain' | 'dead'
  readonly address: Address | undefined
}

/**
 * In which thread a follower is posted. An uncertain root has no known address: its follower is sent outside a thread,
 * because its content would otherwise be lost. Below a dead root it would make no sense, so it dies with the root.
 */
export function threadOf(
  root: ThreadRoot | undefined,
): { thread: Address | undefined } | Transition {
  if (root?.state !== 'dead') return { thread: root?.address }
  return {
    state: 'dead',
    code: 'root_not_sent',
    reason: 'the message in whose thread it belongs was never sent',
  }
}
