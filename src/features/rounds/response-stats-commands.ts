import { z } from 'zod'
import { addDays, dateIn, fullDate } from '../../base/dates.ts'
import { listOf, plural } from '../../base/text.ts'
import { type Command, type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { officeProgramme } from '../../domain/plan/lookup.ts'
import type { Programme } from '../../domain/plan/plan.ts'
import { loadPlan } from '../../domain/plan/store.ts'
import { roundsBetween, type UpdateRound } from '../../domain/rounds/rules.ts'
import { roundsOf } from '../../domain/rounds/store.ts'
import type { Tx } from '../../infra/db.ts'
import { type Hygiene, hygieneOf, type Lateness, unchangedRounds } from './response-stats.ts'

/** How many closed rounds are looked at. */
const roundsSeen = 6
/** Enough days for so many of them, at Christmas too. */
const daysSeen = 70

const hygiene = defineCommand({
  name: 'hygiene',
  tells: true,
  usages: ['hygiene [for <programme>]'],
  summary:
    'How well reminding works, so that you can nag less: answers, lateness, reminders for each update, who never updated. For the programme office.',
  args: z.object({ programme: optionalText }),
  run: async (context, { programme: key }) => {
    const programme = await officeProgramme(context, key)
    const { tx, now, prefix } = context
    const rounds = await closedRounds(context, programme)
    const plan = await loadPlan(tx, programme.id, addDays(dateIn('UTC', now), 1))
    const since = rounds[0]?.countsFrom ?? now
    const reminders = await remindersSince(tx, [...plan.people.keys()], programme, since)
    const today = dateIn(programme.zone, now)
    const found = hygieneOf({ plan, rounds, reminders, today })
    const isAsked = found.rounds.some(({ of }) => of > 0)
    const lines = isAsked ? [...inWords(found), ...hintsIn(found, prefix)] : noneYet
    const seen = rounds.length === 1 ? 'the last round' : `the last ${rounds.length} rounds`
    const heading = `How ${programme.key} is reminded${isAsked ? `: ${seen}` : ''}`
    return { card: noticeCard({ heading, lines, buttons: [] }) }
  },
})

/** The last rounds that have closed, oldest first; none from before Milepost knew the programme. */
async function closedRounds(
  { tx, now }: Context,
  programme: Programme,
): Promise<readonly UpdateRound[]> {
  const { createdAt } = await tx.programme.findUniqueOrThrow({
    where: { id: programme.id },
    select: { createdAt: true },
  })
  const today = dateIn(programme.zone, now)
  const known = await roundsOf(tx, programme)
  return roundsBetween(known, addDays(today, -daysSeen), addDays(today, daysSeen))
    .filter(({ opens, closes }) => opens >= createdAt && closes < now)
    .slice(-roundsSeen)
}

/** How many reminders each of these people was sent of the programme, or of several at once. */
async function remindersSince(
  tx: Tx,
  personIds: readonly string[],
  { id }: Programme,
  since: Date,
): Promise<Map<string, number>> {
  const rows = await tx.delivery.groupBy({
    by: ['personId'],
    where: {
      kind: 'reminder',
      personId: { in: [...personIds] },
      sentAt: { gte: since },
      OR: [{ programmeId: id }, { programmeId: null }],
    },
    _count: true,
  })
  return new Map(rows.map(({ personId, _count }) => [personId ?? '', _count]))
}

const noneYet = ['No round has closed yet in which anybody was asked. Please ask again then.']

const share = (part: number, whole: number): string => `${Math.round((100 * part) / whole)}%`

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

function inWords(found: Hygiene): string[] {
  const of = sum(found.rounds.map((round) => round.of))
  const answered = sum(found.rounds.map((round) => round.answered))
  const unasked = sum(found.rounds.map((round) => round.unasked))
  const each = found.rounds.map(
    ({ round, ...one }) => `${fullDate(round)} ${one.answered} of ${one.of}`,
  )
  return [
    `Answers: ${share(answered, of)} (${each.join('; ')}).`,
    `Before anybody was nudged: ${share(unasked, of)}.`,
    latenessInWords('Updates that missed their round', found.updatesLate, 'came later'),
    latenessInWords('Milestones that were due since then', found.milestonesLate, 'late'),
    remindersInWords(found),
  ]
}

function latenessInWords(what: string, { median, late, of }: Lateness, how: string): string {
  if (of === 0) return `${what}: none.`
  const by = median === null ? '' : ` (median ${plural(median, 'day')})`
  return `${what}: ${of}; ${late === 0 ? 'none' : late} ${how}${by}.`
}

function remindersInWords({ reminders, updates }: Hygiene): string {
  const told = `${plural(reminders, 'reminder')} to leads, ${plural(updates, 'update')} from them`
  if (updates === 0) return `${told}.`
  return `${told}: ${(reminders / updates).toFixed(1)} for each update.`
}

/** How many people or projects a hint names. */
const named = 8

/** From this many reminders for each update on, there are too many of them. */
const tooMany = 3

/** Where the office can nag less. */
function hintsIn({ neverUpdated, unchanged, rounds, ...found }: Hygiene, prefix: string): string[] {
  const of = sum(rounds.map((round) => round.of))
  const unasked = sum(rounds.map((round) => round.unasked))
  const people = neverUpdated.map(
    ({ name, refs, reminders }) => `${name} (${refs.join(', ')}; ${plural(reminders, 'reminder')})`,
  )
  return [
    ...(people.length > 0
      ? [
          `Never updated: ${some(people)}. Where reminders did not help, speak with them, or name another lead.`,
        ]
      : []),
    ...(unchanged.length > 0
      ? [
          `Nothing but “no change” in ${unchangedRounds} rounds: ${some(unchanged.map(({ ref }) => ref))}. If nothing is to come, “${prefix} ${unchanged[0]?.ref} no update required” stops the asking.`,
        ]
      : []),
    ...(unasked / of >= 0.9
      ? [
          `Nearly all answer before the nudge: a later one would spare the rest. ${prefix} round plan`,
        ]
      : []),
    ...(found.reminders > tooMany * found.updates && found.updates > 0
      ? [
          `That is more than ${tooMany} reminders for each update: fewer steps may do as well. ${prefix} reminders`,
        ]
      : []),
  ]
}

function some(items: readonly string[]): string {
  const more = items.length - named
  return listOf([...items.slice(0, named), ...(more > 0 ? [`${more} more`] : [])])
}

export const hygieneCommands: readonly Command[] = [hygiene]
