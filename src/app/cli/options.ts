import { Option } from 'commander'
import type { CivilDate } from '../../base/dates.ts'

/** Options that several commands of the terminal share. */
export const formatOption = new Option('--format <format>', 'for people or for programs')
  .choices(['text', 'json'])
  .default('text')

/** What the program hands to the commands that ask for a programme and a day. */
export interface SharedOptions {
  readonly programmeOption: Option
  readonly parseDay: (text: string) => CivilDate
}
