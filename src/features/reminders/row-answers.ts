import { fullDate, latestToday } from '../../base/dates.ts'
import { shorten } from '../../base/text.ts'
import { nextReadingDue } from '../../domain/measures/frequency.ts'
import { effectiveReadings, type Measure } from '../../domain/measures/measure.ts'
import { loadMeasures } from '../../domain/measures/store.ts'
import { loadMilestoneStates, type MilestoneState } from '../../domain/plan/milestone-answers.ts'
import { programmeById } from '../../domain/plan/store.ts'
import { formatState, type Scheme, schemeOf, stateByKey } from '../../domain/scheme/schemes.ts'
import { type LatestUpdate, loadLatestUpdates } from '../../domain/status/latest-updates.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { ReminderRow } from './reminder-data.ts'

/** What was answered since a row was sent, for the row to show; null while nothing was. */
export type RowAnswer = (row: ReminderRow) => string | null

/** Loads what was answered to rows of one kind, or of the kinds that share it, by `now`. */
export type RowAnswerLoader = (
  tx: ReadTx,
  rows: readonly ReminderRow[],
  now: Date,
) => Promise<RowAnswer>

export const notInPlanText = '✓ Not in the plan any more'

export const loadMilestoneAnswers: RowAnswerLoader = async (tx, rows) => {
  const ids = new Set(rows.map((row) => row.milestone).filter(Boolean))
  const states = await loadMilestoneStates(tx, [...ids])
  return (row) => milestoneAnswer(row, states.get(row.milestone))
}

export function milestoneAnswer(
  { told }: Pick<ReminderRow, 'told'>,
  state: MilestoneState | undefined,
): string | null {
  if (!state) return notInPlanText
  if (state.doneOn !== null) return '✓ Done'
  if (state.awaitsConfirmation) return '✓ Done, awaiting confirmation'
  if ((state.due ?? '') === told) return null
  return state.due === null ? '→ No date any more' : `→ Moved to ${fullDate(state.due)}`
}

export const loadUpdateAnswers: RowAnswerLoader = async (tx, rows) => {
  const updates = await loadLatestUpdates(tx, [...new Set(rows.map(({ project }) => project))])
  const answered = rows.filter(({ project, told }) => isNewUpdate(updates.get(project), told))
  const schemes = new Map<string, Scheme>()
  for (const programmeId of new Set(answered.map((row) => row.programmeId)))
    schemes.set(programmeId, schemeOf((await programmeById(tx, programmeId)).settings))
  return ({ project, programmeId, told }) => {
    const update = updates.get(project)
    const scheme = schemes.get(programmeId)
    return scheme && isNewUpdate(update, told) ? updateAnswer(update, scheme) : null
  }
}

function isNewUpdate(update: LatestUpdate | undefined, told: string): update is LatestUpdate {
  return update !== undefined && update.id !== told
}

function updateAnswer(update: LatestUpdate, scheme: Scheme): string {
  const state = formatState(stateByKey(scheme, update.state))
  return update.attestsId === null ? `✓ Updated: ${state}` : `✓ No change: ${state}`
}

export const loadReadingAnswers: RowAnswerLoader = async (tx, rows, now) => {
  const measures = new Map<string, Measure>()
  for (const programmeId of new Set(rows.map((row) => row.programmeId))) {
    for (const measure of await loadMeasures(tx, programmeId, latestToday(now)))
      measures.set(measure.id, measure)
  }
  return (row) => readingAnswer(row, measures.get(row.measure))
}

function readingAnswer({ told }: ReminderRow, measure: Measure | undefined): string | null {
  if (!measure) return notInPlanText
  if (nextReadingDue(measure) === told) return null
  return `✓ Recorded: ${shorten(effectiveReadings(measure)[0]?.raw ?? '', 60)}`
}
