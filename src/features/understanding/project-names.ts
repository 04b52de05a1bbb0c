import { fold } from '../../base/text.ts'
import type { NamedMilestone, NamedProject } from '../../domain/plan/vocabulary-store.ts'
import type { Vocabulary } from './reading.ts'

/** Which project the beginning of a line names: by its number or by words of its title. */

const refPattern = /^#?((?:[a-z][\w-]*\/)?[a-z]{0,3}\d[\w.]*?)[:.,;?!]*$/i

/** "#2.1", "2.1:" and "2.1." are 2.1. Undefined where the word is no project's number. */
export function refOf(word: string | undefined): string | undefined {
  if (word === undefined || !/\d/.test(word)) return undefined
  return refPattern.exec(word)?.[1]
}

export interface NamedInLine {
  readonly ref: string
  /** What follows the name. */
  readonly rest: string
  /** Undefined where it was named by a number, which the plan is not asked about. */
  readonly project: NamedProject | undefined
}

/** @param line in one line, single spaces */
export function projectAt(line: string, vocabulary: Vocabulary): NamedInLine | undefined {
  const [first, ...others] = line.split(' ')
  const ref = refOf(first)
  if (ref !== undefined) {
    return { ref, rest: others.join(' '), project: projectOf(ref, vocabulary) }
  }
  return projectByTitle(line, vocabulary)
}

export function projectOf(ref: string, { projects }: Vocabulary): NamedProject | undefined {
  return projects.find((project) => project.ref.toLowerCase() === ref.toLowerCase())
}

/** By its number or some of its words; undefined where they fit none, or several. */
export function milestoneOf(
  project: NamedProject | undefined,
  item: string,
): NamedMilestone | undefined {
  if (item === '') return undefined
  const number = Number(item)
  const words = item.toLowerCase()
  const found = (project?.milestones ?? []).filter(({ position, text }) =>
    Number.isNaN(number) ? text.toLowerCase().includes(words) : position === number,
  )
  return found.length === 1 ? found[0] : undefined
}

/** In words: one word alone ("Housing") is taken only where it is the whole title. */
const leastWords = 2

/** The title, or its first words where no other title begins so; the longest that fits. */
function projectByTitle(line: string, { projects }: Vocabulary): NamedInLine | undefined {
  const words = line.split(' ')
  const titles = projects.map((project) => ({ project, title: wordsOf(project.title) }))
  const longest = Math.min(words.length, Math.max(0, ...titles.map(({ title }) => title.length)))
  for (let count = longest; count > 0; count -= 1) {
    const named = wordsOf(words.slice(0, count).join(' '))
    const found = titles.filter(
      ({ title }) =>
        named.every((word, at) => word === title[at]) &&
        (count >= leastWords || title.length === count),
    )
    const whole = found.find(({ title }) => title.length === count)
    const [only, another] = whole ? [whole] : found
    if (!only || another) continue
    return { ref: only.project.ref, rest: words.slice(count).join(' '), project: only.project }
  }
  return undefined
}

/** Those of which several titles begin with the same two words or more of the line, as many of its words as fit; else none. */
export function projectsAt(line: string, { projects }: Vocabulary) {
  const words = line.split(' ')
  if (refOf(words[0]) !== undefined) return []
  const titles = projects.map((project) => ({ project, title: wordsOf(project.title) }))
  const longest = Math.min(words.length, Math.max(0, ...titles.map(({ title }) => title.length)))
  for (let count = longest; count >= leastWords; count -= 1) {
    const named = wordsOf(words.slice(0, count).join(' '))
    const found = titles.filter(({ title }) => named.every((word, at) => word === title[at]))
    const rest = words.slice(count).join(' ')
    if (found.length > 1) return found.map(({ project }) => ({ ref: project.ref, rest, project }))
    if (found.length === 1) return []
  }
  return []
}

const wordsOf = (text: string) =>
  fold(text)
    .split(' ')
    .map((word) => word.replace(/^[("']+|[)"',.:;!?]+$/g, ''))
