import { z } from 'zod'
import { isZone, timeIn } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { fold, nearest, quoted } from '../../base/text.ts'
import {
  type Command,
  defineCommand,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { patternOn } from '../../domain/calendars/calendar.ts'
import { areQuietHours } from '../../domain/calendars/hours.ts'
import {
  formatWorkingPattern,
  parseWorkingPattern,
} from '../../domain/calendars/working-pattern.ts'
import { loadPerson } from '../../domain/people/person-store.ts'
import {
  changeZone,
  setQuietHours,
  storeWorkingPattern,
} from '../../domain/people/working-time-store.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'

/** Everybody sets their own working days and hours; nobody sets them for others. */

const noticeAnswer = (heading: string, ...lines: string[]) => ({
  card: noticeCard({ heading, lines, buttons: [] }),
})

const days = defineCommand({
  name: 'days',
  usages: ['days', 'days <pattern>'],
  slots: { pattern: slot.text },
  examples: ['days', 'days mon-wed'],
  authority: ['look after oneself'],
  summary: 'The days you work (“days mon-wed”, “days mon, tue, thu”, “days full week”).',
  args: z.object({ pattern: optionalText }),
  run: async (context, { pattern }) => {
    const { today, prefix } = context
    const person = await loadSelf(context)
    if (pattern === undefined) {
      const worked = formatWorkingPattern(patternOn(person, today))
      return noticeAnswer('Your days', `You work ${worked}. To change that: ${prefix} days mon-wed`)
    }
    const weekdays = parseWorkingPattern(pattern)
    if (!weekdays) {
      throw new Refusal(
        `I could not read ${quoted(pattern)} as days of the week. Try mon-wed, or mon, tue, thu, or full week. Nothing was saved.`,
      )
    }
    await storeWorkingPattern(context, person.id, weekdays)
    return noticeAnswer(
      'Saved',
      `From today on, you work ${formatWorkingPattern(weekdays)}. I write on no other day, and count in your days.`,
    )
  },
})

const noQuietHoursText = 'You have no quiet hours. I write between 09:00 and 17:00.'

const normaliseTime = (text: string): string => text.replace('.', ':').padStart(5, '0')

const quiet = defineCommand({
  name: 'quiet',
  usages: ['quiet', 'quiet <time> to <end>'],
  slots: { time: slot.time, end: slot.time },
  examples: ['quiet', 'quiet 17:30 to 09:30'],
  authority: ['look after oneself'],
  summary: 'Hours in which I send you nothing (“quiet 17:30 to 09:30”).',
  args: z.object({ time: optionalText, end: optionalText }),
  run: async (context, { time, end }) => {
    const { tx, prefix } = context
    const person = await loadSelf(context)
    if (!time || !end) {
      const now = person.quiet
        ? `You are quiet from ${person.quiet.from} to ${person.quiet.to}.`
        : noQuietHoursText
      return noticeAnswer('Quiet hours', now, `To change that: ${prefix} quiet 17:30 to 09:30`)
    }
    const hours = { from: normaliseTime(time), to: normaliseTime(end) }
    if (!areQuietHours(hours)) {
      throw new Refusal(
        `${hours.from} to ${hours.to} are no quiet hours: say two times of day that leave me at least an hour, such as 17:30 to 09:30. Nothing was saved.`,
      )
    }
    await setQuietHours(tx, person.id, hours)
    return noticeAnswer(
      'Saved',
      `I send you nothing from ${hours.from} to ${hours.to}, where you are.`,
    )
  },
})

const quietOff = defineCommand({
  name: 'quiet-off',
  usages: ['quiet off'],
  examples: ['quiet off'],
  authority: ['look after oneself'],
  summary: 'Ends your quiet hours.',
  args: z.object({}),
  run: async ({ tx, actor }) => {
    await setQuietHours(tx, requirePersonId(actor), null)
    return noticeAnswer('Saved', noQuietHoursText)
  },
})

const zone = defineCommand({
  name: 'zone',
  usages: ['zone', 'zone <zone>'],
  slots: { zone: slot.text },
  examples: ['zone', 'zone Europe/Paris'],
  authority: ['look after oneself'],
  summary: 'The time zone you are in (“zone Europe/Paris”). Your chat profile tells it at first.',
  args: z.object({ zone: optionalText }),
  run: async (context, { zone: typed }) => {
    const { tx, actor, prefix } = context
    const person = await loadSelf(context)
    if (typed === undefined) {
      return noticeAnswer(
        'Your zone',
        `Your times are those of ${actor.zone}, where it is ${timeIn(actor.zone, context.now)} now. To change that: ${prefix} zone Europe/Paris`,
      )
    }
    const named = parseZone(typed)
    await changeZone(tx, person.id, named)
    const there = timeIn(named, context.now)
    return noticeAnswer('Saved', `Your times are those of ${named}. It is ${there} there now.`)
  },
})

/** 'Europe/Paris', 'europe/paris', 'Paris'. @throws Refusal that offers the nearest */
export function parseZone(text: string): string {
  const zones = Intl.supportedValuesOf('timeZone')
  const typed = fold(text).replaceAll(' ', '_')
  const cityOf = (name: string) => name.split('/').at(-1) ?? name
  const found =
    zones.find((name) => fold(name) === typed) ?? zones.find((name) => fold(cityOf(name)) === typed)
  if (found) return found
  // An older name of a place is one still; an abbreviation is not: BST is also the clock of Bangladesh.
  if (text.includes('/') && isZone(text)) return text
  const near = nearest(typed, zones) ?? nearest(typed, zones.map(cityOf))
  const hint = near ? ` Did you mean ${near}?` : ''
  throw new Refusal(
    `I do not know the zone ${quoted(text)}.${hint} Write it as Europe/London. Nothing was saved.`,
  )
}

function loadSelf({ tx, actor }: QueryContext) {
  return loadPerson(tx, requirePersonId(actor))
}

/** The working days and hours of the person who asks. */
export const hoursCommands: readonly Command[] = [days, quiet, quietOff, zone]
