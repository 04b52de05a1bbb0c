import { officeMembers } from '../../../authority/programme-roles.ts'
import type { PlatformName } from '../../../base/addresses.ts'
import type { Card } from '../../../chat/cards.ts'
import { type NoticeButton, noticeCard } from '../../../chat/notice.ts'
import { directPlaceOf } from '../../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../../domain/people/language-of.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import type { ReadTx, Tx } from '../../../infra/db.ts'
import { findEnqueuedKeys } from '../../../outbox/find-message.ts'
import { enqueue } from '../../../outbox/outbox.ts'
import { officeNoticeKind } from '../message-kinds.ts'

/** A message to everybody in the programme office, once and in private. */
export interface OfficeNotice {
  /** What it is about: nobody gets two messages with the same key. */
  readonly key: string
  readonly heading: string
  /** `prefix`: how a command begins on the reader's platform. */
  lines(prefix: string): string[]
  readonly buttons?: readonly NoticeButton[]
}

type NotifiedProgramme = Pick<Programme, 'id' | 'title'>

/** Enqueues the notice to everybody in the programme office who has an account and did not get it yet. */
export async function notifyOffice(
  tx: Tx,
  programme: NotifiedProgramme,
  notice: OfficeNotice,
  { now, prefix }: { readonly now: Date; readonly prefix: (platform: PlatformName) => string },
): Promise<void> {
  for (const personId of await membersWithoutNotice(tx, programme, notice.key)) {
    const place = await directPlaceOf(tx, personId)
    if (!place) continue
    const card = await inLanguageOf(tx, personId, () =>
      renderNotice(notice, prefix(place.platform)),
    )
    const why = [`You are in the programme office of ${programme.title}.`]
    const message = { kind: officeNoticeKind, programmeIds: [programme.id], personId, why }
    await enqueue(tx, { ...message, key: noticeKey(notice.key, personId), place, card }, now)
  }
}

/** Members of the programme office who have an account and did not get the notice yet. */
export async function membersWithoutNotice(
  tx: ReadTx,
  programme: NotifiedProgramme,
  key: string,
): Promise<string[]> {
  const members = (await officeMembers(tx, [programme.id])).map(({ personId }) => personId)
  const accounts = await tx.identity.findMany({
    where: { personId: { in: members } },
    distinct: ['personId'],
    select: { personId: true },
  })
  const ids = members.filter((id) => accounts.some(({ personId }) => personId === id))
  const enqueued = await findEnqueuedKeys(
    tx,
    ids.map((id) => noticeKey(key, id)),
  )
  return ids.filter((id) => !enqueued.has(noticeKey(key, id)))
}

const noticeKey = (key: string, personId: string) => `${key}:${personId}`

function renderNotice({ heading, lines, buttons = [] }: OfficeNotice, prefix: string): Card {
  return noticeCard({ heading, lines: lines(prefix), buttons: [...buttons] })
}
