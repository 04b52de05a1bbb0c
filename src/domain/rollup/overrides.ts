import type { CivilDate } from '../../base/dates.ts'

/** A row of the history of overrides: a state that was requested, or the end of an override. */
export interface OverrideRow {
  readonly id: string
  /** Null: the programme's own state. */
  readonly workstreamId: string | null
  /** Key of a state; null ends what there is. */
  readonly state: string | null
  readonly reason: string
  readonly byId: string | null
  readonly onDay: CivilDate
  readonly at: Date
  readonly confirmation: {
    readonly byId: string | null
    readonly onDay: CivilDate
    readonly at: Date
  } | null
}

/** A state set by a person instead of the rolled-up one. */
export interface Override {
  readonly id: string
  readonly state: string
  readonly reason: string
  readonly byId: string | null
  readonly onDay: CivilDate
  /** The second person, where one has confirmed it by then. */
  readonly confirmedById: string | null
  readonly confirmedOn: CivilDate | null
}

export interface OverrideState {
  /** The one that counts. */
  readonly current: Override | null
  readonly awaiting: Override | null
}

type OverrideEvent =
  | { readonly what: 'asked'; readonly row: OverrideRow; readonly state: string }
  | { readonly what: 'ended' }
  | { readonly what: 'confirmed'; readonly row: OverrideRow; readonly state: string }

interface DatedOverrideEvent {
  readonly onDay: CivilDate
  readonly at: Date
  readonly event: OverrideEvent
}

/**
 * The override in force at the end of `asAt`, from the rows of one workstream or of the programme itself. A new override
 * leaves the previous one in force until it is confirmed; an end ends both.
 */
export function overrideAsAt(rows: readonly OverrideRow[], asAt: CivilDate): OverrideState {
  const events = rows
    .flatMap(eventsOf)
    .filter(({ onDay }) => onDay <= asAt)
    .toSorted(byTime)
  return events.reduce(applyOverrideEvent, { current: null, awaiting: null })
}

function eventsOf(row: OverrideRow): DatedOverrideEvent[] {
  const { state, onDay, at, confirmation } = row
  if (state === null) return [{ onDay, at, event: { what: 'ended' } }]
  const asked: DatedOverrideEvent = { onDay, at, event: { what: 'asked', row, state } }
  if (!confirmation) return [asked]
  return [
    asked,
    { onDay: confirmation.onDay, at: confirmation.at, event: { what: 'confirmed', row, state } },
  ]
}

function byTime(a: DatedOverrideEvent, b: DatedOverrideEvent): number {
  if (a.onDay !== b.onDay) return a.onDay < b.onDay ? -1 : 1
  return a.at.getTime() - b.at.getTime()
}

function applyOverrideEvent(before: OverrideState, { event }: DatedOverrideEvent): OverrideState {
  if (event.what === 'ended') return { current: null, awaiting: null }
  const { row, state } = event
  const { id, reason, byId, onDay } = row
  const override = { id, state, reason, byId, onDay, confirmedById: null, confirmedOn: null }
  if (event.what === 'asked') return { ...before, awaiting: override }
  // Confirmed too late: another one was requested since, or it was ended.
  if (before.awaiting?.id !== id || !row.confirmation) return before
  const { confirmation } = row
  return {
    current: { ...override, confirmedById: confirmation.byId, confirmedOn: confirmation.onDay },
    awaiting: null,
  }
}
