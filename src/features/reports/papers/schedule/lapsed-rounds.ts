import { fullDate, fullMoment } from '../../../../base/dates.ts'
import type { Refusal } from '../../../../base/errors.ts'
import type { NoticeButton } from '../../../../chat/notice.ts'
import { formatDraftState, openSteps } from '../../../../domain/papers/draft-state.ts'
import { draftOfRound, type PaperDraft } from '../../../../domain/papers/draft-store.ts'
import type { PaperSchedule } from '../../../../domain/papers/schedule-store.ts'
import { paperSetting } from '../../../../domain/papers/settings.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'
import type { ScheduleRound } from '../../../../domain/schedule/schedule.ts'
import type { Tx } from '../../../../infra/db.ts'
import { draftData, type OfficeNote, tellOffice } from '../issuing/messages.ts'
import { titleOf } from '../issuing/paper-content.ts'
import { layoutByKey } from '../layouts/registry.ts'

/** Papers that should have gone out by themselves and did not: what the office is told, once, and what it can do. */

const notMade = 'A paper was not made'

/** Of one that cannot be made: it is tried again until its time is over. */
export function refusedNote(
  programme: Programme,
  schedule: PaperSchedule,
  round: ScheduleRound,
  { message }: Refusal,
): OfficeNote {
  return {
    key: notMadeKey(schedule, round),
    heading: notMade,
    lines: [`${titleOfRound(programme, schedule, round)} could not be made: ${message}`],
  }
}

/** Of both notes that say that there is none: nobody gets the second one. */
const notMadeKey = ({ id }: PaperSchedule, { day }: ScheduleRound) => `refused:${id}:${day}`

const titleOfRound = (
  { title }: Programme,
  { layout, subject }: PaperSchedule,
  { day }: ScheduleRound,
) =>
  `${layoutByKey(layout).title}${subject ? ` about ${subject}` : ''} of ${title} for ${fullDate(day)}`

/** Tells the office of a round whose time is over, where nothing was made or it is not issued yet. */
export async function tellOfLapsedRound(
  tx: Tx,
  programme: Programme,
  schedule: PaperSchedule,
  round: ScheduleRound,
  now: Date,
): Promise<void> {
  const draft = await draftOfRound(tx, { scheduleId: schedule.id, round: round.day })
  const note = draft
    ? lateNote(programme, schedule, round, draft)
    : missedNote(programme, schedule, round)
  if (note) await tellOffice(tx, programme, note, now)
}

function missedNote(
  programme: Programme,
  schedule: PaperSchedule,
  round: ScheduleRound,
): OfficeNote {
  const { layout, subject, audience, zone, every } = schedule
  const { approval } = paperSetting.of(programme.settings)
  const data = { programme: programme.key, layout, audience, ...(subject ? { subject } : {}) }
  const why =
    every === 'board'
      ? 'I was not running then, something failed, or the meeting was entered or moved later'
      : 'I was not running then, or something failed'
  return {
    key: notMadeKey(schedule, round),
    heading: notMade,
    lines: [
      `${titleOfRound(programme, schedule, round)} was to be sent on ${fullMoment(round.moment, zone)}. ${why}, and now it is too late for me to send it.`,
      approval
        ? 'You can draft it now, as at today: then check it, and the sponsor is asked.'
        : 'You can issue it now, as at today: it comes to our direct message, and you can pass it on.',
    ],
    buttons: [
      approval
        ? { title: 'Draft it now', verb: 'paper-draft', data }
        : { title: 'Issue it now', verb: 'paper-issue', data },
    ],
  }
}

/** Undefined where it went out, or was declined, which the office knows. */
function lateNote(
  programme: Programme,
  { id, zone }: PaperSchedule,
  { day, moment }: ScheduleRound,
  draft: PaperDraft,
): OfficeNote | undefined {
  const { approval } = paperSetting.of(programme.settings)
  const { state, decisions } = draft
  if (state === 'issued' || state === 'declined') return undefined
  const steps = openSteps(state, approval)
  const data = draftData(programme, draft)
  const buttons: NoticeButton[] = [
    { title: 'Show it', verb: 'paper-again', data },
    ...(steps.includes('check') ? [{ title: 'Ask the sponsor', verb: 'paper-check', data }] : []),
    ...(steps.includes('issue') ? [{ title: 'Issue it', verb: 'paper-issue-draft', data }] : []),
  ]
  const stands = formatDraftState(state, decisions.at(-1), approval)
  return {
    key: `late:${id}:${day}`,
    heading: 'A paper has not gone out',
    lines: [
      `${titleOf(draft)} of ${programme.title} was to be sent on ${fullMoment(moment, zone)}, and ${stands}.`,
      state === 'checked' && approval
        ? 'Please remind the sponsor: it is issued and sent as soon as one of them approves it.'
        : 'It is sent as soon as it is issued.',
    ],
    buttons,
  }
}
