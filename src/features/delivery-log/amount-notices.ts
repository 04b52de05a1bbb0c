import { officeMembers } from '../../authority/programme-roles.ts'
import type { Clock } from '../../base/clock.ts'
import { dateIn } from '../../base/dates.ts'
import { noticeCard } from '../../chat/notice.ts'
import { formatAmount, formatFreeAt } from '../../domain/amounts/format.ts'
import {
  type BrakedPerson,
  loadBrakedPeople,
  purgeNotifyingRequests,
} from '../../domain/amounts/store.ts'
import { directPlaceOf } from '../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../domain/people/language-of.ts'
import { type Database, inTransaction, type Tx } from '../../infra/db.ts'
import { defineMessageKind } from '../../outbox/message-kinds.ts'
import { enqueue } from '../../outbox/outbox.ts'

export const amountNoticeKind = defineMessageKind({
  kind: 'amount-notice',
  title: 'Note for the programme office',
  authority: 'run programme',
  isFailureReported: false,
})

/**
 * Tells the programme office in private who has used up what they may have others hear: of each person once a day. Runs
 * each minute, in any number of processes.
 */
export async function enqueueAmountNotices({
  db,
  clock,
}: {
  readonly db: Database
  readonly clock: Clock
}): Promise<void> {
  await inTransaction(db, async (tx) => {
    const now = clock.now()
    for (const braked of await loadBrakedPeople(tx, now)) await notifyOffices(tx, braked, now)
    await purgeNotifyingRequests(tx, now)
  })
}

async function notifyOffices(tx: Tx, braked: BrakedPerson, now: Date): Promise<void> {
  const office = await officeMembers(tx, braked.programmeIds)
  const others = office.filter(
    ({ personId }, at) => personId !== braked.personId && office[at - 1]?.personId !== personId,
  )
  for (const { personId, programmeId } of others) {
    const place = await directPlaceOf(tx, personId)
    if (!place) continue
    const person = await tx.person.findUnique({ where: { id: personId }, select: { zone: true } })
    const zone = person?.zone ?? 'Europe/London'
    const message = {
      key: `amount:${braked.personId}:${dateIn(zone, now)}:${personId}`,
      kind: amountNoticeKind,
      card: await inLanguageOf(tx, personId, () => amountNotice(braked, zone)),
      why: [
        'You are in the programme office, and somebody has had others hear from me very often.',
      ],
    }
    await enqueue(tx, { ...message, place, programmeIds: [programmeId], personId }, now)
  }
}

function amountNotice({ name, usedUp }: BrakedPerson, zone: string) {
  return noticeCard({
    heading: `${name} has asked for many messages`,
    lines: [
      `${name} has had others hear from me ${formatAmount(usedUp.amount)}, which is as often as I do that for one person. More is refused until ${formatFreeAt(usedUp, zone)}.`,
      'What was sent stays. If it was not meant well, talk to them; what reached whom is in the ledger of each person who got it.',
    ],
    buttons: [],
  })
}
