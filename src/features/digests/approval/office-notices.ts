import { fullDate, fullMoment } from '../../../base/dates.ts'
import type { Round } from '../../../domain/schedule/schedule.ts'
import type { Running } from '../../../domain/schedule/subscription-store.ts'
import type { Waiting } from './approval.ts'
import type { OfficeNews } from './notify-office.ts'

/** What the programme office is told of a digest that does not go out by itself. Nothing is lost in silence. */

const named = ({ programme }: Running, { round }: Round) =>
  `The digest of ${programme.title} for ${fullDate(round)}`

/** At its hour: it waits, and until when. Once for a programme and day, however many channels wait. */
export function waitingNews(
  running: Running,
  round: Round,
  waiting: Waiting,
  until: Date,
): OfficeNews {
  const { programme, subscription } = running
  const data = { programme: programme.key, round: round.round }
  const last = fullMoment(until, subscription.zone)
  const release = waiting.for === 'release'
  return {
    key: `digest-waits:${programme.id}:${round.round}`,
    heading: release ? 'A digest is held' : 'A digest waits for you',
    lines: (prefix) => [
      `${named(running, round)} ${waitsInWords(waiting)}.`,
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
export function waitsInWords(waiting: Waiting): string {
  if (waiting.for === 'approval') return 'waits for the programme office to approve it'
  return `is held by ${waiting.by}${waiting.because ? `: ${waiting.because}` : ''}`
}

/** At its hour: its channel is not fit for it. */
export function blockedNews(running: Running, round: Round, obstacle: string): OfficeNews {
  const { programme, subscription } = running
  return {
    key: `digest-blocked:${programme.id}:${round.round}:${subscription.id}`,
    heading: 'A digest was not posted',
    lines: () => [
      `${named(running, round)} is not posted yet.`,
      obstacle,
      'I look again each minute, for one working day.',
    ],
  }
}

/** When its time is over. */
export function lapsedNews(running: Running, round: Round, waiting: Waiting | null): OfficeNews {
  const { programme, subscription } = running
  const key = `digest-lapsed:${programme.id}:${round.round}`
  return {
    key: waiting ? key : `${key}:${subscription.id}`,
    heading: 'A digest was not posted',
    lines: (prefix) => [
      waiting
        ? `${named(running, round)} was not posted: it ${waitsInWords(waiting)}, and its time is over.`
        : `${named(running, round)} was not posted in one of its channels in time: the channel was not fit for it, or I was not running.`,
      `What it would have said goes into the next one. ${prefix} digest shows it to you alone.`,
    ],
  }
}
