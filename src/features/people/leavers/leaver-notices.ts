import { officeMembers } from '../../../authority/programme-roles.ts'
import type { PlatformName } from '../../../base/addresses.ts'
import type { Clock } from '../../../base/clock.ts'
import { dateIn, fullDate, toDbDate } from '../../../base/dates.ts'
import { noticeCard } from '../../../chat/notice.ts'
import { formVerbOf } from '../../../chat/resolve-command.ts'
import { directPlaceOf } from '../../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../../domain/people/language-of.ts'
import { type Leaver, loadLeavers } from '../../../domain/people/leavers.ts'
import { isNothing, loadOpenWork } from '../../../domain/plan/handover.ts'
import { type Database, inTransaction, type Tx } from '../../../infra/db.ts'
import { findEnqueuedKeys } from '../../../outbox/find-message.ts'
import { defineMessageKind } from '../../../outbox/message-kinds.ts'
import { enqueue } from '../../../outbox/outbox.ts'
import { leaverKeyPrefix } from './close-notices.ts'
import { handOverName } from './names.ts'
import { describeWork } from './work-lines.ts'

export const leaverNoticeKind = defineMessageKind({
  kind: 'leaver',
  title: 'Somebody has left',
  authority: 'run programme',
  isFailureReported: false,
})

export interface LeaverNoticeOptions {
  readonly db: Database
  readonly clock: Clock
  platformTitle(platform: PlatformName): string
}

/**
 * Tells the programme office, each member once, of somebody whose every account is gone and who answers for something that
 * is open: with what it is, and the way to hand it over. Runs each minute, in any number of processes.
 */
export async function enqueueLeaverNotices(options: LeaverNoticeOptions): Promise<void> {
  const leavers = await loadLeavers(options.db)
  if (leavers.length === 0) return
  await inTransaction(options.db, async (tx) => {
    for (const leaver of leavers) {
      for (const programme of leaver.programmes) await tellOffice(tx, leaver, programme, options)
    }
  })
}

async function tellOffice(
  tx: Tx,
  leaver: Leaver,
  programme: Leaver['programmes'][number],
  { clock, platformTitle }: LeaverNoticeOptions,
): Promise<void> {
  const now = clock.now()
  const prefix = leaverKeyPrefix(programme.id, leaver.id)
  const keyOf = (personId: string) => `${prefix}${leaver.lastActiveAt ?? 'never'}:${personId}`
  const office = (await officeMembers(tx, [programme.id])).filter(
    ({ personId }) => personId !== leaver.id,
  )
  const told = await findEnqueuedKeys(
    tx,
    office.map(({ personId }) => keyOf(personId)),
  )
  const untold = office.filter(({ personId }) => !told.has(keyOf(personId)))
  if (untold.length === 0) return
  const today = dateIn(programme.zone, now)
  const of = { programmeId: programme.id, personId: leaver.id, today: toDbDate(today) }
  const work = await loadOpenWork(tx, of)
  if (isNothing(work)) return
  const gone = fullDate(dateIn(programme.zone, leaver.goneAt))
  const described = await describeWork(tx, work)
  const notice = () =>
    noticeCard({
      heading: `${leaver.name} cannot be reached any more`,
      lines: [
        `${platformTitle(leaver.platform)} says that their account is closed or gone since ${gone}. In ${programme.title} they still answer for this:`,
        ...described,
        'Nothing was changed. Hand it over, and Undo takes that back as a whole.',
      ],
      buttons: [
        {
          title: 'Hand over',
          verb: formVerbOf({ name: handOverName }),
          data: { person: leaver.id, programme: programme.key },
        },
      ],
    })
  for (const { personId } of untold) {
    const place = await directPlaceOf(tx, personId)
    if (!place) continue
    const card = await inLanguageOf(tx, personId, notice)
    const message = {
      ...{ key: keyOf(personId), kind: leaverNoticeKind, card, place, personId },
      ...{ programmeIds: [programme.id] },
      why: ['You are in the programme office, and somebody who answers for open work is gone.'],
    }
    await enqueue(tx, message, now)
  }
}
