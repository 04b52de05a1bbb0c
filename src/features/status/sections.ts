import { type CivilDate, fullDate } from '../../base/dates.ts'
import { plural, shorten } from '../../base/text.ts'
import type { StatusChanges } from '../../domain/rollup/changes.ts'
import type { Contradiction } from '../../domain/rollup/consistency.ts'
import type {
  Exceptions,
  OverdueMilestone,
  PendingConfirmation,
  ProjectConcern,
} from '../../domain/rollup/exceptions.ts'
import { formatRefs } from '../../domain/rollup/format.ts'
import type { StatusReport } from './status-report.ts'

/** A list of a status, in words. */
export interface StatusSection {
  readonly heading: string
  readonly lines: readonly string[]
  /** What is not listed; '' where all is. */
  readonly more: string
}

export interface SectionLimits {
  /** Lines of one section. */
  readonly lines: number
  /** Letters of one line. */
  readonly lineLength: number
  /** References in one line. */
  readonly refs: number
}

/** As much as both platforms take in one message, with the workstreams above. */
export const chatLimits: SectionLimits = { lines: 6, lineLength: 220, refs: 12 }
const all = Number.POSITIVE_INFINITY
export const paperLimits: SectionLimits = { lines: all, lineLength: all, refs: all }

function section(heading: string, lines: readonly string[], room: SectionLimits): StatusSection[] {
  if (lines.length === 0) return []
  const left = lines.length - room.lines
  return [
    {
      heading,
      lines: lines.slice(0, room.lines).map((line) => shorten(line, room.lineLength)),
      more: left > 0 ? `${left} more ${left === 1 ? 'is' : 'are'} not listed here.` : '',
    },
  ]
}

/** What needs attention, the worst first. `worst` and `goal`: the labels of these states. */
export function exceptionSections(
  exceptions: Exceptions,
  { worst, goal }: Pick<StatusReport, 'worst' | 'goal'>,
  room: SectionLimits,
): StatusSection[] {
  const { reds, ambersWithoutPath, missed, notRated, mismatches } = exceptions
  const refsOf = (rows: readonly { readonly ref: string }[]) =>
    rows.length === 0
      ? []
      : [
          formatRefs(
            rows.map(({ ref }) => ref),
            room.refs,
          ),
        ]
  return [
    ...section(
      worst,
      reds.map((concern) => formatConcern(concern, goal)),
      room,
    ),
    ...section(
      `Not ${worst}, and no way back to ${goal} given: ${plural(ambersWithoutPath.length, 'project')}`,
      refsOf(ambersWithoutPath),
      room,
    ),
    ...section(
      `Overdue: ${plural(missed.length, 'milestone')}`,
      missed.map(formatOverdueMilestone),
      room,
    ),
    ...section(`Not rated: ${plural(notRated.length, 'project')}`, refsOf(notRated), room),
    ...section(
      'Declared otherwise than the criteria say',
      mismatches.map(
        ({ ref, declared, derived, why }) =>
          `${ref}: declared ${declared}, the criteria come to ${derived}${why ? `. Reason: ${why}` : ', with no reason'}`,
      ),
      room,
    ),
    ...section(
      'Waiting for a second person',
      exceptions.awaitingConfirmation.map(formatPendingConfirmation),
      room,
    ),
  ]
}

function formatConcern(
  { ref, title, reason, greenBy, path, onDay, isByMilestones }: ProjectConcern,
  goal: string,
): string {
  const head = `${ref} ${shorten(title, 80)}`
  if (isByMilestones) return `${head}: as its milestones stand, since ${fullDate(onDay)}`
  const back = greenBy
    ? `back to ${goal} by ${fullDate(greenBy)}`
    : `no day to be back to ${goal} by`
  return `${head}: ${reason ?? 'no reason given'} (${path ? `${path}; ` : ''}${back})`
}

function formatOverdueMilestone({
  ref,
  number,
  about,
  due,
  daysLate,
  slippage,
}: OverdueMilestone): string {
  const overdue = `${plural(daysLate, 'day')} overdue, was due ${fullDate(due)}`
  return `${ref}, ${number}. ${shorten(about, 120)}: ${[overdue, slippage].filter(Boolean).join('; ')}`
}

function formatPendingConfirmation({ what, ref, says, by, onDay }: PendingConfirmation): string {
  const said = what === 'done' ? `done: ${says}` : `${what} to ${says}`
  return `${ref}, ${said} (${by}, ${fullDate(onDay)})`
}

/** Contradictions; those read from commentary are questions. */
export function contradictionSections(
  contradictions: readonly Contradiction[],
  room: SectionLimits,
): StatusSection[] {
  const lines = (certain: boolean) =>
    contradictions
      .filter((each) => each.certain === certain)
      .map(({ ref, says, should }) => `${ref}: ${says} ${should}`)
  return [
    ...section('Does not add up', lines(true), room),
    ...section('Worth asking the lead', lines(false), room),
  ]
}

export function changeSections(changes: StatusChanges, room: SectionLimits): StatusSection[] {
  const { states, colours, moves, completions, added, overrides } = changes
  const colour = (label: string | null) => label ?? 'no colour'
  const day = (date: CivilDate | null) => (date ? fullDate(date) : 'no date')
  const found = [
    ...section(
      'Colours',
      colours.map(
        ({ ref, from, to, movement }) => `${ref}: ${colour(from)} → ${colour(to)}, ${movement}`,
      ),
      room,
    ),
    ...section(
      'Projects',
      states.map(
        ({ ref, title, from, to, movement }) =>
          `${ref} ${shorten(title, 80)}: ${from} → ${to}, ${movement}`,
      ),
      room,
    ),
    ...section(
      'Overrides',
      overrides.map(
        ({ ref, what, state, reason, by, onDay }) =>
          `${ref}, ${fullDate(onDay)}: ${state ? `${state} ` : ''}${what} by ${by}: ${reason}`,
      ),
      room,
    ),
    ...section(
      'Dates that moved',
      moves.map(
        ({ ref, number, about, from, to, reason }) =>
          `${ref}, ${number}. ${shorten(about, 80)}: ${day(from)} → ${day(to)}. Reason: ${reason}`,
      ),
      room,
    ),
    ...section(
      'Finished',
      completions.map(
        ({ ref, number, about, doneOn, isDayUnknown }) =>
          `${ref}, ${number}. ${shorten(about, 120)}: done ${isDayUnknown ? 'by ' : ''}${fullDate(doneOn)}`,
      ),
      room,
    ),
    ...section('New in the plan', formatAdditions(added), room),
  ]
  return found.length > 0
    ? found
    : section('Nothing changed', [`All is as it was on ${fullDate(changes.since)}.`], room)
}

function formatAdditions({ projects, milestones }: StatusChanges['added']): string[] {
  return [
    ...projects.map(({ ref, title }) => `${ref} ${shorten(title, 80)}`),
    ...(milestones > 0 ? [plural(milestones, 'milestone')] : []),
  ]
}
