import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { buildCommandRegistry } from '../../src/app/command-registry.ts'
import { compilePattern } from '../../src/chat/command-pattern.ts'
import { defineCommand, parseCommand } from '../../src/chat/commands.ts'
import { oneOf, type Slots, slot } from '../../src/chat/grammar.ts'

test('nothing typed is the empty pattern alone', () => {
  expect(compilePattern('').match('  ')).toEqual({})
  expect(compilePattern('').match('help')).toBeUndefined()
})

test('a hyphen may be typed as a space', () => {
  const noChange = compilePattern('no-change <project>', { project: slot.project })
  expect(noChange.match('no change 2.1')).toEqual({ project: '2.1' })
  expect(noChange.match('No-Change 2.1')).toEqual({ project: '2.1' })
  expect(noChange.match('nochange 2.1')).toBeUndefined()
})

test('an option may be left out', () => {
  const due = compilePattern('due [<days>]', { days: slot.count })
  expect(due.match('due')).toEqual({})
  expect(due.match('due 30')).toEqual({ days: '30' })
  expect(due.match('due soon')).toBeUndefined()
})

test('an option may hold another', () => {
  const usage = 'due [within <days> [of <project>] at all]'
  const due = compilePattern(usage, { days: slot.count, project: slot.count })
  expect(due.match('due')).toEqual({})
  expect(due.match('due within 30 at all')).toEqual({ days: '30' })
  expect(due.match('due within 30 of 2 at all')).toEqual({ days: '30', project: '2' })
  expect(due.match('due within 30')).toBeUndefined()
})

test('a slot of given words takes no other, in any case and with a space for a hyphen', () => {
  const rule = compilePattern('set <rule>', { rule: oneOf('green-by', 'round open', 'a+b') })
  for (const typed of ['set green-by', 'set Green By', 'set round-open', 'set a+b']) {
    expect(rule.match(typed)).toEqual({ rule: typed.slice(4) })
  }
  expect(rule.match('set greenby')).toBeUndefined()
  expect(rule.match('set aab')).toBeUndefined()
})

test('commands may give one name of a slot different patterns', () => {
  expect(compilePattern('a <x>', { x: slot.count }).match('a 3')).toEqual({ x: '3' })
  expect(compilePattern('a <x>', { x: slot.letters }).match('a 3')).toBeUndefined()
})

describe('a command whose slots do not fit its usages is refused when it is declared', () => {
  const declare = (usages: string[], slots: Slots) => () =>
    defineCommand({
      ...{ name: 'toy', usages, slots, examples: [], authority: ['ask for help'], summary: '' },
      args: z.object({}),
      run: () => Promise.reject(new Error('not run')),
    })
  test('a slot without a pattern', () => {
    expect(declare(['toy <projct>'], {})).toThrow('has no pattern for <projct>')
  })
  test('a pattern without a slot', () => {
    expect(declare(['toy <project>'], { project: slot.project, day: slot.date })).toThrow(
      'No usage of "toy" has a slot <day>',
    )
  })
})

describe('the examples of every command', () => {
  const { commands } = buildCommandRegistry()

  test.each(commands.map((command) => [command.name, command] as const))(
    '%s: each is read as this command, and each usage has one',
    (_, command) => {
      for (const example of command.examples) {
        expect([example, parseCommand(commands, example)?.command.name]).toEqual([
          example,
          command.name,
        ])
      }
      const withoutExample = command.patterns.filter(
        (pattern) => !command.examples.some((example) => pattern.match(example)),
      )
      expect(withoutExample.map(({ text }) => text)).toEqual([])
    },
  )
})

describe('a line of any length', () => {
  const { commands } = buildCommandRegistry()

  /** The least processor time of some tries, in microseconds: other work on the machine only ever adds to it. */
  function parseTime(line: string): number {
    const times = Array.from({ length: 3 }, () => {
      const before = process.cpuUsage()
      parseCommand(commands, line)
      const { user, system } = process.cpuUsage(before)
      return user + system
    })
    return Math.min(...times)
  }

  // The worst of a search over all openings and fillings: each once took time that grew with the square or the cube of
  // its length, because two or three slots could share the words in every way.
  test.each([
    ['', 'a '],
    ['', '2.1 '],
    ['2.1 amber ', 'green by '],
    ['2.1 amber ', 'for board only '],
    ['2.1 amber ', 'words are fine because '],
    ['set 2.1 ', 'to '],
    ['set 2.1 ', 'to a words are fine because '],
    ['move 2.1 ', 'to because '],
    ['done 2.1 ', 'evidence https://x '],
    ['snooze 2.1 ', 'until '],
    ['kpi ', 'a 9 '],
    ['kpi 3 ', 'for '],
    ['away for ', 'a 9 to deputy '],
    ['risk ', 'a 2.1 mitigated by '],
    ['decision ', 'needed from by '],
    ['digest here weekly mon 9:00 ', 'in to board about for '],
    ['digest headline ', 'for words are fine because '],
    ['admin closed 3 ', 'to for because '],
    ['', 'ab'],
    ['2.1 ', '1'],
  ])('is read in time that grows with it: %s%s…', (opening, filling) => {
    const lineOf = (length: number) => (opening + filling.repeat(length)).slice(0, length)
    // Four times the length: four times the time where it is linear, sixteen times where it is quadratic.
    expect(parseTime(lineOf(20_000)) / parseTime(lineOf(5_000))).toBeLessThan(9)
  })
})
