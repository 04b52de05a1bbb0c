import type { CivilDate } from '../../base/dates.ts'
import type { Programme } from '../programme/programme.ts'
import type { BoardMeeting } from '../programme/settings.ts'

/** The next meeting that the programme reports to, that of the day included. */
export function nextBoardMeeting(
  { settings }: Pick<Programme, 'settings'>,
  day: CivilDate,
): BoardMeeting | undefined {
  return settings.boards.find(({ on }) => on >= day)
}
