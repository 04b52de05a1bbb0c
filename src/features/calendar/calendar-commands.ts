import { z } from 'zod'
import { nations } from '../../base/bank-holidays.ts'
import { addDays, type CivilDate, daysBetween, fullDate, sortByDay } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { listOf } from '../../base/text.ts'
import { programmeArgs } from '../../chat/args.ts'
import { type Command, defineCommand, optionalText } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { formatDateRange, parseDateRange } from '../../domain/calendars/date-range.ts'
import { nationTitles, parseNation } from '../../domain/calendars/nations.ts'
import { type Closure, closuresSetting, nationSetting } from '../../domain/calendars/settings.ts'
import { parseDateArg } from '../../domain/deadlines/date-args.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { changeSetting } from '../../domain/programme/settings-store.ts'

const adminCalendar = defineCommand({
  name: 'admin-calendar',
  usages: ['admin calendar [for <programme>]', 'admin calendar <nation> [for <programme>]'],
  slots: { nation: slot.text, programme: slot.text },
  examples: ['admin calendar', 'admin calendar Scotland'],
  authority: ['run programme'],
  summary:
    'Whose bank holidays count: those of England and Wales, Scotland or Northern Ireland. For the programme office.',
  args: programmeArgs.extend({ nation: optionalText }),
  run: async (context, { nation, programme: key }) => {
    const programme = await findProgrammeTo(context, 'run programme', key)
    const chosen = nation ? parseNation(nation) : nationSetting.of(programme.settings)
    if (nation) {
      await changeSetting(context, programme.id, nationSetting, () => chosen)
    }
    const others = nations.filter((one) => one !== chosen).map((one) => nationTitles[one])
    const lines = [
      `${programme.title} rests on the bank holidays of ${nationTitles[chosen]}.`,
      `There are ${listOf(others)}, too. Your own closure days: ${context.prefix} admin closed`,
    ]
    return { card: noticeCard({ heading: nation ? 'Saved' : 'Calendar', lines, buttons: [] }) }
  },
})

/** Longest closure, in days: everything due in it moves to the working day before it. */
const maxClosureDays = 31
/** Days of closure ahead, all together. */
const maxDaysAhead = 92

const adminClosed = defineCommand({
  name: 'admin-closed',
  usages: [
    'admin closed [for <programme>]',
    'admin closed <date> [to <until>] [for <programme>] [because <reason>]',
  ],
  slots: { date: slot.date, until: slot.text, programme: slot.text, reason: slot.text },
  examples: ['admin closed', 'admin closed 24 Dec to 31 Dec because the offices are shut'],
  authority: ['run programme'],
  summary:
    'Days on which your council is closed, bank holidays aside: lists them, or adds some. For the programme office.',
  args: programmeArgs.extend({ date: optionalText, until: optionalText, reason: optionalText }),
  run: async (context, { date, until, reason, programme: key }) => {
    const { today, prefix } = context
    const programme = await findProgrammeTo(context, 'run programme', key)
    if (date === undefined) return { card: closuresCard('Closed', programme, today, prefix) }
    const period = parseDateRange(date, until, today)
    const closure = { ...period, ...(reason ? { reason } : {}) }
    const settings = await changeSetting(context, programme.id, closuresSetting, (closures) => {
      assertClosureAllowed(closure, closures, today)
      return sortByDay([...closures, closure], ({ from }) => from)
    })
    return { card: closuresCard('Saved', { ...programme, settings }, today, prefix) }
  },
})

function assertClosureAllowed(
  closure: Closure,
  others: readonly Closure[],
  today: CivilDate,
): void {
  const meets = others.find(({ from, to }) => from <= closure.to && closure.from <= to)
  if (meets) {
    throw new Refusal(
      `You are closed already: ${formatDateRange(meets)}. To change that, open those days first. Nothing was changed.`,
    )
  }
  const ahead = [...others, closure].filter(({ to }) => to >= today)
  const days = ahead.reduce((sum, { from, to }) => sum + daysBetween(from, to) + 1, 0)
  if (daysBetween(closure.from, closure.to) >= maxClosureDays || days > maxDaysAhead) {
    throw new Refusal(
      `A council is closed for at most ${maxClosureDays} days on end, and ${maxDaysAhead} days ahead in all. Nothing was changed.`,
    )
  }
}

const adminOpen = defineCommand({
  name: 'admin-open',
  usages: ['admin open <date> [for <programme>]'],
  slots: { date: slot.date, programme: slot.text },
  examples: ['admin open 24 Dec'],
  authority: ['run programme'],
  summary: 'A day on which your council is not closed after all. For the programme office.',
  args: programmeArgs.extend({ date: z.string() }),
  run: async (context, { date, programme: key }) => {
    const { today, prefix } = context
    const programme = await findProgrammeTo(context, 'run programme', key)
    const day = parseDateArg(date, today)
    if (day < today) {
      throw new Refusal(`${fullDate(day)} has passed, and stays as it was. Nothing was changed.`)
    }
    const settings = await changeSetting(context, programme.id, closuresSetting, (closures) => {
      if (!closures.some((closure) => includesDay(closure, day))) {
        throw new Refusal(`You were not closed on ${fullDate(day)}. Nothing was changed.`)
      }
      return closures.flatMap((closure) => withoutDay(closure, day))
    })
    return { card: closuresCard('Saved', { ...programme, settings }, today, prefix) }
  },
})

const includesDay = ({ from, to }: Closure, day: CivilDate): boolean => from <= day && day <= to

/** A closure without one of its days. */
function withoutDay(closure: Closure, day: CivilDate): Closure[] {
  if (!includesDay(closure, day)) return [closure]
  return [
    { ...closure, to: addDays(day, -1) },
    { ...closure, from: addDays(day, 1) },
  ].filter(({ from, to }) => from <= to)
}

/** How many closures a card lists. */
const maxListed = 20

function closuresCard(
  heading: string,
  { title, settings }: Pick<Programme, 'title' | 'settings'>,
  today: CivilDate,
  prefix: string,
) {
  const ahead = closuresSetting.of(settings).filter(({ to }) => to >= today)
  const lines = ahead
    .slice(0, maxListed)
    .map((closure) => `${formatDateRange(closure)}${closure.reason ? `: ${closure.reason}` : ''}`)
  const more = ahead.length > maxListed ? [`${ahead.length - maxListed} more are not listed.`] : []
  const intro =
    ahead.length > 0
      ? `${title} is closed, beside the bank holidays of ${nationTitles[nationSetting.of(settings)]}:`
      : `${title} is closed on no day ahead but the bank holidays of ${nationTitles[nationSetting.of(settings)]}.`
  const how = `Add days: ${prefix} admin closed 24 Dec to 31 Dec because … Take one away: ${prefix} admin open 24 Dec`
  return noticeCard({ heading, lines: [intro, ...lines, ...more, how], buttons: [] })
}

/** Which days a programme works, for its office to choose. */
export const calendarCommands: readonly Command[] = [adminCalendar, adminClosed, adminOpen]
