import { capitalised, nearest, quoted } from '../base/text.ts'
import type { Card } from './cards.ts'
import { requiredWords } from './command-pattern.ts'
import type { Command } from './commands.ts'
import { type NoticeButton, noticeCard } from './notice.ts'

/** The answer to a line that no command reads: the two commands that come nearest, one press away. */

const mostOffered = 2
/** In letters: shorter words ("to", "on") stand in every line. */
const leastTelling = 4

export function unknownLineCard(commands: readonly Command[], typed: string, prefix: string): Card {
  const near = nearestCommands(commands, typed)
  const buttons = near.length > 0 ? near.map(buttonFor) : [helpButton('What you can ask', {})]
  return noticeCard({
    heading: 'I did not understand that',
    lines: unknownLineTexts(near, typed, prefix),
    buttons: buttons.filter(
      ({ title }, at) => at === buttons.findIndex((one) => one.title === title),
    ),
  })
}

/** What it says in words. `near`: the nearest commands. */
export function unknownLineTexts(
  near: readonly Command[],
  typed: string,
  prefix: string,
): string[] {
  const tries = near.map((command) => `${prefix} ${usageFor(command, typed)}`)
  const [only, another] = near
  // The summary says what the command can read, where one alone is meant; those of several would fill a page.
  const summary = only && !another ? [only.summary] : []
  return [`I could not read ${quoted(typed)}, and did nothing.`, ...tries, ...summary]
}

/** Those whose usages, or else whose summaries, have most words in common with what was typed; nearest first. */
export function nearestCommands(commands: readonly Command[], typed: string): Command[] {
  const words = wordsOf(typed)
  const judged = commands.map((command) => ({ command, likeness: likenessOf(command, words) }))
  const most = Math.max(0, ...judged.map(({ likeness }) => likeness))
  // A command that is far less alike than another would only be in the way.
  return judged
    .filter(({ likeness }) => likeness > 0 && likeness >= most / 2)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, mostOffered)
    .map(({ command }) => command)
}

function likenessOf({ patterns, summary }: Command, typed: readonly string[]): number {
  const usages = patterns.map(({ text }) => usageLikeness(text, typed))
  const told = wordsOf(summary)
  const telling = typed.filter((word) => word.length >= leastTelling && told.includes(word))
  return Math.max(0, ...usages) * 4 + telling.length
}

/** The words at the beginning count twice, and one with a slip of the finger nearly as much as itself. */
function usageLikeness(usage: string, typed: readonly string[]): number {
  const words = wordsOf(usage.replace(/<[^>]*>|\[[^\]]*\]/g, ''))
  const likenesses = words.map((word) =>
    Math.max(0, ...typed.map((said) => wordLikeness(word, said))),
  )
  const differ = words.findIndex((word, at) => wordLikeness(word, typed[at] ?? '') === 0)
  const begin = differ === -1 ? words.length : differ
  return likenesses.reduce((sum, likeness) => sum + likeness, 0) + begin
}

function wordLikeness(word: string, said: string): number {
  if (word === said) return 1
  const isSlip = Math.min(word.length, said.length) >= leastTelling && nearest(said, [word])
  return isSlip ? 0.75 : 0
}

function usageFor({ patterns }: Command, typed: string): string {
  const words = wordsOf(typed)
  const usages = patterns.map(({ text }) => ({ text, likeness: usageLikeness(text, words) }))
  return usages.toSorted((a, b) => b.likeness - a.likeness)[0]?.text ?? ''
}

/** A question is asked at once; of what saves something, or needs more words, the help says how. */
function buttonFor(command: Command): NoticeButton {
  const { name, patterns, isReadOnly } = command
  const plain = patterns.map(({ text }) => requiredWords(text)).find((text) => !text.includes('<'))
  if (isReadOnly && plain) return { title: capitalised(plain), verb: name, data: {} }
  const word = patterns.find(({ firstWord }) => firstWord)?.firstWord ?? name
  return helpButton(`Help: ${word}`, { topic: word })
}

const helpButton = (title: string, data: NoticeButton['data']): NoticeButton => ({
  ...{ title, verb: 'help', data },
})

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}.'-]+/u)
    .filter(Boolean)
