import { dateIn, fullDate } from '../../../base/dates.ts'
import { newId } from '../../../base/ids.ts'
import { plural, shorten } from '../../../base/text.ts'
import type { Tx } from '../../../infra/db.ts'
import { mayRead } from '../../programme/audience.ts'
import type { DigestContent } from '../content/content.ts'
import { type Correction, type IssuedDigest, loadDigestsOfRound } from './digest-store.ts'

/** A digest shows its latest corrections; the card has room for these. */
const maxCorrectionsShown = 5
const maxShownLength = 300

/** 'Corrected Fri 3 Mar 2017 by Priya Marlowe: 4.1 has been Green since January.', oldest first. */
export function formatCorrections(
  corrections: readonly Correction[],
  { issue, audience }: DigestContent,
): string[] {
  const zone = issue?.zone ?? 'UTC'
  const shown = corrections.slice(-maxCorrectionsShown)
  const earlier = corrections.length - shown.length
  return [
    ...(earlier > 0 ? [`Corrected ${plural(earlier, 'time')} before that.`] : []),
    ...shown.map(({ text, by, at }) => {
      // A public digest names nobody.
      const who = audience === 'public' ? 'the programme office' : by
      return `Corrected ${fullDate(dateIn(zone, at))} by ${who}: ${shorten(text, maxShownLength)}`
    }),
  ]
}

export interface CorrectionRequest {
  readonly text: string
  readonly byId: string
  readonly source: string
  readonly now: Date
}

export interface CorrectionResult {
  /** The digest that was named, and those of the same day in other channels, with the correction. */
  readonly corrected: readonly IssuedDigest[]
  /** Those for a wider audience than the words were written for: they are not corrected. */
  readonly widerAudience: readonly IssuedDigest[]
}

/**
 * Saves a correction of a digest, and of those of the same day in other channels: they have the same mistake. The
 * frozen content stays as it is. Words written for one audience are not shown to a wider one, which needs a
 * correction of its own. The caller edits the messages.
 */
export async function correctDigest(
  tx: Tx,
  programmeId: string,
  digest: IssuedDigest,
  correcting: CorrectionRequest,
): Promise<CorrectionResult> {
  const all = await loadDigestsOfRound(tx, programmeId, digest.round)
  const writtenFor = digest.content.audience
  const corrected = all.filter(({ content }) => mayRead(content.audience, writtenFor))
  const { text, byId, source, now: at } = correcting
  await tx.digestCorrection.createMany({
    data: corrected.map(({ id }) => ({ id: newId(), digestId: id, text, byId, source, at })),
  })
  const now = await loadDigestsOfRound(tx, programmeId, digest.round)
  return {
    corrected: now.filter(({ id }) => corrected.some((one) => one.id === id)),
    widerAudience: all.filter((one) => !corrected.includes(one)),
  }
}
