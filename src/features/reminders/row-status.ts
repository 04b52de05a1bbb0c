import { type CivilDate, fullDate } from '../../base/dates.ts'
import { shorten } from '../../base/text.ts'
import type { ReminderRow } from './row-schema.ts'
import { formatUntil } from './suppression.ts'
import type { Subject } from './types.ts'

/** What became of a row since it was told of. */

/** '' where a row waits for its answer still; otherwise what was answered, for the row to show. */
export type RowStatusLookup = (row: ReminderRow) => string

/** What the plan holds of a milestone now. */
export interface MilestoneState {
  readonly due: CivilDate | null
  readonly doneOn: CivilDate | null
  /** Said to be done, and not confirmed by a second person yet. */
  readonly awaitsConfirmation: boolean
}

/** The last update of a project. */
export interface UpdateState {
  readonly id: string
  /** "▲ Amber". */
  readonly state: string
  /** It says an earlier one again: "no change". */
  readonly isAttested: boolean
}

export interface ReadingState {
  /** As written. */
  readonly raw: string
  /** The day of the next one. */
  readonly due: CivilDate | null
}

/** The latest of a person's snoozes of a thing, where it lasts still. */
export interface ActiveSnooze {
  readonly until: Date
  readonly by: string
}

/** How what the rows are about stands now; undefined where it is no longer there. */
export interface CurrentState {
  readonly milestone: (id: string) => MilestoneState | undefined
  readonly update: (projectId: string) => UpdateState | undefined
  readonly reading: (measureId: string) => ReadingState | undefined
  readonly snooze: (subject: Subject) => ActiveSnooze | undefined
  readonly zone: string
}

export function rowStatusLookup(now: CurrentState): RowStatusLookup {
  return (row) => answerText(row, now) ?? snoozeText(row, now) ?? ''
}

function answerText(row: ReminderRow, now: CurrentState): string | null {
  switch (row.kind) {
    case 'milestone':
    case 'undated': {
      const milestone = now.milestone(row.milestone)
      return milestone ? milestoneAnswerText(row.told, milestone) : '✓ Not in the plan any more'
    }
    case 'green-by':
    case 'round': {
      const update = now.update(row.project)
      if (!update || update.id === row.told) return null
      return update.isAttested ? `✓ No change: ${update.state}` : `✓ Updated: ${update.state}`
    }
    case 'reading': {
      const reading = now.reading(row.measure)
      if (!reading) return '✓ Not in the plan any more'
      return reading.due === row.told ? null : `✓ Recorded: ${shorten(reading.raw, 60)}`
    }
  }
}

function milestoneAnswerText(told: string, now: MilestoneState): string | null {
  if (now.doneOn !== null) return '✓ Done'
  if (now.awaitsConfirmation) return '✓ Done, awaiting confirmation'
  if ((now.due ?? '') === told) return null
  return now.due === null ? '→ No date any more' : `→ Moved to ${fullDate(now.due)}`
}

const snoozedPrefix = 'Snoozed by '

/** Whether a row has no buttons because it was put off, and not because somebody answered. */
export function isSnoozedRow({ answered: said }: Pick<ReminderRow, 'answered'>): boolean {
  return said.startsWith(snoozedPrefix)
}

function snoozeText({ subject }: ReminderRow, { snooze, zone }: CurrentState): string | null {
  const found = snooze(subject as Subject)
  return found ? `${snoozedPrefix}${found.by} until ${formatUntil(found.until, zone)}` : null
}
