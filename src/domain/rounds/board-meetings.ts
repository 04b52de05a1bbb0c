import type { CivilDate } from '../../base/dates.ts'
import type { Programme } from '../programme/programme.ts'
import { type BoardMeeting, boardsSetting } from './settings.ts'

/** The programme's next board meeting, on `day` or later. */
export function nextBoardMeeting(
  { settings }: Pick<Programme, 'settings'>,
  day: CivilDate,
): BoardMeeting | undefined {
  return boardsSetting.of(settings).find(({ on }) => on >= day)
}

/** The programme's last board meeting before `day`. */
export function lastBoardMeeting(
  { settings }: Pick<Programme, 'settings'>,
  day: CivilDate,
): BoardMeeting | undefined {
  return boardsSetting.of(settings).findLast(({ on }) => on < day)
}
