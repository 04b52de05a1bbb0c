import { z } from 'zod'
import { dateIn, fullDate } from '../../../base/dates.ts'
import { newId } from '../../../base/ids.ts'
import { plural, shorten } from '../../../base/text.ts'
import type { Card } from '../../../chat/cards.ts'
import type { Tx } from '../../../infra/db.ts'
import { changeCard, deliveryByKey } from '../../../outbox/outbox.ts'
import { mayRead } from '../audience/redact.ts'
import type { DigestContent } from '../content/content.ts'
import { type Correction, digestKey, digestsOfRound, type IssuedDigest } from './digest-store.ts'

/** A digest shows its latest corrections; the card has room for these. */
const mostShown = 5
const longestShown = 300

/** 'Corrected Fri 3 Mar 2017 by Priya Marlowe: 4.1 has been Green since January.', oldest first. */
export function correctionsInWords(
  corrections: readonly Correction[],
  { issue, audience }: DigestContent,
): string[] {
  const zone = issue?.zone ?? 'UTC'
  const shown = corrections.slice(-mostShown)
  const earlier = corrections.length - shown.length
  return [
    ...(earlier > 0 ? [`Corrected ${plural(earlier, 'time')} before that.`] : []),
    ...shown.map(({ text, by, at }) => {
      // The public is told no names.
      const who = audience === 'public' ? 'the programme office' : by
      return `Corrected ${fullDate(dateIn(zone, at))} by ${who}: ${shorten(text, longestShown)}`
    }),
  ]
}

export interface Correcting {
  readonly text: string
  readonly byId: string
  readonly source: string
  readonly now: Date
}

export interface Corrected {
  /** Those that say it now: the one that was named, and what other channels got of the same day. */
  readonly corrected: readonly IssuedDigest[]
  /** For a wider audience than the words were written for: they say nothing of it. */
  readonly wider: readonly IssuedDigest[]
}

/**
 * Keeps a correction of a digest, and of those of the same day in other channels: they have the same mistake. What
 * they said stays in them; the correction stands above it, with the day and by whom, in the message itself too. Words
 * that were written for some are not shown to a wider audience, who get a correction of their own.
 */
export async function correct(
  tx: Tx,
  programmeId: string,
  digest: IssuedDigest,
  correcting: Correcting,
): Promise<Corrected> {
  const all = await digestsOfRound(tx, programmeId, digest.round)
  const writtenFor = digest.content.audience
  const corrected = all.filter(({ content }) => mayRead(content.audience, writtenFor))
  const { text, byId, source, now: at } = correcting
  await tx.digestCorrection.createMany({
    data: corrected.map(({ id }) => ({ id: newId(), digestId: id, text, byId, source, at })),
  })
  for (const one of await digestsOfRound(tx, programmeId, digest.round)) {
    if (corrected.some(({ id }) => id === one.id)) await redraw(tx, programmeId, one, at)
  }
  return { corrected, wider: all.filter((one) => !corrected.includes(one)) }
}

/** The message as it was posted, with its corrections; the dispatcher changes it in place, as often as that takes. */
async function redraw(
  tx: Tx,
  programmeId: string,
  { round, subscriptionId, content, corrections }: IssuedDigest,
  now: Date,
): Promise<void> {
  const message = await deliveryByKey(tx, digestKey(programmeId, round, subscriptionId))
  // After two years it has left the ledger: `digest <number>` still shows it, corrected.
  if (!message) return
  await changeCard(
    tx,
    message.id,
    withRemarks(message.card, correctionsInWords(corrections, content)),
    now,
  )
}

/** A digest's card with these remarks above what it says; the card may be of an earlier version of Milepost. */
export function withRemarks({ name, data }: Card, remarks: readonly string[]): Card {
  return { name, data: { ...z.looseObject({}).parse(data), remarks: [...remarks] } }
}
