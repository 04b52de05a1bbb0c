import { messageKinds } from '../../../src/app/message-kinds.ts'
import type { ChatIdentity } from '../../../src/base/addresses.ts'
import type { Card } from '../../../src/chat/cards.ts'
import { createButtonFitter } from '../../../src/chat/fit-buttons.ts'
import { postDigests } from '../../../src/features/digests/posting/publish.ts'
import { enqueueLeaverNotices } from '../../../src/features/people/leavers/leaver-notices.ts'
import { enqueueReminders } from '../../../src/features/reminders/enqueue-reminders.ts'
import type { Database } from '../../../src/infra/db.ts'
import { withFittedButtons } from '../../../src/outbox/fit-message.ts'
import { cardOf, placeOf, programmeIdsOf } from '../../../src/outbox/row-mapping.ts'
import { clockAt } from '../../support/clock.ts'
import { platformTitle } from '../../support/platforms.ts'
import { commands } from './ask.ts'

/** What Milepost says first to one person, as it would be sent to them at a moment. */
export interface SentCard {
  readonly kind: string
  readonly personId: string
  readonly identity: ChatIdentity
  readonly card: Card
}

const log = { info: () => {}, warn: () => {}, error: () => {} }

/** Runs the jobs at a moment, and gives all that waits to be sent to somebody then, with the buttons that they get. */
export async function sentAt(db: Database, moment: Date): Promise<SentCard[]> {
  const clock = clockAt(moment)
  const prefix = () => '/rag'
  await enqueueReminders({ db, clock, prefix, log })
  await postDigests({ db, clock, log, platformTitle, prefix })
  await enqueueLeaverNotices({ db, clock, platformTitle })
  const fitting = { db, clock, fitButtons: createButtonFitter(commands) }
  const revalidate = withFittedButtons(fitting, (message) =>
    messageKinds.revalidate({ db, clock }, message),
  )
  const rows = await db.outboxMessage.findMany({
    where: { personId: { not: null }, state: 'waiting' },
    include: { person: { include: { identities: true } } },
  })
  const sent: SentCard[] = []
  for (const { person, ...row } of rows) {
    const [account] = person?.identities ?? []
    if (!person || !account) continue
    const { id, key, kind, topics, createdAt: enqueuedAt } = row
    const message = {
      ...{ id, key, kind, topics, enqueuedAt, card: cardOf(row), place: placeOf(row) },
      ...{ programmeIds: programmeIdsOf(row), personId: person.id },
    }
    const result = await revalidate(message)
    if (result !== 'unchanged' && !('card' in result)) continue
    const { platform, tenant, user } = account
    const card = result === 'unchanged' ? message.card : result.card
    sent.push({ kind, personId: person.id, identity: { platform, tenant, user }, card })
  }
  // What was said is not said again at a later moment.
  await db.outboxMessage.updateMany({ where: { state: 'waiting' }, data: { state: 'sent' } })
  return sent
}
