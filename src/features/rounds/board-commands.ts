import { z } from 'zod'
import { type CivilDate, fullDate, sortByDay } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { quoted } from '../../base/text.ts'
import { onOrBefore } from '../../base/working-days.ts'
import { programmeArgs } from '../../chat/args.ts'
import { type Command, defineCommand, optionalText } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { programmeCalendar } from '../../domain/calendars/calendar.ts'
import { parseDateArg } from '../../domain/deadlines/date-args.ts'
import { readDate } from '../../domain/deadlines/deadlines.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { changeSetting } from '../../domain/programme/settings-store.ts'
import { type BoardMeeting, boardsSetting } from '../../domain/rounds/settings.ts'

const board = defineCommand({
  name: 'board',
  usages: ['board [for <programme>]', 'board <date> [<meeting>] [for <programme>]'],
  slots: { date: slot.date, meeting: slot.text, programme: slot.text },
  examples: ['board', 'board 16 Mar Cabinet for W17'],
  authority: ['run programme'],
  summary:
    'The meetings your programme reports to: lists those ahead, or adds one (“board 16 Mar Cabinet”). For the programme office.',
  args: programmeArgs.extend({ date: optionalText, meeting: optionalText }),
  run: async (context, { date, meeting = '', programme: key }) => {
    const { today, prefix } = context
    const programme = await findProgrammeTo(context, 'run programme', key)
    if (date === undefined) return { card: boardsCard('Board meetings', programme, today, prefix) }
    const added = parseMeeting(`${date} ${meeting}`, today)
    const settings = await changeSetting(context, programme.id, boardsSetting, (boards) => {
      const others = boards.filter(({ on }) => on !== added.on)
      return sortByDay([...others, added], ({ on }) => on)
    })
    return { card: boardsCard('Saved', { ...programme, settings }, today, prefix) }
  },
})

const remove = defineCommand({
  name: 'board-remove',
  usages: ['board remove <date> [for <programme>]'],
  slots: { date: slot.date, programme: slot.text },
  examples: ['board remove 16 Mar'],
  authority: ['run programme'],
  summary: 'A meeting that does not take place on its day. For the programme office.',
  args: programmeArgs.extend({ date: z.string() }),
  run: async (context, { date, programme: key }) => {
    const { today, prefix } = context
    const programme = await findProgrammeTo(context, 'run programme', key)
    const day = parseDateArg(date, today)
    const settings = await changeSetting(context, programme.id, boardsSetting, (boards) => {
      const others = boards.filter(({ on }) => on !== day)
      if (others.length < boards.length) return others
      throw new Refusal(`No meeting is known on ${fullDate(day)}. Nothing was changed.`)
    })
    return { card: boardsCard('Saved', { ...programme, settings }, today, prefix) }
  },
})

/** The longest name of a meeting: cards and the digest show it. */
const maxNameLength = 80

/** "16 Mar Cabinet": the longest run of first words that is a date, then the meeting's name. @throws Refusal */
function parseMeeting(text: string, today: CivilDate): BoardMeeting {
  const words = text.trim().split(/\s+/)
  const ends = words.map((_, at) => at + 1).reverse()
  const end = ends.find((count) => readDate(words.slice(0, count).join(' '), today))
  const day = parseDateArg(words.slice(0, end).join(' '), today)
  if (day < today) {
    throw new Refusal(`${fullDate(day)} has passed. Say a day ahead. Nothing was changed.`)
  }
  const name = words.slice(end).join(' ')
  if (name.length > maxNameLength) {
    throw new Refusal(
      `${quoted(name)} is longer than ${maxNameLength} characters. Nothing was changed.`,
    )
  }
  return { on: day, ...(name ? { name } : {}) }
}

/** How many meetings a card lists. */
const maxListed = 20

function boardsCard(heading: string, programme: Programme, today: CivilDate, prefix: string) {
  const calendar = programmeCalendar(programme)
  const ahead = boardsSetting.of(programme.settings).filter(({ on }) => on >= today)
  const rows = ahead.slice(0, maxListed).map(({ on, name }) => {
    const early = onOrBefore(calendar, on)
    const earlierNote =
      early === on
        ? ''
        : ` (${calendar.nonWorkingReason(on)}: rounds count from ${fullDate(early)})`
    return `${fullDate(on)}${name ? `: ${name}` : ''}${earlierNote}`
  })
  const more = ahead.length > maxListed ? [`${ahead.length - maxListed} more are not listed.`] : []
  const { title } = programme
  const intro = ahead.length > 0 ? `${title} reports to:` : `${title} has no meeting ahead.`
  const hint = `Add one: ${prefix} board 16 Mar Cabinet. Take one away: ${prefix} board remove 16 Mar`
  return noticeCard({ heading, lines: [intro, ...rows, ...more, hint], buttons: [] })
}

/** The meetings that a programme reports to. */
export const boardCommands: readonly Command[] = [remove, board]
