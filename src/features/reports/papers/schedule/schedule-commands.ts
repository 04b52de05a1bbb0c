import { z } from 'zod'
import { fullMoment, isTime } from '../../../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../../../base/errors.ts'
import { plural } from '../../../../base/text.ts'
import { programmeArgs } from '../../../../chat/args.ts'
import {
  type Command,
  type CommandContext,
  type CommandResult,
  defineCommand,
  defineQuery,
  optionalText,
  type QueryContext,
} from '../../../../chat/commands.ts'
import { slot } from '../../../../chat/grammar.ts'
import { noticeCard, savedResult } from '../../../../chat/notice.ts'
import { nextPaperRound, type PaperHours } from '../../../../domain/papers/rounds.ts'
import {
  addPaperSchedule,
  endPaperSchedule,
  loadPaperSchedules,
  type PaperSchedule,
} from '../../../../domain/papers/schedule-store.ts'
import { directPlaceOf } from '../../../../domain/people/direct-places.ts'
import { findMember } from '../../../../domain/people/find-member.ts'
import { namesOf } from '../../../../domain/people/names.ts'
import { findProgrammeTo, requirePersonId } from '../../../../domain/plan/lookup.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'
import { readers } from '../layout.ts'
import { layoutByKey } from '../layouts/registry.ts'
import { paperArgs, paperSlots } from '../paper-command.ts'
import { formatNames } from '../send-paper.ts'
import { paperDiary } from './schedule-job.ts'

/** Papers that are made and sent by themselves, each month or before each board meeting. */

const { date: _, ...slots } = paperSlots
const what =
  '[about <subject>] [as <format>] [to <audience>] [at <time>] [sent to <person>] [for <programme>]'
const scheduleArgs = paperArgs
  .omit({ date: true })
  .extend({ time: z.string().default('09:00').transform(normalTime), person: optionalText })
type ScheduleArgs = z.infer<typeof scheduleArgs>

/** "9:05" and "9.05" are 09:05. */
function normalTime(text: string): string {
  return text.replace('.', ':').padStart(5, '0')
}

const paperMonthly = defineCommand({
  name: 'paper-monthly',
  usages: [`paper <layout> every month on <day> ${what}`],
  slots: { ...slots, day: slot.position, time: slot.time, person: slot.person },
  examples: [
    'paper overview every month on 25',
    'paper summary every month on 1 as pdf at 8:30',
    'paper summary every month on 1 sent to Asha Verity',
  ],
  authority: ['publish digest'],
  summary:
    'Make a paper each month, and send it: to the channel where you say so, to you in our direct message, or to whom you name. On a day that is not worked, on the working day before. For the programme office.',
  args: scheduleArgs.extend({
    day: z.coerce
      .number()
      .int()
      .min(1, 'Days of a month count from 1.')
      .max(31, 'No month has so many days: say at most 31.'),
  }),
  run: (context, { day, ...args }) =>
    schedulePaper(context, args, { every: 'month', days: day, board: null }),
})

const paperBeforeBoard = defineCommand({
  name: 'paper-before-board',
  usages: [
    `paper <layout> <days> working days before board ${what}`,
    `paper <layout> <days> working days before board <board> ${what}`,
  ],
  slots: {
    ...{ ...slots, days: slot.position, board: slot.text, time: slot.time },
    person: slot.person,
  },
  examples: [
    'paper overview 5 working days before board',
    'paper overview 5 working days before board Cabinet as pdf',
  ],
  authority: ['publish digest'],
  summary:
    'The same so many working days before each meeting that “board” lists, or before those of that name. For the programme office.',
  args: scheduleArgs.extend({
    days: z.coerce.number().int().min(0).max(20, 'Say at most 20 working days.'),
    board: optionalText,
  }),
  run: (context, { days, board, ...args }) =>
    schedulePaper(context, args, { every: 'board', days, board: board ?? null }),
})

async function schedulePaper(
  context: CommandContext,
  args: ScheduleArgs,
  hours: Pick<PaperHours, 'every' | 'days' | 'board'>,
): Promise<CommandResult> {
  const { tx, actor, now } = context
  const programme = await findProgrammeTo(context, 'publish digest', args.programme)
  const layout = layoutByKey(args.layout)
  if (!isTime(args.time))
    throw fieldRefusal({ time: `I could not read “${args.time}” as a time. Try 09:00.` })
  if (layout.subject !== undefined && args.subject === undefined) {
    throw new Refusal(
      `${layout.title} is about ${layout.subject}: say which, as “about 2.1”. Nothing was saved.`,
    )
  }
  const schedule = await addPaperSchedule(tx, {
    ...{ programmeId: programme.id, layout: layout.key, subject: args.subject ?? null },
    ...{ audience: args.audience, format: formatNames[args.format] ?? 'docx' },
    ...{ ...hours, time: args.time, zone: programme.zone },
    to: await recipientOf(context, programme, args.person),
    ...{ createdById: actor.personId, now },
  })
  const { prefix } = context
  return savedResult([
    await formatSchedule(context, programme, schedule),
    `To see them: ${prefix} paper schedules. To end one: ${prefix} paper schedules stop 1`,
  ])
}

