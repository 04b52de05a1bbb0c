import { dateIn, fullDate } from '../../../base/dates.ts'
import { newId } from '../../../base/ids.ts'
import { plural, shorten } from '../../../base/text.ts'
import type { ReadTx, Tx } from '../../../infra/db.ts'
import { type Audience, mayRead } from '../../programme/audience.ts'
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

/** A correction of one digest, in words that its own readers may read. */
export interface OwnCorrection {
  readonly digest: IssuedDigest
  readonly text: string
}

/** Saves corrections, each of its own digest, and gives these digests with them. The caller edits the messages. */
export async function appendCorrections(
  tx: Tx,
  programmeId: string,
  corrections: readonly OwnCorrection[],
  { byId, source, now: at }: Omit<CorrectionRequest, 'text'>,
): Promise<readonly IssuedDigest[]> {
  await tx.digestCorrection.createMany({
    data: corrections.map(({ digest, text }) => {
      return { id: newId(), digestId: digest.id, text, byId, source, at }
    }),
  })
  const corrected: IssuedDigest[] = []
  for (const round of new Set(corrections.map(({ digest }) => digest.round))) {
    const all = await loadDigestsOfRound(tx, programmeId, round)
    corrected.push(...all.filter(({ id }) => corrections.some(({ digest }) => digest.id === id)))
  }
  return corrected
}

/**
 * How the digest before was corrected since, for a next one: the last few, shortened. None where it was for a narrower
 * audience than this one has.
 */
export async function correctionsFor(
  tx: ReadTx,
  { programmeId, audience }: { readonly programmeId: string; readonly audience: Audience },
  previous: DigestContent | null,
): Promise<readonly string[]> {
  if (!previous?.issue || !mayRead(audience, previous.audience)) return []
  const rows = await tx.digestCorrection.findMany({
    where: { digest: { programmeId, number: previous.issue.number } },
    orderBy: { at: 'desc' },
    take: maxCorrectionsShown,
    select: { text: true },
  })
  // Each of its channels has the same correction.
  return [...new Set(rows.reverse().map(({ text }) => shorten(text, maxShownLength)))]
}
