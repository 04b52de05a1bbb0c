import type { Clock } from '../../base/clock.ts'
import { plural } from '../../base/text.ts'
import type { PlatformName } from '../../chat/request.ts'
import { directPlaceOf } from '../../domain/people/identity-store.ts'
import { type Database, inTransaction, type Tx } from '../../infra/db.ts'
import { decide } from '../../outbox/outbox.ts'
import { type Listed, listDeliveries } from '../../outbox/queries.ts'
import { rootNeverSent } from '../../outbox/state-machine.ts'
import { takeUntold } from '../../outbox/unreported-failures.ts'
import { type LedgerButton, ledgerCard } from './cards.ts'
import { linesOf, mostShown, titleOf } from './format.ts'

/** Of messages that tell of undelivered messages. */
export const kindOfNews = 'office'
export interface ProblemParts {
  readonly db: Database
  readonly clock: Clock
  /** How a command begins there: "/rag", "@Milepost". */
  readonly prefix: (platform: PlatformName) => string
}

/**
 * Tells the programme office of what could not be delivered since it was last told: each message once, all that is new
 * in one, to each of the office in private. What the office itself could not be told is told to nobody, so that there
 * is no end of it; nor is what fell with the message above it, which is sent again with that. Runs each minute, in any number of processes. Tells how many messages were told of.
 */
export async function tellProblems({ db, clock, prefix }: ProblemParts): Promise<number> {
  return inTransaction(db, async (tx) => {
    const now = clock.now()
    const ids = await takeUntold(tx, now)
    if (ids.length === 0) return 0
    const rows = await listDeliveries(tx, { ids }, ids.length)
    const told = rows.filter(({ kind, error }) => kind !== kindOfNews && error !== rootNeverSent)
    for (const [personId, theirs] of await officesOf(tx, told)) {
      await tell(tx, personId, theirs, now, prefix)
    }
    return told.length
  })
}

/** What each member of each programme's office is to be told. */
async function officesOf(tx: Tx, rows: readonly Listed[]): Promise<Map<string, Listed[]>> {
  const found = new Map<string, Listed[]>()
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

async function tell(
  tx: Tx,
  personId: string,
  rows: readonly Listed[],
  now: Date,
  prefix: ProblemParts['prefix'],
): Promise<void> {
  const place = await directPlaceOf(tx, personId)
  const [latest] = rows
  if (!place || !latest) return
  const person = await tx.person.findUnique({ where: { id: personId }, select: { zone: true } })
  const zone = person?.zone ?? 'Europe/London'
  const left = rows.length - mostShown
  const card = ledgerCard({
    heading: 'Not delivered',
    intro: `${plural(rows.length, 'message')} could not be delivered, or may not have been.`,
    rows: rows.slice(0, mostShown).map((row) => ({
      title: titleOf(row),
      lines: linesOf(row, zone),
      buttons: buttonsOf(row),
    })),
    more:
      left > 0
        ? `${plural(left, 'more')} not listed. Type ${prefix(place.platform)} ledger problems.`
        : '',
  })
  const why = ['You are in the programme office, and a message of the programme was not delivered.']
  const key = `undelivered:${personId}:${latest.number}:${now.getTime()}`
  await decide(tx, { key, kind: kindOfNews, place, card, personId, why }, now)
}

/** What can be done about a message: sent again, taken back. */
export function buttonsOf({ state, number }: Pick<Listed, 'state' | 'number'>): LedgerButton[] {
  const data = { number: String(number) }
  const retry = { title: 'Send again', verb: 'ledger-retry', data }
  const drop = { title: 'Drop', verb: 'ledger-drop', data }
  if (state === 'dead' || state === 'uncertain') return [retry, drop]
  return state === 'waiting' ? [drop] : []
}
