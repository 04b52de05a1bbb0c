import { wrapInTwoLines } from '../../src/base/charts/text-metrics.ts'
import { civilDate } from '../../src/base/dates.ts'
import { Refusal } from '../../src/base/errors.ts'
import type { Sheet } from '../../src/base/sheets/read-sheet.ts'
import { sheetLimits } from '../../src/base/sheets/sheet-limits.ts'
import { fold, nearest, quoted, shorten, stripQuotes } from '../../src/base/text.ts'
import { expandCard } from '../../src/chat/cards.ts'
import { noticeCard } from '../../src/chat/notice.ts'
import { renderPlainText } from '../../src/chat/plain-text.ts'
import { parseWorkingPattern } from '../../src/domain/calendars/working-pattern.ts'
import { fingerprint } from '../../src/domain/checks/check.ts'
import { detectPersonalData } from '../../src/domain/checks/personal-data-detector.ts'
import { parseTimeArg } from '../../src/domain/deadlines/date-args.ts'
import { parseDeadlines, readDate } from '../../src/domain/deadlines/deadlines.ts'
import { parseFrequency } from '../../src/domain/measures/frequency.ts'
import { parsePeriod } from '../../src/domain/measures/periods.ts'
import { parseTarget, parseValue, targetDayOf } from '../../src/domain/measures/value-parser.ts'
import { findMissingCriteria } from '../../src/domain/rollup/commentary-scan.ts'
import { splitScopeTerms } from '../../src/domain/schedule/scope.ts'
import { parseCustomStates } from '../../src/domain/scheme/custom-scheme.ts'
import { brag, nearestState, parseState, splitState } from '../../src/domain/scheme/schemes.ts'
import { parseZone } from '../../src/features/calendar/hours-commands.ts'
import { createAbbreviator } from '../../src/features/digests/rendering/sections/abbreviate.ts'
import {
  splitItems,
  splitNumbers,
  splitOwners,
} from '../../src/features/imports/formats/split-cells.ts'
import { findHeadings } from '../../src/features/imports/headings.ts'
import { parseRating } from '../../src/features/imports/rating-parser.ts'
import { splitNames } from '../../src/features/plan-editing/members.ts'
import { parseTags } from '../../src/features/plan-editing/tag-names.ts'
import type { Vocabulary } from '../../src/features/understanding/reading.ts'
import { splitMessage } from '../../src/features/understanding/split-message.ts'
import { stateWords } from '../../src/features/understanding/state-words.ts'
import { understand } from '../../src/features/understanding/understand.ts'
import { toMessage } from '../../src/platforms/slack/converter/message.ts'
import { decodeMessageText, withoutMention } from '../../src/platforms/slack/message-text.ts'
import { textWithoutMentions } from '../../src/platforms/teams/mentions.ts'

/** What reads or converts text that people wrote, beside the grammar of commands, which has tests of its own. */
export interface TextParser {
  readonly name: string
  /** Most characters that the limit of what people write lets through. */
  readonly limit: number
  parse(text: string): unknown
}

/** Of a typed line (src/chat/resolve-command.ts). */
const line = 4_000
/** Of an input of a form (src/chat/commands.ts). */
const input = 2_000
/** Of a cell of a sheet. */
const cell = sheetLimits.cellCharacters - 1
/** Slack cuts a message there (https://docs.slack.dev/reference/methods/chat.postMessage), Teams before. */
const message = 40_000

const today = civilDate('2017-03-06')
const words = Array.from(
  { length: 100 },
  (_, at) => `Project ${at} of the improvement plan, with a long title`,
)

const sayable: Vocabulary = {
  projects: words.map((title, at) => ({ ref: `2.${at}`, title, isMine: true, milestones: [] })),
  people: [],
  states: stateWords([brag]),
}

const noticeOf = (text: string) =>
  expandCard(noticeCard({ heading: 'Saved', lines: [text], buttons: [] }))

