import { fullMoment } from '../../base/dates.ts'
import type { CurrentRounds, RoundChange, RoundInputs, UpdateRound } from './rules.ts'
import { roundsAt } from './rules.ts'

/** What the programme office may do with a round. Pure functions; `why` is a sentence for the office. */

export type RoundActionCheck =
  | { readonly ok: true; readonly round: UpdateRound }
  | { readonly ok: false; readonly why: string }

/** Whether a round can be closed now. */
export function checkClose(inputs: RoundInputs, now: Date): RoundActionCheck {
  const { open, next, last } = roundsAt(inputs, now)
  const { zone } = inputs.programme
  if (open && lastClosingChange(inputs, open)?.kind !== 'closed') return { ok: true, round: open }
  const closed = open ?? last
  const before = closed ? `The last one closed on ${fullMoment(closed.closes, zone)}. ` : ''
  return { ok: false, why: `No round is open. ${before}${formatNextRound(next, zone)}` }
}

/** Whether everybody who owes an update can be nudged now: once a round. */
export function checkNudge(inputs: RoundInputs, now: Date): RoundActionCheck {
  const { open, next } = roundsAt(inputs, now)
  const { zone } = inputs.programme
  if (!open) return { ok: false, why: `No round is open. ${formatNextRound(next, zone)}` }
  if (!open.nudgedAt) return { ok: true, round: open }
  return {
    ok: false,
    why: `You had everybody nudged on ${fullMoment(open.nudgedAt, zone)}. Once a round is enough: a second time would be chasing.`,
  }
}

/**
 * Whether a round can stay open until a time: the open round; the last round, which then opens again, as long as its
 * digest is not out; else the next round.
 */
export function checkExtend(inputs: RoundInputs, until: Date, now: Date): RoundActionCheck {
  const { zone } = inputs.programme
  const at = (moment: Date) => fullMoment(moment, zone)
  const round = roundToExtend(roundsAt(inputs, now), now)
  if (!round) return { ok: false, why: 'There is no round to extend: no board meeting is ahead.' }
  if (until <= now) return { ok: false, why: `${at(until)} has passed. Say a later time.` }
  if (until > round.issuedAt) {
    return {
      ok: false,
      why: `It has to close before what it serves goes out, on ${at(round.issuedAt)}. Say a moment before that.`,
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

export function roundToExtend(
  { open, last, next }: CurrentRounds,
  now: Date,
): UpdateRound | undefined {
  const reopened = last && now < last.issuedAt ? last : undefined
  return open ?? reopened ?? next
}

/** The last change of the round's closing time. */
function lastClosingChange(
  { changes }: RoundInputs,
  { round }: UpdateRound,
): RoundChange | undefined {
  return changes.findLast((change) => change.round === round && change.kind !== 'nudged')
}

function formatNextRound(next: UpdateRound | undefined, zone: string): string {
  return next
    ? `The next one opens on ${fullMoment(next.opens, zone)}.`
    : 'None is to come: no board meeting is ahead.'
}
