import { listOf, plural } from '../../../base/text.ts'
import type { ReminderSettings } from '../settings.ts'
import type { Finding, RuleInput } from '../types.ts'
import { findDueSoon, findOverdue } from './due-date.ts'
import { findOverdueGreenBy } from './green-by.ts'
import { findMissingReadings } from './readings.ts'
import { findRoundClosing, findRoundOpening } from './rounds.ts'
import { findUndated } from './undated.ts'

/** A rule of what people are told, and how a programme office changes it. */
export interface ReminderRule {
  /** As people type it. */
  readonly name: string
  /** What it is about. */
  readonly about: string
  /** What should have been said by then of what one person answers for in one project. Pure. */
  readonly find: (seen: RuleInput) => readonly Finding[]
  /** How it is set: "10, 3 and 0 working days before". */
  readonly format: (chosen: ReminderSettings) => string
  /** How it can be set, as typed after its name. */
  readonly examples: readonly string[]
  /** What it is set to by these words; undefined where they say nothing to it, a text where they ask too much. */
  readonly change: (
    chosen: ReminderSettings,
    words: string,
  ) => ReminderSettings | string | undefined
}

/** Longer than a quarter ahead is a plan, not a reminder. */
const maxDays = 60
const maxSteps = 5
const tooFarText = `At most ${maxDays} working days, which are about three months.`

/**
 * Every rule. To add one: a function of its own, and a row here. Where two find the same thing, the first of them says
 * how it is shown.
 */
export const reminderRules: readonly ReminderRule[] = [
  {
    name: 'overdue',
    about: 'A milestone that is overdue',
    find: findOverdue,
    format: ({ overdue: ladder }) => formatEscalation(ladder),
    examples: ['lead 2', 'workstream 5', 'sponsor 10', 'every 10', 'lead off'],
    change: (chosen, words) => {
      const [, part, days = ''] = /^(lead|workstream|sponsor|every) (.+)$/.exec(words) ?? []
      if (!part) return undefined
      const set = parseDayOrOff(days)
      if (set === undefined || typeof set === 'string') return set
      return { ...chosen, overdue: { ...chosen.overdue, [part]: set } }
    },
  },
  {
    name: 'before',
    about: 'A milestone that falls due',
    find: findDueSoon,
    format: ({ before: days }) =>
      days.length === 0 ? off : `${listOf(days.map(String))} working days before`,
    examples: ['10 3 0', 'off'],
    change: (chosen, words) => {
      const days = words === off ? [] : parseSteps(words)
      return Array.isArray(days) ? { ...chosen, before: days } : days
    },
  },
  {
    name: 'round closing',
    about: 'The update round closes, and an update is owed',
    find: findRoundClosing,
    ...onOffSetting('roundClosing', 'once, on the day the round nudges'),
  },
  {
    name: 'round open',
    about: 'An update round opens',
    find: findRoundOpening,
    ...onOffSetting('roundOpen', 'once, on the day it opens'),
  },
  {
    name: 'green-by',
    about: 'A project past the day it was to be Green',
    find: findOverdueGreenBy,
    ...onOffSetting('greenBy', 'the working day after, and then every 10'),
  },
  {
    name: 'readings',
    about: 'A measure whose reading has not come',
    find: findMissingReadings,
    ...onOffSetting('readings', 'the working day after, and then every 10'),
  },
  {
    name: 'undated',
    about: 'Milestones without a date',
    find: findUndated,
    format: ({ undated: days }) =>
      days === null ? off : `all together, every ${plural(days, 'working day')}`,
    examples: ['every 10', 'off'],
    change: (chosen, words) => {
      const set = parseDayOrOff(words.replace(/^every /, ''))
      return set === undefined || typeof set === 'string' ? set : { ...chosen, undated: set }
    },
  },
]

const off = 'off'

function formatEscalation({
  lead,
  workstream,
  sponsor,
  every,
}: ReminderSettings['overdue']): string {
  const rungs = [
    ...(lead === null ? [] : [`after ${plural(lead, 'working day')} the lead`]),
    ...(workstream === null ? [] : [`after ${workstream} the workstream's leads too`]),
    ...(sponsor === null ? [] : [`after ${sponsor} its sponsors too`]),
    ...(every === null ? [] : [`then every ${every}`]),
  ]
  return rungs.length === 0 ? off : rungs.join(', ')
}

function onOffSetting(
  part: 'greenBy' | 'readings' | 'roundOpen' | 'roundClosing',
  whenOn: string,
): Pick<ReminderRule, 'format' | 'examples' | 'change'> {
  return {
    format: (chosen) => (chosen[part] ? whenOn : off),
    examples: ['on', 'off'],
    change: (chosen, words) =>
      words === 'on' || words === off ? { ...chosen, [part]: words === 'on' } : undefined,
  }
}

/** "10", or "off", which is null. A text where it is too far. */
function parseDayOrOff(words: string): number | null | string | undefined {
  if (words === off) return null
  if (!/^\d{1,6}$/.test(words) || Number(words) === 0) return undefined
  return Number(words) > maxDays ? tooFarText : Number(words)
}

/** "10 3 0", "10, 3 and 0": the furthest first, each once. */
function parseSteps(words: string): number[] | string | undefined {
  const parts = words
    .replaceAll(/,|\band\b/g, ' ')
    .trim()
    .split(/\s+/)
  if (!parts.every((part) => /^\d{1,6}$/.test(part))) return undefined
  const days = [...new Set(parts.map(Number))].toSorted((a, b) => b - a)
  if (days.some((day) => day > maxDays)) return tooFarText
  return days.length > maxSteps
    ? `At most ${maxSteps} days before it: more would be read by nobody.`
    : days
}