const ofTypedText: readonly TextParser[] = [
  { name: 'a date', limit: line, parse: (text) => readDate(text, today) },
  {
    name: 'a line in words of one’s own',
    limit: line,
    parse: (text) => understand(text, { today, vocabulary: sayable }),
  },
  { name: 'several things in a message', limit: line, parse: splitMessage },
  { name: 'a time', limit: line, parse: parseTimeArg },
  { name: 'a zone', limit: line, parse: parseZone },
  { name: 'working days', limit: line, parse: parseWorkingPattern },
  { name: 'tags', limit: line, parse: parseTags },
  { name: 'names', limit: line, parse: splitNames },
  { name: 'a scope', limit: line, parse: splitScopeTerms },
  { name: 'states of a scheme', limit: line, parse: parseCustomStates },
  { name: 'a state', limit: line, parse: (text) => parseState(brag, text) },
  { name: 'a state and its reason', limit: line, parse: (text) => splitState(brag, text) },
  { name: 'the nearest state', limit: line, parse: (text) => nearestState(brag, text) },
  { name: 'the nearest title', limit: line, parse: (text) => nearest(text, words) },
  {
    name: 'the nearest of titles as long',
    limit: line,
    parse: (text) =>
      nearest(
        text,
        [`${text}a`, `b${text}`].map((option) => option.slice(1)),
      ),
  },
  { name: 'a text folded', limit: line, parse: fold },
  { name: 'a text quoted', limit: line, parse: quoted },
  { name: 'a text without quotation marks', limit: line, parse: stripQuotes },
  { name: 'a text shortened', limit: line, parse: (text) => shorten(text, text.length - 1) },
  { name: 'a period', limit: line, parse: (text) => parsePeriod(text, today) },
  { name: 'a measure’s value', limit: line, parse: parseValue },
  { name: 'a measure’s target', limit: line, parse: parseTarget },
  { name: 'a fingerprint', limit: line, parse: fingerprint },
  {
    name: 'a card as plain text',
    limit: input,
    parse: (text) => renderPlainText(noticeOf(text)),
  },
  { name: 'a card on Slack', limit: input, parse: (text) => toMessage(noticeOf(text)) },
]

/** A sheet whose headings stand above a row with this text in it. */
const sheetOf = (text: string): Sheet => ({
  fileName: 'plan.csv',
  ...{ format: 'csv', encoding: 'UTF-8' },
  rows: [
    { number: 1, cells: ['No', 'Project', 'Lead', 'Deadline'] },
    { number: 2, cells: ['1.1', text, 'Asha Verity', '3 May 2017'] },
  ],
  notes: [],
})

const ofCells: readonly TextParser[] = [
  { name: 'deadlines', limit: line, parse: (text) => parseDeadlines(text, today) },
  { name: 'personal data', limit: cell, parse: (text) => detectPersonalData(text) },
  { name: 'missing criteria', limit: cell, parse: findMissingCriteria },
  { name: 'a target’s day', limit: cell, parse: targetDayOf },
  { name: 'a frequency', limit: cell, parse: parseFrequency },
  { name: 'a rating', limit: cell, parse: (text) => parseRating(text, brag) },
  { name: 'owners', limit: cell, parse: splitOwners },
  { name: 'numbers', limit: cell, parse: splitNumbers },
  { name: 'items', limit: cell, parse: splitItems },
  { name: 'a row of headings', limit: cell, parse: (text) => findHeadings(sheetOf(text), today) },
  {
    name: 'a commentary in a digest',
    limit: cell,
    parse: (text) => createAbbreviator('/rag')(text, '2.1'),
  },
  {
    name: 'a title in a chart',
    limit: cell,
    parse: (text) => wrapInTwoLines(text, { size: 20 }, 900),
  },
]

const ofMessages: readonly TextParser[] = [
  { name: 'a message of Slack', limit: message, parse: decodeMessageText },
  { name: 'a mention on Slack', limit: message, parse: (text) => withoutMention(text, 'U1') },
  {
    name: 'a message of Teams',
    limit: message,
    parse: (text) => textWithoutMentions(text, [], 'bot'),
  },
]

export const textParsers: readonly TextParser[] = [
  ...ofTypedText.map((parser) => ({ ...parser, parse: refusing(parser.parse) })),
  ...ofCells.map((parser) => ({
    ...parser,
    parse: refusing(parser.parse),
  })),
  ...ofMessages,
]

/** A refusal is an answer, too. */
function refusing(parse: (text: string) => unknown): (text: string) => unknown {
  return (text) => {
    try {
      return parse(text)
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  }
}

/** An opening and what is repeated after it. */
export type NastyText = readonly [opening: string, filling: string, ending?: string]

export function nastyText([opening, filling, ending = '']: NastyText, length: number): string {
  const room = length - opening.length - ending.length
  const repeated = filling.repeat(Math.ceil(room / filling.length)).slice(0, room)
  return opening + repeated + ending
}

/** Processor time in milliseconds. Other work on the machine adds nothing to it but what the caches cost. */
export function processorTime(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
