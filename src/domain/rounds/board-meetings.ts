import type { CivilDate } from '../../base/dates.ts'
import type { Programme } from '../programme/programme.ts'
import { type BoardMeeting, boardsSetting } from './settings.ts'

/** The next meeting that the programme reports to, that of the day included. */
export function nextBoardMeeting(
  { settings }: Pick<Programme, 'settings'>,
  day: CivilDate,
): BoardMeeting | undefined {
  return boardsSetting.of(settings).find(({ on }) => on >= day)
}
