import { officeMembers } from '../../authority/programme-roles.ts'
import type { PlatformName } from '../../base/addresses.ts'
import type { Clock } from '../../base/clock.ts'
import { plural } from '../../base/text.ts'
import { directPlaceOf } from '../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../domain/people/language-of.ts'
import { type Database, inTransaction, type ReadTx, type Tx } from '../../infra/db.ts'
import type { ErrorCode } from '../../outbox/error-codes.ts'
import { defineMessageKind, type MessageKindRegistry } from '../../outbox/message-kinds.ts'
import { enqueue } from '../../outbox/outbox.ts'
import { claimUnreported, resendDeadNotices } from '../../outbox/unreported-failures.ts'
import { ledgerCard } from './cards.ts'
import type { ExplainErrorCode } from './failure-explanations.ts'
import { maxListed } from './format.ts'
import { type LoggedMessage, listMessages } from './logged-messages.ts'
import { renderMessageRow } from './message-row.ts'

export const failureNoticeKind = defineMessageKind({
  kind: 'failure-notice',
  title: 'Note for the programme office',
  authority: 'run programme',
  isFailureReported: false,
  // It may have waited: somebody may have had all of them sent again meanwhile.
  revalidate: async ({ db }, { topics }) => {
    if (topics.length === 0) return 'unchanged'
    const rows = await listMessages(db, { ids: topics }, topics.length)
    const isSettled = rows.every(({ state }) => !failureStates.includes(state))
    return isSettled ? { dropReason: 'all of them were sent meanwhile' } : 'unchanged'
  },
})

const failureStates: readonly string[] = ['dead', 'uncertain', 'dropped']

const rootNotSent: ErrorCode = 'root_not_sent'

export interface FailureNoticeOptions {
  readonly db: Database
  readonly clock: Clock
  /** How a command begins there: "/rag", "@Milepost". */
  readonly prefix: (platform: PlatformName) => string
  /** A platform as people know it: "Slack". */
  readonly platformTitle: (platform: PlatformName) => string
  readonly kinds: Pick<
    MessageKindRegistry,
    'title' | 'isFailureReported' | 'toOffice' | 'withReportedDrops'
  >
  readonly explain: ExplainErrorCode
}

/**
 * Enqueues a notice to each member of the programme office, in private, about the messages that failed since the last
 * run. Each failure is reported once; all new ones share a notice. Two sorts are not reported: messages to the office
 * itself, which are sent again each day instead, and followers of a failed message, because they are sent again with it.
 * Runs each minute, in any number of processes. Returns how many failures it reported.
 */
export async function enqueueFailureNotices(options: FailureNoticeOptions): Promise<number> {
  const { db, clock, kinds } = options
  return inTransaction(db, async (tx) => {
    const now = clock.now()
    await resendDeadNotices(tx, kinds.toOffice, now)
    const ids = await claimUnreported(tx, now, kinds.withReportedDrops)
    if (ids.length === 0) return 0
    const failures = (await listMessages(tx, { ids }, ids.length)).filter(
      ({ kind, errorCode }) => kinds.isFailureReported(kind) && errorCode !== rootNotSent,
    )
    for (const [personId, theirs] of await failuresByOfficeMember(tx, failures)) {
      await enqueueNotice(tx, personId, theirs, now, options)
    }
    return failures.length
  })
}

/** What one person is told of, and the programmes in whose office they are told it. */
interface OfficeFailures {
  readonly rows: Set<LoggedMessage>
  readonly programmeIds: Set<string>
}

/** By id of the person: the failed messages of their own programmes. */
async function failuresByOfficeMember(
  tx: ReadTx,
  rows: readonly LoggedMessage[],
): Promise<Map<string, OfficeFailures>> {
  const found = new Map<string, OfficeFailures>()
  for (const row of rows) {
    const office = await officeMembers(tx, row.programmeIds)
    for (const { personId, programmeId } of office) {
      const theirs = found.get(personId) ?? { rows: new Set(), programmeIds: new Set() }
      theirs.rows.add(row)
      theirs.programmeIds.add(programmeId)
      found.set(personId, theirs)
    }
  }
  return found
}

async function enqueueNotice(
  tx: Tx,
  personId: string,
  failures: OfficeFailures,
  now: Date,
  { prefix, platformTitle, kinds, explain }: FailureNoticeOptions,
): Promise<void> {
  const place = await directPlaceOf(tx, personId)
  const rows = [...failures.rows]
  const [latest] = rows
  if (!place || !latest) return
  const person = await tx.person.findUnique({ where: { id: personId }, select: { zone: true } })
  const zone = person?.zone ?? 'Europe/London'
  const left = rows.length - maxListed
  const listed = () =>
    ledgerCard({
      heading: 'Not delivered',
      intro: `${plural(rows.length, 'message')} could not be delivered, or may not have been.`,
      rows: rows
        .slice(0, maxListed)
        .map((row) => renderMessageRow(row, { kinds, explain, platformTitle, zone })),
      more:
        left > 0
          ? `${plural(left, 'more')} not listed. Type ${prefix(place.platform)} ledger problems.`
          : '',
    })
  const card = await inLanguageOf(tx, personId, listed)
  const why = ['You are in the programme office, and a message of the programme was not delivered.']
  const key = `undelivered:${personId}:${latest.sequence}:${now.getTime()}`
  const programmeIds = [...failures.programmeIds]
  const topics = rows.map(({ id }) => id)
  const notice = { key, kind: failureNoticeKind, place, card, programmeIds, personId, why, topics }
  await enqueue(tx, notice, now)
}
