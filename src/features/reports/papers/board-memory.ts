import type { CivilDate } from '../../../base/dates.ts'
import { loadDigestPlan } from '../../../domain/digests/audience/load-input.ts'
import { redactPlan, redactRegister } from '../../../domain/digests/audience/redact.ts'
import { redactPending } from '../../../domain/digests/audience/redact-pending.ts'
import {
  type BoardMemory,
  boardMemoryOf,
  type KnownThen,
} from '../../../domain/papers/board-memory.ts'
import { paperForMeeting } from '../../../domain/papers/issued-papers.ts'
import type { Audience } from '../../../domain/programme/audience.ts'
import { loadEntries } from '../../../domain/register/load-entries.ts'
import { lastBoardMeeting, nextBoardMeeting } from '../../../domain/rounds/board-meetings.ts'
import type { BoardMeeting } from '../../../domain/rounds/settings.ts'
import type { ReadTx } from '../../../infra/db.ts'

/** What the readers were promised at the last meeting, and what that is known from. */
export interface MeetingMemory {
  readonly meeting: BoardMeeting
  /** The day as at which the plan was told then: that of the paper, else of the meeting. */
  readonly asAt: CivilDate
  /** The number of the paper that was issued for it; null where none was. */
  readonly paper: number | null
  readonly memory: BoardMemory
}

/** Null where no meeting before the plan's day is known. `now`: as the digest's sources have it, not redacted yet. */
export async function loadMeetingMemory(
  tx: ReadTx,
  now: KnownThen,
  reader: Audience,
): Promise<MeetingMemory | null> {
  const { programme, asAt: today } = now.plan
  const meeting = lastBoardMeeting(programme, today)
  if (!meeting) return null
  const issued = await paperForMeeting(tx, programme.id, { meetingOn: meeting.on, reader })
  const asAt = issued?.asAt ?? meeting.on
  const plan = await loadDigestPlan(tx, programme.id, asAt)
  const then = await redactPending(tx, { plan, register: await loadEntries(tx, programme.id) })
  const until = nextBoardMeeting(programme, today)?.on ?? today
  const seen = ({ plan, register, setAside }: KnownThen): KnownThen => ({
    plan: redactPlan(plan, reader),
    register: redactRegister(register, plan, reader),
    ...(setAside && { setAside }),
  })
  const memory = boardMemoryOf(seen(then), seen(now), until)
  return { meeting, asAt, paper: issued?.number ?? null, memory }
}
