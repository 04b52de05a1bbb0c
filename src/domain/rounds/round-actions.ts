import { fullMoment } from '../../base/dates.ts'
import type { RoundChange, RoundsKnown, RoundsNow, UpdateRound } from './rules.ts'
import { roundsAt } from './rules.ts'

// What the programme office may do with a round, and why not. Pure; the words are for them.

export type Allowed =
  | { readonly ok: true; readonly round: UpdateRound }
  | { readonly ok: false; readonly why: string }

/** Whether a round can be closed now. */
export function closing(known: RoundsKnown, now: Date): Allowed {
  const { open, next, last } = roundsAt(known, now)
  const { zone } = known.programme
  if (open && changeOf(known, open)?.kind !== 'closed') return { ok: true, round: open }
  const closed = open ?? last
  const before = closed ? `The last one closed on ${fullMoment(closed.closes, zone)}. ` : ''
  return { ok: false, why: `No round is open. ${before}${nextInWords(next, zone)}` }
}

/** Whether everybody who owes an update can be nudged now: once a round. */
export function nudging(known: RoundsKnown, now: Date): Allowed {
  const { open, next } = roundsAt(known, now)
  const { zone } = known.programme
  if (!open) return { ok: false, why: `No round is open. ${nextInWords(next, zone)}` }
  if (!open.nudgedAt) return { ok: true, round: open }
  return {
    ok: false,
    why: `You had everybody nudged on ${fullMoment(open.nudgedAt, zone)}. Once a round is enough: a second time would be chasing.`,
  }
}

/**
 * Whether a round can be kept open until a moment: the open one; the one that closed last, which opens again, until
 * its digest is out; else the one about to open.
 */
export function extending(known: RoundsKnown, until: Date, now: Date): Allowed {
  const { zone } = known.programme
  const at = (moment: Date) => fullMoment(moment, zone)
  const round = roundToExtend(roundsAt(known, now), now)
  if (!round) return { ok: false, why: 'There is no round to extend: no board meeting is ahead.' }
  if (until <= now) return { ok: false, why: `${at(until)} has passed. Say a moment ahead.` }
  if (until > round.issued) {
    return {
      ok: false,
      why: `It has to close before what it serves goes out, on ${at(round.issued)}. Say a moment before that.`,
    }
  }
  if (now <= round.closes && until <= round.closes) {
    return {
      ok: false,
      why: `It is open until ${at(round.closes)} as it is. Say a later moment, or close it now.`,
    }
  }
  return { ok: true, round }
}

export function roundToExtend({ open, last, next }: RoundsNow, now: Date): UpdateRound | undefined {
  const reopened = last && now < last.issued ? last : undefined
  return open ?? reopened ?? next
}

/** What was last said of when it closes. */
function changeOf({ changes }: RoundsKnown, { round }: UpdateRound): RoundChange | undefined {
  return changes.findLast((change) => change.round === round && change.kind !== 'nudged')
}

function nextInWords(next: UpdateRound | undefined, zone: string): string {
  return next
    ? `The next one opens on ${fullMoment(next.opens, zone)}.`
    : 'None is to come: no board meeting is ahead.'
}
