import { addDays, dateIn, fullDate, latestToday } from '../../base/dates.ts'
import { listOf, plural } from '../../base/text.ts'
import { programmeArgs } from '../../chat/args.ts'
import { defineQuery, type QueryContext } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { projectHistories } from '../../domain/plan/project-query.ts'
import { loadRecentPlan, programmeCreatedAt } from '../../domain/plan/store.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { roundsBetween, type UpdateRound } from '../../domain/rounds/rules.ts'
import { loadRoundInputs } from '../../domain/rounds/store.ts'
import { countSentByPerson } from '../../outbox/history.ts'
import type { MessageKind } from '../../outbox/message-kinds.ts'
import {
  computeResponseStats,
  type Lateness,
  type ResponseStats,
  silentProjects,
  unchangedRounds,
} from './response-stats.ts'

/** How many closed rounds the statistics cover. */
const maxRounds = 6
/** Enough days for that many weekly rounds, with a break at Christmas. */
const lookbackDays = 70

/** `reminderKind`: the kind of the messages that it counts as reminders. */
export const createHygieneCommand = (reminderKind: MessageKind) =>
  defineQuery({
    name: 'hygiene',
    usages: ['hygiene [for <programme>]'],
    slots: { programme: slot.text },
    examples: ['hygiene'],
    authority: ['run programme'],
    summary:
      'How well reminding works, so that you can nag less: answers, lateness, reminders for each update, who never updated. For the programme office.',
    args: programmeArgs,
    run: async (context, { programme: key }) => {
      const programme = await findProgrammeTo(context, 'run programme', key)
      const { tx, now, prefix } = context
      const rounds = await loadClosedRounds(context, programme)
      const since = rounds[0]?.countsFrom ?? now
      const plan = await loadPlanSince(context, programme, since)
      const reminders = await countSentByPerson(tx, {
        kind: reminderKind,
        personIds: [...plan.people.keys()],
        programmeId: programme.id,
        since,
      })
      const today = dateIn(programme.zone, now)
      const found = computeResponseStats({ plan, rounds, reminders, today })
      const isAsked = found.rounds.some(({ of }) => of > 0)
      const lines = isAsked
        ? [...formatStats(found), ...hintTexts(found, prefix)]
        : noClosedRoundLines
      const covered = rounds.length === 1 ? 'the last round' : `the last ${rounds.length} rounds`
      const heading = `How ${programme.key} is reminded${isAsked ? `: ${covered}` : ''}`
      return { card: noticeCard({ heading, lines, buttons: [] }) }
    },
  })

/** The plan with what was said since then, and all that was ever said of those that were silent since. */
async function loadPlanSince(
  { tx, now }: QueryContext,
  { id, zone }: Programme,
  since: Date,
): Promise<Plan> {
  const asAt = latestToday(now)
  // Somebody in another zone may have said it a day earlier.
  const plan = await loadRecentPlan(tx, id, asAt, addDays(dateIn(zone, since), -1))
  const silent = silentProjects(plan).map((project) => project.id)
  const histories = await projectHistories(tx, silent, asAt)
  return {
    ...plan,
    projects: plan.projects.map((project) => histories.get(project.id) ?? project),
  }
}

/** The latest closed rounds, oldest first. Rounds from before the programme was created do not count. */
async function loadClosedRounds(
  { tx, now }: QueryContext,
  programme: Programme,
): Promise<readonly UpdateRound[]> {
  const createdAt = await programmeCreatedAt(tx, programme.id)
  const today = dateIn(programme.zone, now)
  const inputs = await loadRoundInputs(tx, programme)
  return roundsBetween(inputs, addDays(today, -lookbackDays), addDays(today, lookbackDays))
    .filter(({ opens, closes }) => opens >= createdAt && closes < now)
    .slice(-maxRounds)
}

const noClosedRoundLines = [
  'No round has closed yet in which anybody was asked. Please ask again then.',
]

const formatShare = (part: number, whole: number): string => `${Math.round((100 * part) / whole)}%`

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

function formatStats(found: ResponseStats): string[] {
  const of = sum(found.rounds.map((round) => round.of))
  const answered = sum(found.rounds.map((round) => round.answered))
  const unasked = sum(found.rounds.map((round) => round.beforeNudge))
  const each = found.rounds.map(
    ({ round, ...one }) => `${fullDate(round)} ${one.answered} of ${one.of}`,
  )
  return [
    `Answers: ${formatShare(answered, of)} (${each.join('; ')}).`,
    `Before anybody was nudged: ${formatShare(unasked, of)}.`,
    formatLateness('Updates that missed their round', found.updatesLate, 'came later'),
    formatLateness('Milestones that were due since then', found.milestonesLate, 'overdue'),
    formatReminderCounts(found),
  ]
}

function formatLateness(what: string, { median, late, of }: Lateness, how: string): string {
  if (of === 0) return `${what}: none.`
  const by = median === null ? '' : ` (median ${plural(median, 'day')})`
  return `${what}: ${of}; ${late === 0 ? 'none' : late} ${how}${by}.`
}

function formatReminderCounts({ reminders, updates }: ResponseStats): string {
  const counts = `${plural(reminders, 'reminder')} to leads, ${plural(updates, 'update')} from them`
  if (updates === 0) return `${counts}.`
  return `${counts}: ${(reminders / updates).toFixed(1)} for each update.`
}

/** How many people or projects a hint lists. */
const maxNamed = 8

/** More reminders for each update than this are too many. */
const tooManyPerUpdate = 3

/** What the office can do to send fewer reminders. */
function hintTexts(
  { neverUpdated, unchanged, rounds, ...found }: ResponseStats,
  prefix: string,
): string[] {
  const of = sum(rounds.map((round) => round.of))
  const unasked = sum(rounds.map((round) => round.beforeNudge))
  const people = neverUpdated.map(
    ({ name, refs, reminders }) => `${name} (${refs.join(', ')}; ${plural(reminders, 'reminder')})`,
  )
  const overtold = found.toldTooMuch.map(
    ({ name, ...told }) =>
      `${name} (${plural(told.reminders, 'reminder')} in ${plural(told.workingDays, 'working day')})`,
  )
  return [
    ...(overtold.length > 0
      ? [
          `Told too much: ${formatSome(overtold)}. Agree with them what is overdue and move its dates, or name more leads; fewer steps: ${prefix} reminders`,
        ]
      : []),
    ...(people.length > 0
      ? [
          `Never updated: ${formatSome(people)}. Where reminders did not help, speak with them, or name another lead.`,
        ]
      : []),
    ...(unchanged.length > 0
      ? [
          `Nothing but “no change” in ${unchangedRounds} rounds: ${formatSome(unchanged.map(({ ref }) => ref))}. If nothing is to come, “${prefix} ${unchanged[0]?.ref} no update required” stops the asking.`,
        ]
      : []),
    ...(unasked / of >= 0.9
      ? [
          `Nearly all answer before the nudge: a later one would spare the rest. ${prefix} round plan`,
        ]
      : []),
    ...(found.reminders > tooManyPerUpdate * found.updates && found.updates > 0
      ? [
          `That is more than ${tooManyPerUpdate} reminders for each update: fewer steps may do as well. ${prefix} reminders`,
        ]
      : []),
  ]
}

function formatSome(items: readonly string[]): string {
  const more = items.length - maxNamed
  return listOf([...items.slice(0, maxNamed), ...(more > 0 ? [`${more} more`] : [])])
}
