import { chartAltText } from '../../../base/charts/alt-text.ts'
import type { ChartWorker } from '../../../base/charts/worker.ts'
import { messageOf } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { Log } from '../../../base/log.ts'
import type { Card } from '../../../chat/cards.ts'
import { loadTrendDigests } from '../../../domain/digests/archive/digest-store.ts'
import { buildChartData, maxTrendRounds } from '../../../domain/digests/chart-data.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import type { Subscription } from '../../../domain/schedule/subscription-store.ts'
import { type Database, isDatabaseUnavailable } from '../../../infra/db.ts'
import { digestPartCard } from '../rendering/cards.ts'

/** The chart of a digest, drawn before the digest is frozen. */
export interface ChartAttachment {
  readonly id: string
  readonly png: Uint8Array
  /** The same in words. */
  readonly alt: string
}

export interface ChartContext {
  readonly db: Database
  readonly chartWorker: ChartWorker
  readonly log: Log
}

interface ChartedDigest {
  /** The outbox key of its first message. */
  readonly key: string
  readonly subscription: Subscription
  readonly content: DigestContent
}

/**
 * Draws the chart of a digest. Undefined where there is nothing to show, and where drawing fails: then the digest goes
 * out without it, and the log says why. @throws where the database is away
 */
export async function renderChart(
  { db, chartWorker, log }: ChartContext,
  { key, subscription, content }: ChartedDigest,
): Promise<ChartAttachment | undefined> {
  try {
    const earlier = await loadTrendDigests(db, subscription, content.asAt, maxTrendRounds - 1)
    const data = buildChartData(content, earlier)
    return data && { id: newId(), png: await chartWorker.render(data), alt: chartAltText(data) }
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    const words = 'The picture of a digest could not be painted; the words go out without it'
    log.warn({ key, error: messageOf(error) }, words)
    return undefined
  }
}

/** The first card of a digest's thread, with its chart. */
export function withChart(card: Card, { id, alt }: ChartAttachment): Card {
  return digestPartCard({ ...digestPartCard.data.parse(card.data), picture: { id, alt } })
}
