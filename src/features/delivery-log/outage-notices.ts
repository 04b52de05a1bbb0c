import { officeMembers } from '../../authority/programme-roles.ts'
import type { Place, PlatformName, Workspace } from '../../base/addresses.ts'
import type { Clock } from '../../base/clock.ts'
import { dateIn, dayMs, fullMoment, timeIn } from '../../base/dates.ts'
import type { Log } from '../../base/log.ts'
import { plural } from '../../base/text.ts'
import type { Card } from '../../chat/cards.ts'
import { noticeCard } from '../../chat/notice.ts'
import { programmeCalendar } from '../../domain/calendars/calendar.ts'
import { placesElsewhere } from '../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../domain/people/language-of.ts'
import { programmesById } from '../../domain/plan/store.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { type Database, inTransaction, type ReadTx, type Tx } from '../../infra/db.ts'
import { defineMessageKind } from '../../outbox/message-kinds.ts'
import { enqueue } from '../../outbox/outbox.ts'
import { countWaitingIn } from '../../outbox/statistics.ts'
import {
  claimUnreportedOutages,
  loadOutages,
  outageOf,
  type WorkspaceOutage,
} from '../../outbox/workspace-outages.ts'
import type { ExplainErrorCode } from './failure-explanations.ts'

/**
 * A workspace that refuses Milepost has to be mended by somebody, and cannot be told of it where it is broken. So the
 * programme office is told by another road, the members who have an account in another workspace; and the operator in
 * the log, by /readyz, the metrics and the doctor.
 */

export const outageNoticeKind = defineMessageKind({
  kind: 'outage',
  title: 'Note for the programme office',
  authority: 'run programme',
  isFailureReported: false,
  revalidate: async ({ db, clock }, { topics, enqueuedAt }) => {
    const [platform = '', tenant = ''] = topics
    if (!(await outageOf(db, { platform, tenant }))) return { dropReason: 'it was mended' }
    const isOld = clock.now().getTime() - enqueuedAt.getTime() > dayMs
    return isOld ? { dropReason: 'a later one says the same' } : 'unchanged'
  },
})

export interface OutageNoticeOptions {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  /** How a command begins there: "/rag", "@Milepost". */
  readonly prefix: (platform: PlatformName) => string
  readonly platformTitle: (platform: PlatformName) => string
  readonly explain: ExplainErrorCode
}

/** An outage that lasts shorter may concern one recipient alone, or end by itself. */
const graceMs = 5 * 60_000
const dayBegins = '09:00'

/**
 * Tells of every workspace that is broken: each member of the office of each programme that uses it, who has an account
 * elsewhere, at once and then once each working day until it is mended; the operator once a day, by an error in the log.
 * Runs each minute, in any number of processes.
 */
export async function enqueueOutageNotices(options: OutageNoticeOptions): Promise<void> {
  const { db, clock } = options
  const now = clock.now()
  const outages = await loadOutages(db)
  const lasting = outages.filter(({ since }) => now.getTime() - since.getTime() >= graceMs)
  if (lasting.length === 0) return
  await logOutages(options, now)
  for (const outage of lasting) {
    await inTransaction(db, async (tx) => {
      for (const programme of await programmesIn(tx, outage)) {
        if (!isTimeToTell(programme, outage, now)) continue
        const places = await placesElsewhere(tx, await officeOf(tx, programme), outages, now)
        for (const [personId, place] of places) {
          await enqueueNotice(tx, { outage, programme, personId, place, now }, options)
        }
      }
    })
  }
}

async function logOutages({ db, log, explain }: OutageNoticeOptions, now: Date): Promise<void> {
  const claimed = await claimUnreportedOutages(db, {
    before: new Date(now.getTime() - graceMs),
    reportedBefore: new Date(now.getTime() - dayMs),
    now,
  })
  for (const { platform, tenant, errorCode, since } of claimed) {
    const fields = { platform, tenant, errorCode, since, remedy: explain(errorCode)?.words }
    log.error(fields, 'A workspace refuses Milepost; its messages wait until it is mended')
  }
}

/** Programmes with a digest or with people there. */
export async function programmesIn(
  tx: ReadTx,
  { platform, tenant }: Workspace,
): Promise<readonly Programme[]> {
  const isThere = { platform, tenant }
  const rows = await tx.programme.findMany({
    where: {
      OR: [
        { subscriptions: { some: { ...isThere, endedAt: null } } },
        { memberships: { some: { person: { identities: { some: isThere } } } } },
      ],
    },
    select: { id: true },
  })
  return [
    ...(
      await programmesById(
        tx,
        rows.map(({ id }) => id),
      )
    ).values(),
  ]
}

/** On the day on which it began, and from the morning of each working day after it. */
function isTimeToTell(programme: Programme, { since }: WorkspaceOutage, now: Date): boolean {
  const { zone } = programme
  const today = dateIn(zone, now)
  if (today === dateIn(zone, since)) return true
  return programmeCalendar(programme).isWorkingDay(today) && timeIn(zone, now) >= dayBegins
}

/** Ids of the members of its programme office. */
export async function officeOf(tx: ReadTx, { id: programmeId }: Programme): Promise<string[]> {
  const rows = await officeMembers(tx, [programmeId])
  return rows.map(({ personId }) => personId)
}

interface Notice {
  readonly outage: WorkspaceOutage
  readonly programme: Programme
  readonly personId: string
  readonly place: Place
  readonly now: Date
}

async function enqueueNotice(tx: Tx, notice: Notice, options: OutageNoticeOptions): Promise<void> {
  const { outage, programme, personId, place, now } = notice
  const { platform, tenant, since } = outage
  const day = dateIn(programme.zone, now)
  const waiting = await countWaitingIn(tx, outage)
  const message = {
    key: `outage:${platform}:${tenant}:${since.getTime()}:${day}:${personId}`,
    topics: [platform, tenant],
    kind: outageNoticeKind,
    card: await inLanguageOf(tx, personId, () => renderNotice(notice, waiting, options)),
    why: [`You are in the programme office of ${programme.title}, which uses that workspace.`],
  }
  await enqueue(tx, { ...message, programmeIds: [programme.id], place, personId }, now)
}

function renderNotice(
  { outage, programme, place }: Notice,
  waiting: number,
  { prefix, platformTitle, explain }: OutageNoticeOptions,
): Card {
  const title = platformTitle(outage.platform)
  const since = fullMoment(outage.since, programme.zone)
  const explanation = explain(outage.errorCode)?.words
  return noticeCard({
    heading: `I can do nothing in ${title}`,
    lines: [
      `${title} has refused me in the workspace ${outage.tenant} since ${since} (${outage.errorCode}).`,
      ...(explanation ? [explanation] : []),
      `${plural(waiting, 'message')} wait there. Once it is mended I send what is still true, and list the rest as not sent: ${prefix(place.platform)} ledger`,
      'I tell you of it each working day until it is mended.',
    ],
    buttons: [],
  })
}
