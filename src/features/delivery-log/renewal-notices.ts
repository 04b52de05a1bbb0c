import type { PlatformName, Workspace } from '../../base/addresses.ts'
import type { Clock } from '../../base/clock.ts'
import { fullMoment } from '../../base/dates.ts'
import type { Card } from '../../chat/cards.ts'
import { noticeCard } from '../../chat/notice.ts'
import {
  loadUnrenewedTokens,
  type UnrenewedToken,
} from '../../domain/organisations/token-renewal.ts'
import { directPlacesOf } from '../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../domain/people/language-of.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { type Database, inTransaction, type Tx } from '../../infra/db.ts'
import { defineMessageKind } from '../../outbox/message-kinds.ts'
import { enqueue } from '../../outbox/outbox.ts'
import type { ExplainErrorCode } from './failure-explanations.ts'
import { officeOf, programmesIn } from './outage-notices.ts'

/**
 * A workspace whose token ends, and for which the platform gives no new one, can still be told of it: the programme
 * offices there, once. After the token has ended it refuses Milepost, and outage-notices.ts tells of that elsewhere.
 */

export const renewalNoticeKind = defineMessageKind({
  kind: 'renewal',
  title: 'Note for the programme office',
  authority: 'run programme',
  isFailureReported: false,
  revalidate: async ({ db }, { topics: [platform, tenant] }) => {
    const tokens = await loadUnrenewedTokens(db)
    const isStillSo = tokens.some((one) => one.platform === platform && one.tenant === tenant)
    return isStillSo ? 'unchanged' : { dropReason: 'it was mended' }
  },
})

export interface RenewalNoticeOptions {
  readonly db: Database
  readonly clock: Clock
  readonly platformTitle: (platform: PlatformName) => string
  readonly explain: ExplainErrorCode
}

/** What is mended sooner needs nobody. */
export const renewalGraceMs = 15 * 60_000

/** Runs each minute, in any number of processes. */
export async function enqueueRenewalNotices(options: RenewalNoticeOptions): Promise<void> {
  const { db, clock } = options
  const now = clock.now()
  const tokens = await loadUnrenewedTokens(db)
  const told = tokens.filter(
    ({ since, expiresAt }) => now.getTime() - since.getTime() >= renewalGraceMs && expiresAt > now,
  )
  for (const token of told) {
    await inTransaction(db, async (tx) => {
      for (const workspace of token.workspaces) await tellOffices(tx, token, workspace, options)
    })
  }
}

async function tellOffices(
  tx: Tx,
  token: UnrenewedToken,
  workspace: Workspace,
  options: RenewalNoticeOptions,
): Promise<void> {
  const { platform, tenant, since } = token
  for (const programme of await programmesIn(tx, workspace)) {
    const places = await directPlacesOf(tx, await officeOf(tx, programme))
    for (const [personId, place] of places) {
      const message = {
        key: `renewal:${platform}:${tenant}:${since.getTime()}:${personId}`,
        topics: [platform, tenant],
        kind: renewalNoticeKind,
        card: await inLanguageOf(tx, personId, () => renderNotice(token, programme, options)),
        why: [`You are in the programme office of ${programme.title}, which uses that workspace.`],
      }
      const to = { programmeIds: [programme.id], place, personId }
      await enqueue(tx, { ...message, ...to }, options.clock.now())
    }
  }
}

function renderNotice(
  { platform, tenant, name, since, errorCode, expiresAt }: UnrenewedToken,
  { zone }: Programme,
  { platformTitle, explain }: RenewalNoticeOptions,
): Card {
  const title = platformTitle(platform)
  const explanation = explain(errorCode)?.words
  return noticeCard({
    heading: `From ${fullMoment(expiresAt, zone)} I may do nothing in ${title}`,
    lines: [
      `My token for ${name ?? `the workspace ${tenant}`} ends then, and ${title} has given me no new one since ${fullMoment(since, zone)} (${errorCode}). I go on asking.`,
      ...(explanation ? [explanation] : []),
      'Please tell whoever runs Milepost now. From then on messages wait until it is mended.',
    ],
    buttons: [],
  })
}
