import type { CommandPattern } from '../../src/chat/command-pattern.ts'
import type { Command } from '../../src/chat/commands.ts'

/** One of the ways to type a command; the first unless `at` says otherwise. */
export function patternOf({ name, patterns }: Command, at = 0): CommandPattern {
  const pattern = patterns[at]
  if (!pattern) throw new Error(`"${name}" has no pattern ${at}`)
  return pattern
}
