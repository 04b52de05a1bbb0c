import { fold, quoted } from '../../base/text.ts'
import type { ParsedCommand } from '../../chat/commands.ts'
import { projectOf } from './project-names.ts'
import { type Question, question, type Vocabulary } from './reading.ts'

/** Commands that are about a milestone which is not finished yet. */
const aboutOpenOnes: readonly string[] = ['done', 'move', 'flag', 'rate']

/** As many as a card offers in one row or two. */
const mostOffered = 8

/** Which milestone is meant, where its words fit several, or none; undefined where one is meant, or the plan has none. */
export function milestoneQuestion(
  line: string,
  { command, raw }: ParsedCommand,
  vocabulary: Vocabulary,
): Question | undefined {
  const { project: ref, milestone: said } = raw
  if (typeof ref !== 'string' || typeof said !== 'string' || /^\d+$/.test(said)) return undefined
  if (!aboutOpenOnes.includes(command.name)) return undefined
  const { milestones = [] } = projectOf(ref, vocabulary) ?? {}
  const fits = milestones.filter(({ text }) => fold(text).includes(fold(said)))
  const open = (fits.length > 0 ? fits : milestones).filter(({ isOpen }) => isOpen)
  if (open.length === 0 || (fits.length > 0 && open.length === 1) || fits.length === 1)
    return undefined
  const text =
    fits.length > 0
      ? `Several milestones of ${ref} have ${quoted(said)} in them. Which is meant? Nothing was saved.`
      : `No milestone of ${ref} has ${quoted(said)} in it. Which is meant? Nothing was saved.`
  const answers = open.slice(0, mostOffered).map(({ position, text: title }) => ({
    title: `${position} ${title}`,
    line: line.replace(`${ref} ${said}`, () => `${ref} ${position}`),
  }))
  return question('milestone', text, answers)
}
