import type { Command } from '../../src/chat/commands.ts'
import type { CommandPattern } from '../../src/chat/grammar.ts'

/** One of the ways to type a command; the first unless `at` says otherwise. */
export function patternOf({ name, patterns }: Command, at = 0): CommandPattern {
  const pattern = patterns[at]
  if (!pattern) throw new Error(`"${name}" has no pattern ${at}`)
  return pattern
}
