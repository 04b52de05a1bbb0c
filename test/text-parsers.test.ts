import { expect, test } from '@jest/globals'
import {
  type NastyText,
  nastyText,
  processorTime,
  type TextParser,
  textParsers,
} from './support/text-parsers.ts'

/** The least of some tries: other work on the machine only ever adds to it. */
function leastTime({ parse }: TextParser, text: string): number {
  return Math.min(...[1, 2, 3, 4, 5].map(() => processorTime(() => parse(text))))
}

/** In milliseconds: what takes less is quick enough, and too short to compare. */
const hardlyAnyTime = 4

// The worst that `npm run bench -- parsers` found: each once took time by the square of its length, or seconds.
const worst: readonly (readonly [name: string, text: NastyText])[] = [
  ['names', ['1 Mar', ' ', 'x']],
  ['states of a scheme', ['a,a', ' ', '1']],
  ['the nearest of titles as long', ['', 'a']],
  ['a text shortened', ['a', ' ', ' xx']],
  ['a date', ['', '1 ']],
  ['a period', ['1 Mar', 'Mar/', 'x']],
  ['a measure’s value', ['1 ', 'a']],
  ['a measure’s target', ['1 (', '2018 ', 'x']],
  ['deadlines', ['1 Mar', ' ', 'x']],
  ['deadlines', ['', 'Mar/']],
  ['deadlines', ['', '1,']],
  ['deadlines', ['1 Mar', '1 Mar 20 and ', 'x']],
  ['personal data', ['', 'a']],
  ['personal data', ['', 'Dr. ']],
  ['personal data', ['', 'aged 7 ']],
  ['personal data', ['1 Mar', '\u00A0', 'x']],
  ['personal data', ['', '\u2028']],
  ['missing criteria', ['1 Mar', 'scope ', 'x']],
  ['a row of headings', ['', '\uFDFA']],
  ['a target’s day', ['65%', ' ', 'x']],
  ['a target’s day', ['65% (', '2018 ', 'x']],
  ['a rating', ['', '\uFDFA']],
  ['items', ['', '\uFDFA']],
  ['numbers', ['', '\uFDFA']],
  ['a commentary in a digest', ['', 'Dr. ']],
  ['a title in a chart', ['', '1 ']],
  ['a message of Slack', ['', '<@U1|']],
  ['a message of Teams', ['', '<at>']],
]

test.each(worst)('%s: %j is read in time that grows with its length', (name, text) => {
  const parser = textParsers.find((each) => each.name === name)
  if (!parser) throw new Error(`There is no parser of ${name}.`)
  const whole = leastTime(parser, nastyText(text, parser.limit))
  const quarter = leastTime(parser, nastyText(text, Math.floor(parser.limit / 4)))
  // Four times the length: four times the time where it is linear, sixteen times where it is quadratic.
  expect(whole < hardlyAnyTime ? 0 : whole / quarter).toBeLessThan(12)
})
