import type { PlatformName } from '../../../base/addresses.ts'
import type { Card } from '../../../chat/cards.ts'
import { type NoticeButton, noticeCard } from '../../../chat/notice.ts'
import { directPlaceOf } from '../../../domain/people/identity-store.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import type { Tx } from '../../../infra/db.ts'
import { findEnqueuedKeys } from '../../../outbox/find-message.ts'
import { enqueue } from '../../../outbox/outbox.ts'

/** Something that the programme office is told, each of them once and in private. */
export interface OfficeNotice {
  /** What it is about: the same is never told twice. */
  readonly key: string
  readonly heading: string
  /** `prefix`: how a command begins where it is read. */
  lines(prefix: string): string[]
  readonly buttons?: readonly NoticeButton[]
}

type NotifiedProgramme = Pick<Programme, 'id' | 'title'>

/** Decides the message to everybody in the programme office who has an account and was not told yet. */
export async function notifyOffice(
  tx: Tx,
  programme: NotifiedProgramme,
  news: OfficeNotice,
  { now, prefix }: { readonly now: Date; readonly prefix: (platform: PlatformName) => string },
): Promise<void> {
  for (const personId of await membersWithoutNotice(tx, programme, news.key)) {
    const place = await directPlaceOf(tx, personId)
    if (!place) continue
    const card = renderNotice(news, prefix(place.platform))
    const why = [`You are in the programme office of ${programme.title}.`]
    const about = { kind: 'office', programmeId: programme.id, personId, why }
    await enqueue(tx, { ...about, key: noticeKey(news.key, personId), place, card }, now)
  }
}

/** Who of the programme office was not told of it yet: those with an account. */
export async function membersWithoutNotice(
  tx: Tx,
  programme: NotifiedProgramme,
  key: string,
): Promise<string[]> {
  const members = await tx.membership.findMany({
    where: {
      programmeId: programme.id,
      role: 'programme_office',
      person: { identities: { some: {} } },
    },
    orderBy: { personId: 'asc' },
    select: { personId: true },
  })
  const ids = members.map(({ personId }) => personId)
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
