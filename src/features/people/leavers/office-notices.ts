import { type AdminAccount, accountText } from '../../../authority/admins.ts'
import { officeMembers } from '../../../authority/programme-roles.ts'
import type { PlatformName } from '../../../base/addresses.ts'
import type { Clock } from '../../../base/clock.ts'
import { listOf } from '../../../base/text.ts'
import { noticeCard } from '../../../chat/notice.ts'
import { directPlaceOfIdentity } from '../../../domain/people/direct-places.ts'
import { loadLeavers } from '../../../domain/people/leavers.ts'
import { type Database, inTransaction } from '../../../infra/db.ts'
import { defineMessageKind } from '../../../outbox/message-kinds.ts'
import { enqueue } from '../../../outbox/outbox.ts'
import { giveRoleName } from '../role-names.ts'

/** Tells an administrator of a programme whose office can be reached no more. */
export const officeGoneKind = defineMessageKind({
  kind: 'office-gone',
  title: 'A programme without its office',
  authority: 'run programme',
  isFailureReported: false,
})

export interface OfficeNoticeOptions {
  readonly db: Database
  readonly clock: Clock
  readonly admins: readonly AdminAccount[]
}

/**
 * Tells the administrators once of a programme in whose office nobody can be reached: every account of every member is
 * gone. `platforms`: those that are connected. Runs each minute, in any number of processes.
 */
export async function enqueueOfficeNotices(
  { db, clock, admins }: OfficeNoticeOptions,
  platforms: ReadonlySet<PlatformName>,
): Promise<void> {
  const reachable = admins.filter(({ platform }) => platforms.has(platform))
  const leavers = reachable.length === 0 ? [] : await loadLeavers(db)
  const programmes = new Map(
    leavers.flatMap((leaver) => leaver.programmes.map((one) => [one.id, one])),
  )
  for (const { id, key, title } of programmes.values()) {
    const office = await officeMembers(db, [id])
    const gone = leavers.filter((leaver) => office.some(({ personId }) => personId === leaver.id))
    if (office.length === 0 || gone.length < office.length) continue
    const card = noticeCard({
      heading: `Nobody is left in the programme office of ${title}`,
      lines: [
        `${listOf(gone.map(({ name }) => name))} cannot be reached any more. Nobody is told what goes wrong, and nobody can change the plan.`,
        `Put somebody else in it: choose them here, or write “add @name to the office for ${key}”.`,
      ],
      buttons: [{ title: 'Give a role', verb: `${giveRoleName}:form`, data: { programme: key } }],
    })
    await inTransaction(db, async (tx) => {
      for (const admin of reachable) {
        const place = await directPlaceOfIdentity(tx, admin)
        const since = gone.map(({ lastActiveAt }) => lastActiveAt ?? 'never').join(',')
        const message = {
          ...{ key: `office-gone:${id}:${since}:${accountText(admin).toLowerCase()}`, card, place },
          kind: officeGoneKind,
          why: ['You are an administrator of Milepost here, and a programme has lost its office.'],
        }
        await enqueue(tx, message, clock.now())
      }
    })
  }
}
