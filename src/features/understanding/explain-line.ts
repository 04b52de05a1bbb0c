import { Refusal } from '../../base/errors.ts'
import { type Command, type CommandContext, parseCommand } from '../../chat/commands.ts'
import { nearestCommands, unknownLineTexts } from '../../chat/unknown-line.ts'
import { readTypedLine } from './line-reader.ts'
import type { Answer, Confirmation } from './reading.ts'

/** What a typed line would do. */
export interface LineExplanation {
  /** The command's name; null where something has to be asked first, or nothing was understood. */
  readonly command: string | null
  readonly args: Readonly<Record<string, unknown>>
  /** The line in the plain grammar; empty where it is not understood. */
  readonly means: string
  readonly asks: Asked | null
}

interface Asked {
  /** What is asked: a word of `Question`, 'form' for a whole form, or the names of a form's fields with commas. */
  readonly about: string
  readonly text: string
  readonly answers: readonly Answer[]
}

/**
 * Reads a line as the person of the context would have it read, and runs its command to see what it still asks for. The
 * caller rolls the transaction back.
 */
export async function explainLine(
  commands: readonly Command[],
  context: CommandContext,
  text: string,
): Promise<LineExplanation> {
  const { tx, actor, today, prefix } = context
  const reading = await readTypedLine(commands, tx, { text, actor, today })
  if (reading.kind === 'question') {
    const { about, answers } = reading
    return { command: null, args: {}, means: '', asks: { about, text: reading.text, answers } }
  }
  if (reading.kind === 'form') {
    const { command, args } = reading
    const asks = { about: 'form', text: 'The form opens with what was said.', answers: [] }
    return { command, args, means: '', asks }
  }
  const parsed = parseCommand(commands, reading.line)
  if (!parsed) {
    const near = nearestCommands(commands, reading.line)
    const said = unknownLineTexts(near, reading.line, prefix).join('\n')
    const asks = { about: 'command', text: said, answers: [] }
    return { command: null, args: {}, means: '', asks }
  }
  const { command, raw } = parsed
  const asks =
    reading.kind === 'confirmation'
      ? confirmationAsked(reading)
      : await missingIn(command, context, raw)
  return { command: command.name, args: raw, means: reading.line, asks }
}

function confirmationAsked({ line, shown }: Confirmation): Asked {
  const answers = [{ title: 'Yes', line }]
  return { about: 'confirmation', text: shown.join('\n'), answers }
}

/** What the command asks for before it does anything; null where it does it. */
async function missingIn(
  command: Command,
  context: CommandContext,
  raw: Readonly<Record<string, unknown>>,
): Promise<Asked | null> {
  try {
    await command.run(context, raw)
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const fields = Object.keys(error.fields)
    return { about: fields.join(',') || 'refused', text: error.message, answers: [] }
  }
}
