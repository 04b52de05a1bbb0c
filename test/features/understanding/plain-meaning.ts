import { civilDate } from '../../../src/base/dates.ts'
import { type Command, parseCommand } from '../../../src/chat/commands.ts'
import type { Reading, Vocabulary } from '../../../src/features/understanding/reading.ts'
import { spokenDay } from '../../../src/features/understanding/spoken-dates.ts'

/** What a line of the plain grammar would do, as a text that is the same however the line is spelt. */

const today = civilDate('2026-02-27')
const dayArgs = ['date', 'first', 'last', 'until', 'pause']

export function plainMeaning(
  commands: readonly Command[],
  line: string,
  vocabulary: Vocabulary,
): string {
  const parsed = parseCommand(commands, line)
  if (!parsed) return `not understood: ${line}`
  const { command, raw } = parsed
  const args = Object.entries(raw)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${argumentText(name, String(value), raw, vocabulary)}`)
  return [command.name, ...args.toSorted()].join(' | ')
}

function argumentText(
  name: string,
  value: string,
  { project }: Readonly<Record<string, unknown>>,
  { projects }: Vocabulary,
): string {
  if (dayArgs.includes(name)) return spokenDay(value.replace(/^until /, ''), today) ?? value
  const milestones = projects.find(({ ref }) => ref === project)?.milestones ?? []
  const words = value.toLowerCase()
  const named =
    name === 'milestone' ? milestones.filter(({ text }) => text.toLowerCase().includes(words)) : []
  return named.length === 1 ? String(named[0]?.position) : words
}

export function meaningOf(
  commands: readonly Command[],
  reading: Reading,
  vocabulary: Vocabulary,
): string {
  if (reading.kind === 'line' || reading.kind === 'confirmation')
    return plainMeaning(commands, reading.line, vocabulary)
  return reading.kind === 'form' ? `? form ${reading.command}` : `? ${reading.about}`
}
