import { buildCommandRegistry } from '../../src/app/command-registry.ts'
import type { ChatIdentity } from '../../src/base/addresses.ts'
import { newId } from '../../src/base/ids.ts'
import { createRouter } from '../../src/chat/router.ts'
import { countNotifyingRequest } from '../../src/domain/amounts/store.ts'
import { resolveActorIn } from '../../src/domain/people/identity-store.ts'
import type { Database } from '../../src/infra/db.ts'

/** What a person types alone, answered at `now` without a platform. Throws where it is no answer that names `expected`. */
export function askedBy(
  db: Database,
  actor: ChatIdentity,
  now: Date,
): (text: string, expected: string) => Promise<void> {
  const handle = createRouter({
    db,
    clock: { now: () => now },
    commands: buildCommandRegistry().commands,
    prefix: () => '/rag',
    platformTitle: () => 'Slack',
    resolveActor: resolveActorIn,
    redraw: async () => undefined,
    countNotifyingRequest,
    onError: (error) => {
      throw error
    },
  })
  const place = { ...actor, conversation: 'D1', kind: 'direct', isPerson: false } as const
  return async (text, expected) => {
    const reply = await handle({ key: newId(), actor, place, input: { by: 'text', text } })
    if (!JSON.stringify(reply).includes(expected))
      throw new Error(`This is no answer: ${JSON.stringify(reply).slice(0, 300)}`)
  }
}
