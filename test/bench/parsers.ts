/**
 * The worst processor time of each parser of people's text at its limit, searched for with a seed: texts made of pieces
 * that parsers stumble over. What it finds slow becomes a case of test/parsers.test.ts.
 */
import { seededRandom } from '../support/seeded-random.ts'
import {
  type NastyText,
  nastyText,
  processorTime,
  type TextParser,
  textParsers,
} from '../support/text-parsers.ts'
import { short, table } from './figures.ts'

const pieces = [
  ...[' ', '\n', '\t', '\u00A0', '\u200B', '\u0301', '\uFDFA', '🟢', '\u2028', '•'],
  ...['(', ')', '[', '<', '>', '<at>', '</at>', '<@U1>', '<@U1|', '&', '&amp', '&#1;', '"', '“'],
  ...['-', ':', ',', ';', '.', '/', '|', '+', '%', '!', '?', '#', '=', "'"],
  ...[
    '1',
    '1 ',
    '1,',
    '9.',
    '1/2/',
    '2017 ',
    '(2018 ',
    '1 Mar ',
    '1 Mar - ',
    'Mar ',
    'Mar/',
    'o1 ',
  ],
  ...[
    '1 Mar 20 and ',
    'by ',
    'end of ',
    'a) b) ',
    '1. ',
    'Q2 ',
    '2018/19 ',
    'w/c 1 ',
    '31 Feb 2017. ',
  ],
  ...['a', 'A', 'Aa ', 'ab ', 'and ', ' and and', 'to ', 'mon-', 'mon ', 'week on ', 'in 3 weeks '],
  ...['every ', 'daily ', 'pending ', 'subject to ', 'tbc ', 'annually '],
  ...[
    'Child X ',
    'aged 7 ',
    'year 1 pupil ',
    'Ella at ',
    "Ella's ",
    'NHS no 1',
    '123 456 ',
    'J. S. ',
  ],
  ...['scope ', 'no scope ', 'no;', 'plan agreed ', 'awaiting ', 'Dr. ', 'e.g. ', 'green ', 'red,'],
  ...['value ', 'target ', 'per ', 'Europe/', 'https://x|', '<https:', '=1', '##', 'x’s ', 'ss '],
] as const

const openings = [
  '',
  '',
  '1 Mar',
  'a',
  '1',
  '(',
  '<',
  'by 1 Mar',
  '- ',
  'a) ',
  'Aged 7',
  '1 ',
] as const
const endings = ['', '', 'x', '!', ' x', '1', ')', '\n'] as const
const madeTexts = 120

interface ParserFigure {
  readonly parser: TextParser
  readonly worst: NastyText
  readonly milliseconds: number
}

/** Each piece repeated, then pieces put together; the slowest is measured again, and its least time counts. */
function worstOf(parser: TextParser, seed: number): ParserFigure {
  const random = seededRandom(seed)
  const made = Array.from({ length: madeTexts }, (): NastyText => {
    const filling = Array.from({ length: 1 + random.below(3) }, () => random.pick(pieces)).join('')
    return [random.pick(openings), filling, random.pick(endings)]
  })
  const texts: NastyText[] = [
    ...pieces.flatMap((piece): NastyText[] => [
      ['', piece],
      ['1 Mar', piece, 'x'],
    ]),
    ...made,
  ]
  // The slowest of a tenth of the length are measured at the whole.
  const timed = texts.map((text) => [leastTime(parser, text, 0.1, 1), text] as const)
  const slowest = timed.toSorted(([one], [other]) => other - one).slice(0, 8)
  const whole = slowest.map(([, text]) => [leastTime(parser, text, 1, 3), text] as const)
  const [first] = whole.toSorted(([one], [other]) => other - one)
  if (!first) throw new Error('No text was made.')
  return { parser, milliseconds: first[0], worst: first[1] }
}

function leastTime(parser: TextParser, text: NastyText, share: number, times: number): number {
  const nasty = nastyText(text, Math.floor(parser.limit * share))
  const measured = Array.from({ length: times }, () => processorTime(() => parser.parse(nasty)))
  return Math.min(...measured)
}

/** A table of the slowest text found for each parser, in Markdown. */
export function worstTexts(seed = 1): string {
  const rows = textParsers.map((parser) => {
    const { milliseconds, worst } = worstOf(parser, seed)
    return [
      short(milliseconds),
      parser.name,
      parser.limit.toLocaleString('en-GB'),
      formatText(worst),
    ]
  })
  return table(['processor ms', 'to read', 'characters', 'the slowest text found'], rows)
}

function formatText(text: NastyText): string {
  const escaped = JSON.stringify(text).replace(/[^ -~]/gu, (letter) => {
    return `\\u{${letter.codePointAt(0)?.toString(16)}}`
  })
  return `\`${escaped.replaceAll('|', '\\|')}\``
}