/** @throws Refusal where nobody of the programme is called so, or they have no account to write to */
async function recipientOf(
  { tx, actor, place, mentions }: CommandContext,
  { id: programmeId, title }: Programme,
  named: string | undefined,
): Promise<PaperSchedule['to']> {
  if (named === undefined) {
    return place.kind === 'channel' ? { place } : { personId: requirePersonId(actor) }
  }
  const { id: personId, name } = await findMember(tx, [programmeId], named, mentions)
  if (await directPlaceOf(tx, personId)) return { personId }
  throw new Refusal(
    `${name} has no account that I can write to, so no paper of ${title} could be sent to them. Nothing was saved.`,
  )
}

const paperSchedules = defineQuery({
  name: 'paper-schedules',
  usages: ['paper schedules [for <programme>]'],
  slots: { programme: slot.word },
  examples: ['paper schedules'],
  authority: ['publish digest'],
  summary: 'The papers that are sent by themselves, and when. For the programme office.',
  args: programmeArgs,
  run: async (context, { programme: key }) => {
    const programme = await findProgrammeTo(context, 'publish digest', key)
    const lines: string[] = []
    for (const [at, schedule] of (await loadPaperSchedules(context.tx, programme.id)).entries()) {
      lines.push(`${at + 1}. ${await formatSchedule(context, programme, schedule)}`)
    }
    const none = `No paper is sent by itself. To have one sent: ${context.prefix} paper overview 5 working days before board`
    return {
      card: noticeCard({
        heading: `Papers of ${programme.title} that are sent by themselves`,
        lines: lines.length > 0 ? lines : [none],
        buttons: [],
      }),
    }
  },
})

const paperScheduleStop = defineCommand({
  name: 'paper-schedule-stop',
  usages: ['paper schedules stop <position> [for <programme>]'],
  slots: { position: slot.position, programme: slot.word },
  examples: ['paper schedules stop 1'],
  authority: ['publish digest'],
  summary:
    'Send a paper by itself no more, by its number in “paper schedules”. For the programme office.',
  args: programmeArgs.extend({ position: z.coerce.number() }),
  run: async (context, { position, programme: key }) => {
    const { tx, now, prefix } = context
    const programme = await findProgrammeTo(context, 'publish digest', key)
    const running = await loadPaperSchedules(tx, programme.id)
    const chosen = running[position - 1]
    if (!chosen) {
      throw new Refusal(
        `${programme.title} has ${plural(running.length, 'paper')} that ${running.length === 1 ? 'is' : 'are'} sent by ${running.length === 1 ? 'itself' : 'themselves'}. ${prefix} paper schedules lists them. Nothing was changed.`,
      )
    }
    await endPaperSchedule(tx, chosen.id, now)
    return savedResult([`Not sent by itself any more: ${layoutByKey(chosen.layout).title}.`])
  },
})

/** 'Quarterly overview, for the board: 5 working days before each meeting, 09:00 (Europe/London), to this channel. …' */
async function formatSchedule(
  { tx, channel, now, platformTitle }: QueryContext,
  programme: Programme,
  schedule: PaperSchedule,
): Promise<string> {
  const { layout, subject, audience, time, zone, to } = schedule
  const about = subject ? ` about ${subject}` : ''
  const next = nextPaperRound(schedule, paperDiary(programme), now)
  const whom =
    'personId' in to
      ? `to ${(await namesOf(tx, [to.personId])).get(to.personId) ?? 'somebody who has left'}`
      : `to ${(await channel(to.place)).name ?? 'a channel'} on ${platformTitle(to.place.platform)}`
  const when = next
    ? `Next: ${fullMoment(next.moment, zone)}`
    : 'No meeting ahead is known: “board” adds one'
  return `${layoutByKey(layout).title}${about}, for ${readers[audience]}: ${formatHours(schedule)}, ${time} (${zone}), ${whom}. ${when}.`
}

function formatHours({ every, days, board }: PaperHours): string {
  if (every === 'month') return `on day ${days} of each month`
  const meeting = board === null ? 'each board meeting' : `each meeting of ${board}`
  return days === 0
    ? `on the day of ${meeting}`
    : `${plural(days, 'working day')} before ${meeting}`
}

export const scheduleCommands: readonly Command[] = [
  ...[paperMonthly, paperBeforeBoard, paperScheduleStop, paperSchedules],
]
