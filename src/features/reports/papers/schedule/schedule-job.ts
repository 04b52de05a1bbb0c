import type { Place } from '../../../../base/addresses.ts'
import type { Clock } from '../../../../base/clock.ts'
import { dateIn, toDbDate } from '../../../../base/dates.ts'
import { messageOf, Refusal } from '../../../../base/errors.ts'
import type { Log } from '../../../../base/log.ts'
import { channelInTime } from '../../../../chat/channel-lookup.ts'
import type { Channel } from '../../../../chat/port.ts'
import { programmeCalendar } from '../../../../domain/calendars/calendar.ts'
import { addPaperDraft } from '../../../../domain/papers/draft-store.ts'
import {
  duePaperRound,
  lapsedPaperRound,
  nextPaperRound,
  type PaperDiary,
} from '../../../../domain/papers/rounds.ts'
import {
  duePaperSchedules,
  isRoundDrafted,
  loadPaperSchedule,
  type PaperSchedule,
  setNextPaperLook,
} from '../../../../domain/papers/schedule-store.ts'
import { paperSetting } from '../../../../domain/papers/settings.ts'
import { programmesById } from '../../../../domain/plan/store.ts'
import { lockProgramme } from '../../../../domain/programme/lock.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'
import { boardsSetting } from '../../../../domain/rounds/settings.ts'
import type { ScheduleRound } from '../../../../domain/schedule/schedule.ts'
import {
  type Database,
  inTransaction,
  isDatabaseUnavailable,
  type Tx,
} from '../../../../infra/db.ts'
import type { Issuing } from '../issuing/issue-draft.ts'
import { draftData, tellOffice } from '../issuing/messages.ts'
import { loadPaperContent, titleOf } from '../issuing/paper-content.ts'
import { issueAndSend } from '../issuing/send-scheduled.ts'
import { layoutByKey } from '../layouts/registry.ts'
import { refusedNote, tellOfLapsedRound } from './lapsed-rounds.ts'

export interface PaperJobOptions {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  /** Who can read a channel. */
  readonly channel: (place: Place) => Promise<Channel>
}

/** A schedule is looked at so often at least: meetings and closures are entered meanwhile. */
const lookMs = 60 * 60_000

/**
 * A function to call each minute, in any number of processes: drafts the papers whose day has come, each once, and issues
 * and sends them where nobody has to approve them. A schedule that fails is logged and keeps no other waiting.
 * @throws where the database is away; what is due then stays due
 */
export function createPaperJob({
  db,
  clock,
  log,
  channel: ask,
}: PaperJobOptions): () => Promise<void> {
  const channel = (place: Place) => channelInTime(ask(place))
  return async () => {
    const now = clock.now()
    for (const due of await duePaperSchedules(db, now)) {
      try {
        await inTransaction(db, (tx) => lookAtSchedule(tx, due, { now, channel }))
      } catch (error) {
        if (isDatabaseUnavailable(error)) throw error
        log.error({ schedule: due.id, error: messageOf(error) }, 'A scheduled paper was not made')
      }
    }
  }
}

type Look = Pick<Issuing, 'now' | 'channel'>

async function lookAtSchedule(
  tx: Tx,
  { id, programmeId }: PaperSchedule,
  look: Look,
): Promise<void> {
  const { now } = look
  await lockProgramme(tx, programmeId)
  // Read again once nobody else looks at it.
  const schedule = await loadPaperSchedule(tx, id)
  const programme = (await programmesById(tx, [programmeId])).get(programmeId)
  if (!schedule || !programme) return
  const diary = paperDiary(programme)
  const next = nextPaperRound(schedule, diary, now)?.moment.getTime() ?? Number.POSITIVE_INFINITY
  await setNextPaperLook(tx, id, new Date(Math.min(next, now.getTime() + lookMs)))
  if (programme.isArchived) return
  const since = schedule.createdAt
  const round = duePaperRound(schedule, diary, { now, since })
  if (round && !(await isRoundDrafted(tx, id, toDbDate(round.day)))) {
    await makePaper(tx, programme, schedule, round, look)
  }
  const lapsed = lapsedPaperRound(schedule, diary, { now, since })
  if (lapsed) await tellOfLapsedRound(tx, programme, schedule, lapsed, now)
}

export function paperDiary(programme: Programme): PaperDiary {
  return {
    calendar: programmeCalendar(programme),
    meetings: boardsSetting.of(programme.settings),
  }
}

async function makePaper(
  tx: Tx,
  programme: Programme,
  schedule: PaperSchedule,
  round: ScheduleRound,
  look: Look,
): Promise<void> {
  const { now } = look
  const content = await contentOrRefusal(tx, programme, schedule, now)
  if (content instanceof Refusal) {
    await tellOffice(tx, programme, refusedNote(programme, schedule, round, content), now)
    return
  }
  const origin = { scheduleId: schedule.id, round: round.day }
  const draft = await addPaperDraft(tx, programme, { ...content, origin, byId: null, now })
  if (!paperSetting.of(programme.settings).approval) {
    await issueAndSend(tx, programme, draft, { ...look, byId: null, source: 'schedule' })
    return
  }
  const note = {
    heading: 'A paper waits for you',
    lines: [
      `${titleOf(draft)} of ${programme.title} was drafted by itself.`,
      'Look at it, and say that it is right: then the sponsor is asked, and it is issued and sent once they approve it.',
    ],
    buttons: [
      { title: 'Show it', verb: 'paper-again', data: draftData(programme, draft) },
      { title: 'Ask the sponsor', verb: 'paper-check', data: draftData(programme, draft) },
    ],
  }
  await tellOffice(tx, programme, { ...note, key: `drafted:${draft.id}` }, now)
}

async function contentOrRefusal(
  tx: Tx,
  programme: Programme,
  { layout, subject, audience }: PaperSchedule,
  now: Date,
) {
  const today = dateIn(programme.zone, now)
  try {
    return await loadPaperContent(tx, {
      ...{ programme, audience, today, asAt: today },
      ...{ layout: layoutByKey(layout), subject: subject ?? undefined },
    })
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
