import { z } from 'zod'
import { type CivilDate, fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { quoted } from '../../base/text.ts'
import { onOrBefore } from '../../base/working-days.ts'
import { type Command, defineCommand, optionalText } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { programmeCalendar } from '../calendars/calendar.ts'
import { dayNamed } from '../deadlines/date-args.ts'
import { readDate } from '../deadlines/deadlines.ts'
import { officeProgramme } from '../plan/lookup.ts'
import type { Programme } from '../plan/plan.ts'
import type { BoardMeeting } from '../programme/settings.ts'
import { changeSettings } from '../programme/settings-store.ts'

/** The next meeting that the programme reports to, that of the day included. */
export function nextBoard(
  { settings }: Pick<Programme, 'settings'>,
  day: CivilDate,
): BoardMeeting | undefined {
  return settings.boards.find(({ on }) => on >= day)
}

const ofProgramme = z.object({ programme: optionalText })

const board = defineCommand({
  name: 'board',
  usages: ['board [for <programme>]', 'board <date> [<meeting>] [for <programme>]'],
  summary:
    'The meetings your programme reports to: lists those ahead, or adds one (“board 16 Mar Cabinet”). For the programme office.',
  args: ofProgramme.extend({ date: optionalText, meeting: optionalText }),
  run: async (context, { date, meeting = '', programme: key }) => {
    const { tx, today, prefix } = context
    const programme = await officeProgramme(context, key)
    if (date === undefined) return { card: boardsCard('Board meetings', programme, today, prefix) }
    const added = meetingNamed(`${date} ${meeting}`, today)
    const settings = await changeSettings(tx, programme.id, (now) => {
      const others = now.boards.filter(({ on }) => on !== added.on)
      return { ...now, boards: inOrder([...others, added]) }
    })
    return { card: boardsCard('Stored', { ...programme, settings }, today, prefix) }
  },
})

const remove = defineCommand({
  name: 'board-remove',
  usages: ['board remove <date> [for <programme>]'],
  summary: 'A meeting that does not take place on its day. For the programme office.',
  args: ofProgramme.extend({ date: z.string() }),
  run: async (context, { date, programme: key }) => {
    const { tx, today, prefix } = context
    const programme = await officeProgramme(context, key)
    const day = dayNamed(date, today)
    const settings = await changeSettings(tx, programme.id, (now) => {
      const boards = now.boards.filter(({ on }) => on !== day)
      if (boards.length < now.boards.length) return { ...now, boards }
      throw new Refusal(`No meeting is known on ${fullDate(day)}. Nothing was changed.`)
    })
    return { card: boardsCard('Stored', { ...programme, settings }, today, prefix) }
  },
})

/** What a name may be: a card lists it, and so does the digest. */
const longestName = 80

/** "16 Mar Cabinet": as many of the first words as read as a date, and the name behind them. @throws Refusal */
function meetingNamed(text: string, today: CivilDate): BoardMeeting {
  const words = text.trim().split(/\s+/)
  const ends = words.map((_, at) => at + 1).reverse()
  const end = ends.find((count) => readDate(words.slice(0, count).join(' '), today))
  const day = dayNamed(words.slice(0, end).join(' '), today)
  if (day < today) {
    throw new Refusal(`${fullDate(day)} has passed. Say a day ahead. Nothing was changed.`)
  }
  const name = words.slice(end).join(' ')
  if (name.length > longestName) {
    throw new Refusal(
      `${quoted(name)} is longer than ${longestName} characters. Nothing was changed.`,
    )
  }
  return { on: day, ...(name ? { name } : {}) }
}

function inOrder(meetings: readonly BoardMeeting[]): BoardMeeting[] {
  return meetings.toSorted((a, b) => (a.on < b.on ? -1 : 1))
}

/** How many meetings a card lists. */
const listed = 20

function boardsCard(heading: string, programme: Programme, today: CivilDate, prefix: string) {
  const calendar = programmeCalendar(programme)
  const ahead = programme.settings.boards.filter(({ on }) => on >= today)
  const rows = ahead.slice(0, listed).map(({ on, name }) => {
    const early = onOrBefore(calendar, on)
    const rest = early === on ? '' : ` (${calendar.why(on)}: rounds count from ${fullDate(early)})`
    return `${fullDate(on)}${name ? `: ${name}` : ''}${rest}`
  })
  const more = ahead.length > listed ? [`${ahead.length - listed} more are not listed.`] : []
  const { title } = programme
  const intro = ahead.length > 0 ? `${title} reports to:` : `${title} has no meeting ahead.`
  const how = `Add one: ${prefix} board 16 Mar Cabinet. Take one away: ${prefix} board remove 16 Mar`
  return noticeCard({ heading, lines: [intro, ...rows, ...more, how], buttons: [] })
}

/** The meetings that a programme reports to. */
export const boardCommands: readonly Command[] = [remove, board]
