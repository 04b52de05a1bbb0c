import type { PlatformName } from '../../base/addresses.ts'
import type { Clock } from '../../base/clock.ts'
import { plural } from '../../base/text.ts'
import { directPlaceOf } from '../../domain/people/identity-store.ts'
import { type Database, inTransaction, type ReadTx, type Tx } from '../../infra/db.ts'
import type { ErrorCode } from '../../outbox/error-codes.ts'
import { enqueue } from '../../outbox/outbox.ts'
import { claimUnreported } from '../../outbox/unreported-failures.ts'
import { ledgerCard } from './cards.ts'
import { maxListed } from './format.ts'
import { type LoggedMessage, listMessages } from './logged-messages.ts'
import { renderMessageRow } from './message-row.ts'

/** Of messages that tell of undelivered messages. */
export const failureNoticeKind = 'office'
const rootNotSent: ErrorCode = 'root_not_sent'

export interface FailureNoticeParts {
  readonly db: Database
  readonly clock: Clock
  /** How a command begins there: "/rag", "@Milepost". */
  readonly prefix: (platform: PlatformName) => string
  /** A platform as people know it: "Slack". */
  readonly platformTitle: (platform: PlatformName) => string
}

/**
 * Tells the programme office of what could not be delivered since it was last told: each message once, all that is new
 * in one, to each of the office in private. What the office itself could not be told is told to nobody, so that there
 * is no end of it; nor is what fell with the message above it, which is sent again with that. Runs each minute, in any number of processes. Tells how many messages were told of.
 */
export async function enqueueFailureNotices(parts: FailureNoticeParts): Promise<number> {
  const { db, clock } = parts
  return inTransaction(db, async (tx) => {
    const now = clock.now()
    const ids = await claimUnreported(tx, now)
    if (ids.length === 0) return 0
    const rows = await listMessages(tx, { ids }, ids.length)
    const told = rows.filter(
      ({ kind, errorCode }) => kind !== failureNoticeKind && errorCode !== rootNotSent,
    )
    for (const [personId, theirs] of await failuresByOfficeMember(tx, told)) {
      await enqueueNotice(tx, personId, theirs, now, parts)
    }
    return told.length
  })
}

/** What each member of each programme's office is to be told. */
async function failuresByOfficeMember(
  tx: ReadTx,
  rows: readonly LoggedMessage[],
): Promise<Map<string, LoggedMessage[]>> {
  const found = new Map<string, LoggedMessage[]>()
  for (const row of rows) {
    const programme = row.programmeId
      ? { id: row.programmeId }
      : { memberships: { some: { personId: row.personId ?? '' } } }
    if (!row.programmeId && !row.personId) continue
    const office = await tx.membership.findMany({
      where: { role: 'programme_office', programme },
      distinct: 'personId',
      select: { personId: true },
      orderBy: { personId: 'asc' },
    })
    for (const { personId } of office) {
      found.set(personId, [...(found.get(personId) ?? []), row])
    }
  }
  return found
}

async function enqueueNotice(
  tx: Tx,
  personId: string,
  rows: readonly LoggedMessage[],
  now: Date,
  { prefix, platformTitle }: Pick<FailureNoticeParts, 'prefix' | 'platformTitle'>,
): Promise<void> {
  const place = await directPlaceOf(tx, personId)
  const [latest] = rows
  if (!place || !latest) return
  const person = await tx.person.findUnique({ where: { id: personId }, select: { zone: true } })
  const zone = person?.zone ?? 'Europe/London'
  const left = rows.length - maxListed
  const card = ledgerCard({
    heading: 'Not delivered',
    intro: `${plural(rows.length, 'message')} could not be delivered, or may not have been.`,
    rows: rows
      .slice(0, maxListed)
      .map((row) => renderMessageRow(row, platformTitle(row.platform), zone)),
    more:
      left > 0
        ? `${plural(left, 'more')} not listed. Type ${prefix(place.platform)} ledger problems.`
        : '',
  })
  const why = ['You are in the programme office, and a message of the programme was not delivered.']
  const key = `undelivered:${personId}:${latest.sequence}:${now.getTime()}`
  await enqueue(tx, { key, kind: failureNoticeKind, place, card, personId, why }, now)
}
