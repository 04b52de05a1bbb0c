import { shorten } from '../../base/text.ts'
import { type Command, type ParsedCommand, parseCommand } from '../../chat/commands.ts'
import type { LineReader, TypedLine } from '../../chat/line-reading.ts'
import { type NoticeButton, noticeCard } from '../../chat/notice.ts'
import { declineVerb, questionMark } from '../../chat/question-cards.ts'
import { formVerbOf } from '../../chat/resolve-command.ts'
import { loadPlanWords } from '../../domain/plan/vocabulary-store.ts'
import { brag } from '../../domain/scheme/schemes.ts'
import type { ReadTx } from '../../infra/db.ts'
import { confirmed } from './confirmation.ts'
import { endsInFarYear } from './far-days.ts'
import { milestoneQuestion } from './milestone-question.ts'
import { projectQuestion } from './project-question.ts'
import {
  type Confirmation,
  lineReading,
  type Question,
  type Reading,
  type UnderstandingContext,
  type Vocabulary,
} from './reading.ts'
import { stateWords } from './state-words.ts'
import { plainWords, understand } from './understand.ts'

/** Before the plan is asked: the colours that nearly every programme has, and no names. */
const generalVocabulary: Vocabulary = { projects: [], people: [], states: stateWords([brag]) }

/** Slack's limit for a button. */
const maxTitleLength = 75

/**
 * An update in the plain grammar, as most lines are: nothing in it could be read otherwise. It takes a hundredth of the
 * time of the rules.
 */
const plainUpdate =
  /^(?:[a-z][\w-]*\/)?\d+(?:\.\d+)* (?:red|amber|green|blue)(?: (?!because\b|since\b|as\b|due\b|green\b|is\b)[a-z](?:(?!path to green)[^\n])*? green by \d{1,2} [a-z]{3,9}(?: \d{4})?)?$/i

/** Reads typed lines for the router. */
export function createLineReader(commands: readonly Command[]): LineReader {
  return async (tx, line) => {
    const reading = await readTypedLine(commands, tx, line)
    if (reading.kind === 'question') {
      return { kind: 'question', card: questionCard(commands, reading) }
    }
    if (reading.kind !== 'confirmation') return reading
    return { kind: 'question', card: confirmationCard(commands, reading) }
  }
}

/**
 * Most lines say what they mean by numbers and colours, and nothing is loaded for them; only what is not understood so
 * is read once more with the titles, milestones, names and states of the person's own programmes.
 */
export async function readTypedLine(
  commands: readonly Command[],
  tx: ReadTx,
  { text, actor, today }: TypedLine,
): Promise<Reading> {
  if (plainUpdate.test(text) && !endsInFarYear(text, today)) return lineReading(text)
  const general = { today, vocabulary: generalVocabulary }
  const first = understand(text, general)
  if (actor.personId === null) return first
  if (isCertain(commands, first, text) && agreed(commands, text, first, general) === first)
    return first
  const { schemes, ...names } = await loadPlanWords(tx, actor.personId)
  const context = { today, vocabulary: { ...names, states: stateWords(schemes) } }
  return agreed(commands, text, understand(text, context), context)
}

/** The same reading where it may be done at once. */
function agreed(
  commands: readonly Command[],
  said: string,
  reading: Reading,
  context: UnderstandingContext,
): Reading {
  const meant = reading.kind === 'line' ? parseCommand(commands, reading.line) : undefined
  if (reading.kind !== 'line') return reading
  if (!meant) {
    const plainLine = (line: string) => {
      const read = agreed(commands, line, understand(line, context), context)
      return read.kind === 'line' && parseCommand(commands, read.line) ? read.line : undefined
    }
    return projectQuestion(reading.line, context.vocabulary, plainLine) ?? reading
  }
  const milestones = milestoneQuestion(reading.line, meant, context.vocabulary)
  if (milestones) return milestones
  return confirmed(plainWords(said), reading, meant, context)
}

/** Three numbers may name a milestone: "2.1.2", "2.1/2". */
const milestoneNumber = /\d[./]\d+[./]\d/
/** Words may fit several milestones, or none. */
const isNamedByWords = ({ raw }: ParsedCommand) =>
  typeof raw.milestone === 'string' && !/^\d+$/.test(raw.milestone)
/** What the general colours do not tell: a state of the programme's own. */
const questionsOfAll: readonly Question['about'][] = ['greeting', 'thanks', 'zone', 'whom']

/** Whether titles, names and states of a plan could not change the reading. */
function isCertain(commands: readonly Command[], reading: Reading, said: string): boolean {
  if (milestoneNumber.test(said)) return false
  if (reading.kind === 'question') return questionsOfAll.includes(reading.about)
  if (reading.kind === 'form') return true
  const meant = parseCommand(commands, reading.line)
  if (meant?.command.name !== 'update') return meant !== undefined && !isNamedByWords(meant)
  return generalVocabulary.states.has(String(meant.raw.state).toLowerCase())
}

const headings: Readonly<Partial<Record<Question['about'], string>>> = {
  greeting: 'Hello',
  thanks: 'You are welcome',
}

function questionCard(commands: readonly Command[], { about, text, answers }: Question) {
  const buttons = answers.flatMap(({ title, line }): NoticeButton[] => {
    const meant = parseCommand(commands, line)
    if (!meant) return []
    const data = { ...meant.raw, ...questionMark }
    return [{ title: shorten(title, maxTitleLength), verb: meant.command.name, data }]
  })
  return noticeCard({ heading: headings[about] ?? 'One question', lines: [text], buttons })
}

/** What was read, with the press that saves it and the way to say it otherwise. */
function confirmationCard(commands: readonly Command[], { line, shown }: Confirmation) {
  const meant = parseCommand(commands, line)
  const change = meant?.command.form
    ? { title: 'Change', verb: formVerbOf(meant.command), data: { ...meant.raw, ...questionMark } }
    : { title: 'No', verb: declineVerb, data: {} }
  const buttons = meant
    ? [{ title: 'Yes', verb: meant.command.name, data: { ...meant.raw, ...questionMark } }, change]
    : []
  return noticeCard({
    heading: 'Is this what you mean?',
    lines: [...shown, 'Nothing is saved yet.'],
    buttons,
  })
}
