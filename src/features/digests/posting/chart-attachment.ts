import { isDeepStrictEqual } from 'node:util'
import { messageOf } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { Log } from '../../../base/log.ts'
import type { Card } from '../../../chat/cards.ts'
import { loadTrendDigests } from '../../../domain/digests/archive/digest-store.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import type { Subscription } from '../../../domain/schedule/subscription-store.ts'
import { type Database, inTransaction, isDatabaseUnavailable, type Tx } from '../../../infra/db.ts'
import { chartAltText } from '../chart/alt-text.ts'
import { buildChartData, type ChartData, maxTrendRounds } from '../chart/chart-data.ts'
import type { ChartWorker } from '../chart/worker.ts'
import { digestCard } from '../rendering/cards.ts'

/** The picture of a digest, painted before that is decided. */
export interface ChartAttachment {
  readonly id: string
  readonly png: Uint8Array
  /** The same in words. */
  readonly alt: string
  readonly data: ChartData
}

export interface ChartContext {
  readonly db: Database
  readonly chartWorker: ChartWorker
  readonly log: Log
}

/**
 * Paints what a channel's digest has to show, while no transaction is open: it takes its time. Undefined where there is
 * nothing to show, and where it fails: then the words go out without it, and the log says why.
 */
export async function renderChart(
  { db, chartWorker, log }: ChartContext,
  { key, subscription }: { readonly key: string; readonly subscription: Subscription },
  compose: (tx: Tx) => Promise<DigestContent>,
): Promise<ChartAttachment | undefined> {
  try {
    const data = await inTransaction(db, async (tx) =>
      loadChartData(tx, subscription, await compose(tx)),
    )
    return (
      data && { id: newId(), png: await chartWorker.render(data), alt: chartAltText(data), data }
    )
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    const words = 'The picture of a digest could not be painted; the words go out without it'
    log.warn({ key, error: messageOf(error) }, words)
    return undefined
  }
}

/** Whether it still shows what the digest says: somebody may have said something while it was painted. */
export async function isChartCurrent(
  tx: Tx,
  { data }: ChartAttachment,
  subscription: Subscription,
  content: DigestContent,
): Promise<boolean> {
  return isDeepStrictEqual(await loadChartData(tx, subscription, content), data)
}

async function loadChartData(
  tx: Tx,
  subscription: Subscription,
  content: DigestContent,
): Promise<ChartData | undefined> {
  const earlier = await loadTrendDigests(tx, subscription, content.asAt, maxTrendRounds - 1)
  return buildChartData(content, earlier)
}

/** A digest's card with its picture. */
export function withChart(card: Card, { id, alt }: ChartAttachment): Card {
  return digestCard({ ...digestCard.data.parse(card.data), picture: { id, alt } })
}
