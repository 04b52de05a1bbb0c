import type { Clock } from '../../../base/clock.ts'
import { dateIn } from '../../../base/dates.ts'
import { findDateLink } from '../../../domain/date-links/store.ts'
import { loadRecentPlan, programmeById } from '../../../domain/plan/store.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { datesFeed } from '../figures/dates-feed.ts'

/** Where a calendar finds what a token leads to. */
export const datesPath = (token: string): string => `/dates/${token}.ics`

/** The dates as at today, as iCalendar; undefined for a token that leads nowhere, whatever the reason. */
export async function readDateLink(
  { db, clock }: { readonly db: ReadTx; readonly clock: Clock },
  token: string,
): Promise<Uint8Array | undefined> {
  const link = await findDateLink(db, token)
  if (!link) return undefined
  const { programmeId, personId, isWhole } = link
  const { zone } = await programmeById(db, programmeId)
  const now = clock.now()
  const plan = await loadRecentPlan(db, programmeId, dateIn(zone, now))
  return datesFeed(plan, now, isWhole ? undefined : personId).bytes
}
