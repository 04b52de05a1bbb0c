import { projectsAt } from './project-names.ts'
import { type Question, question, type Vocabulary } from './reading.ts'

/** As many as a card offers in one row or two. */
const mostOffered = 8

/**
 * Which project is meant, where a line begins with words that begin several titles; undefined where it does not, or
 * where the rest of it would have to be asked about as well: a press on a title would save it unseen.
 *
 * @param plainLine what a line that names its project by number means in the plain grammar, if that may be done at once
 */
export function projectQuestion(
  line: string,
  vocabulary: Vocabulary,
  plainLine: (line: string) => string | undefined,
): Question | undefined {
  const answers = projectsAt(line, vocabulary).flatMap(({ ref, rest, project }) => {
    const plain = plainLine(`${ref} ${rest}`.trim())
    return plain === undefined ? [] : [{ title: `${ref} ${project.title}`, line: plain }]
  })
  if (answers.length < 2) return undefined
  const text = 'Several projects begin with these words. Which is meant?'
  return question('project', text, answers.slice(0, mostOffered))
}
