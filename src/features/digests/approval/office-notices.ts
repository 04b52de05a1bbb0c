import { fullDate, fullMoment } from '../../../base/dates.ts'
import { plural } from '../../../base/text.ts'
import type { ActiveSubscription } from '../../../domain/digests/active-subscriptions.ts'
import type { PendingDecision } from '../../../domain/digests/approval.ts'
import type { ScheduleRound } from '../../../domain/schedule/schedule.ts'
import type { OfficeNotice } from './notify-office.ts'

/** What the programme office is told about a digest that does not go out by itself. None is dropped silently. */

const digestName = ({ programme }: ActiveSubscription, { day }: ScheduleRound) =>
  `The digest of ${programme.title} for ${fullDate(day)}`

/** At the digest's hour: it waits, and until when. Once for a programme and day, however many channels wait. */
export function waitingNotice(
  running: ActiveSubscription,
  round: ScheduleRound,
  waiting: PendingDecision,
  until: Date,
): OfficeNotice {
  const { programme, subscription } = running
  const data = { programme: programme.key, round: round.day }
  const last = fullMoment(until, subscription.zone)
  const release = waiting.for === 'release'
  return {
    key: `digest-waits:${programme.id}:${round.day}`,
    heading: release ? 'A digest is held' : 'A digest waits for you',
    lines: (prefix) => [
      `${digestName(running, round)} ${formatPendingDecision(waiting)}.`,
      `It is posted as soon as you let it go: ${prefix} digest ${release ? 'release' : 'approve'}`,
      `After ${last} it is not posted any more, and I tell you so.`,
    ],
    buttons: [
      release
        ? { title: 'Release', verb: 'digest-release', data }
        : { title: 'Approve', verb: 'digest-approve', data },
    ],
  }
}

/** 'is held by Asha Verity: the figures are wrong', 'waits for the programme office to approve it'. */
export function formatPendingDecision(waiting: PendingDecision): string {
  if (waiting.for === 'approval') return 'waits for the programme office to approve it'
  return `is held by ${waiting.by}${waiting.because ? `: ${waiting.because}` : ''}`
}

/** A notice names so many sentences; the others are told when these are mended. */
export const maxDoubtsShown = 5

/**
 * At the digest's hour: sentences of it do not follow from the plan. `known`: how many doubts the office was told of
 * before; new ones are a new message.
 */
export function doubtedNotice(
  running: ActiveSubscription,
  round: ScheduleRound,
  doubts: readonly string[],
  { known, until }: { readonly known: number; readonly until: Date },
): OfficeNotice {
  const { programme, subscription } = running
  const data = { programme: programme.key, round: round.day }
  const shown = doubts.slice(0, maxDoubtsShown)
  const more = doubts.length - shown.length
  return {
    key: `digest-doubted:${programme.id}:${round.day}:${known}`,
    heading: 'A digest is held',
    lines: (prefix) => [
      `${digestName(running, round)} is not posted: I read it again before the board does, and ${doubts.length === 1 ? 'a sentence does' : 'some sentences do'} not follow from the plan.`,
      ...shown,
      ...(more > 0 ? [`And ${plural(more, 'sentence')} more.`] : []),
      `Where the plan is wrong, correct it: I look again each minute, and post the digest once it is true. To post it as it is: ${prefix} digest release`,
      `After ${fullMoment(until, subscription.zone)} it is not posted any more, and I tell you so.`,
    ],
    buttons: [
      { title: 'Post it as it is', verb: 'digest-release', data },
      { title: 'Show it', verb: 'digest', data },
    ],
  }
}

/** At the digest's hour: its channel is not fit for it. */
export function blockedNotice(
  running: ActiveSubscription,
  round: ScheduleRound,
  obstacle: string,
): OfficeNotice {
  const { programme, subscription } = running
  return {
    key: `digest-blocked:${programme.id}:${round.day}:${subscription.id}`,
    heading: 'A digest was not posted',
    lines: () => [
      `${digestName(running, round)} is not posted yet.`,
      obstacle,
      'I look again each minute, for one working day.',
    ],
  }
}

/** When it is too late to post the digest. */
export function lapsedNotice(
  running: ActiveSubscription,
  round: ScheduleRound,
  waiting: PendingDecision | null,
): OfficeNotice {
  const { programme, subscription } = running
  const key = `digest-lapsed:${programme.id}:${round.day}`
  return {
    key: waiting ? key : `${key}:${subscription.id}`,
    heading: 'A digest was not posted',
    lines: (prefix) => [
      waiting
        ? `${digestName(running, round)} was not posted: it ${formatPendingDecision(waiting)}, and its time is over.`
        : `${digestName(running, round)} was not posted in one of its channels in time: the channel was not fit for it, I could do nothing in its workspace, or I was not running.`,
      `What it would have said goes into the next one. ${prefix} digest shows it to you alone.`,
    ],
  }
}
