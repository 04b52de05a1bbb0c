import { listOf, plural } from '../../../base/text.ts'
import type { ReminderSettings } from '../../../domain/programme/settings.ts'
import type { Finding, Seen } from '../types.ts'
import { before, overdue } from './due-date.ts'
import { greenBy } from './green-by.ts'
import { readings } from './readings.ts'
import { roundClosing, roundOpen } from './rounds.ts'
import { undated } from './undated.ts'

/** A rule of what people are told, and how a programme office changes it. */
export interface Rule {
  /** As people type it. */
  readonly name: string
  /** What it is about. */
  readonly about: string
  /** What should have been said by then of what one person answers for in one project. Pure. */
  readonly find: (seen: Seen) => readonly Finding[]
  /** How it is set: "10, 3 and 0 working days before". */
  readonly inWords: (chosen: ReminderSettings) => string
  /** How it can be set, as typed after its name. */
  readonly ways: readonly string[]
  /** What it is set to by these words; undefined where they say nothing to it, a text where they ask too much. */
  readonly change: (
    chosen: ReminderSettings,
    words: string,
  ) => ReminderSettings | string | undefined
}

/** Longer than a quarter ahead is a plan, not a reminder. */
const mostDays = 60
const mostSteps = 5
const tooFar = `At most ${mostDays} working days, which are about three months.`

/**
 * Every rule. To add one: a function of its own, and a row here. Where two find the same thing, the first of them says
 * how it is shown.
 */
export const table: readonly Rule[] = [
  {
    name: 'overdue',
    about: 'A milestone that is overdue',
    find: overdue,
    inWords: ({ overdue: ladder }) => ladderInWords(ladder),
    ways: ['lead 2', 'workstream 5', 'sponsor 10', 'every 10', 'lead off'],
    change: (chosen, words) => {
      const [, part, days = ''] = /^(lead|workstream|sponsor|every) (.+)$/.exec(words) ?? []
      if (!part) return undefined
      const set = dayOrOff(days)
      if (set === undefined || typeof set === 'string') return set
      return { ...chosen, overdue: { ...chosen.overdue, [part]: set } }
    },
  },
  {
    name: 'before',
    about: 'A milestone that falls due',
    find: before,
    inWords: ({ before: days }) =>
      days.length === 0 ? off : `${listOf(days.map(String))} working days before`,
    ways: ['10 3 0', 'off'],
    change: (chosen, words) => {
      const days = words === off ? [] : stepsIn(words)
      return Array.isArray(days) ? { ...chosen, before: days } : days
    },
  },
  {
    name: 'round closing',
    about: 'The update round closes, and an update is owed',
    find: roundClosing,
    ...onOff('roundClosing', 'once, on the day the round nudges'),
  },
  {
    name: 'round open',
    about: 'An update round opens',
    find: roundOpen,
    ...onOff('roundOpen', 'once, on the day it opens'),
  },
  {
    name: 'green-by',
    about: 'A project past the day it was to be Green',
    find: greenBy,
    ...onOff('greenBy', 'the working day after, and then every 10'),
  },
  {
    name: 'readings',
    about: 'A measure whose reading has not come',
    find: readings,
    ...onOff('readings', 'the working day after, and then every 10'),
  },
  {
    name: 'undated',
    about: 'Milestones without a date',
    find: undated,
    inWords: ({ undated: days }) =>
      days === null ? off : `all together, every ${plural(days, 'working day')}`,
    ways: ['every 10', 'off'],
    change: (chosen, words) => {
      const set = dayOrOff(words.replace(/^every /, ''))
      return set === undefined || typeof set === 'string' ? set : { ...chosen, undated: set }
    },
  },
]

const off = 'off'

function ladderInWords({ lead, workstream, sponsor, every }: ReminderSettings['overdue']): string {
  const rungs = [
    ...(lead === null ? [] : [`after ${plural(lead, 'working day')} the lead`]),
    ...(workstream === null ? [] : [`after ${workstream} the workstream's leads too`]),
    ...(sponsor === null ? [] : [`after ${sponsor} its sponsors too`]),
    ...(every === null ? [] : [`then every ${every}`]),
  ]
  return rungs.length === 0 ? off : rungs.join(', ')
}

function onOff(
  part: 'greenBy' | 'readings' | 'roundOpen' | 'roundClosing',
  whenOn: string,
): Pick<Rule, 'inWords' | 'ways' | 'change'> {
  return {
    inWords: (chosen) => (chosen[part] ? whenOn : off),
    ways: ['on', 'off'],
    change: (chosen, words) =>
      words === 'on' || words === off ? { ...chosen, [part]: words === 'on' } : undefined,
  }
}

/** "10", or "off", which is null. A text where it is too far. */
function dayOrOff(words: string): number | null | string | undefined {
  if (words === off) return null
  if (!/^\d{1,6}$/.test(words) || Number(words) === 0) return undefined
  return Number(words) > mostDays ? tooFar : Number(words)
}

/** "10 3 0", "10, 3 and 0": the furthest first, each once. */
function stepsIn(words: string): number[] | string | undefined {
  const parts = words
    .replaceAll(/,|\band\b/g, ' ')
    .trim()
    .split(/\s+/)
  if (!parts.every((part) => /^\d{1,6}$/.test(part))) return undefined
  const days = [...new Set(parts.map(Number))].toSorted((a, b) => b - a)
  if (days.some((day) => day > mostDays)) return tooFar
  return days.length > mostSteps
    ? `At most ${mostSteps} days before it: more would be read by nobody.`
    : days
}
