import type { Card } from '../../../chat/cards.ts'
import type { Finding } from '../../../domain/digests/fact-check/claims.ts'
import { digestCard, digestPartCard } from '../rendering/cards.ts'

/** How many entries each list has, by its heading, in the order of the messages. */
type Lengths = ReadonlyMap<string, number>

/**
 * Whether a digest has as much as it says: in each list of its first message, and in its thread. Nothing may be left
 * out without being counted.
 */
export function checkLists([first, ...thread]: readonly Card[]): Finding[] {
  if (first?.name !== digestCard.name) return []
  const { sections, oneLiners, footer } = digestCard.data.parse(first.data)
  const inThread = threadLengths(thread)
  const shown = [
    ...sections.map(({ heading, entries }) => ({ heading, length: entries.length })),
    ...oneLiners.map(({ heading, runs }) => {
      return { heading, length: runs.filter(({ weight }) => weight === 'Bolder').length }
    }),
  ]
  const named = new Set(shown.map(({ heading }) => nameOf(heading)))
  const others = [...inThread].filter(([heading]) => !named.has(heading))
  const left = others.reduce((sum, [, length]) => sum + length, 0)
  return [
    ...shown.flatMap(({ heading, length }) => {
      return headingFault(heading, length, thread.length > 0 ? inThread : undefined)
    }),
    ...(thread.length > 0 ? footer.flatMap((line) => summaryFault(line, left)) : []),
  ]
}

function threadLengths(thread: readonly Card[]): Lengths {
  const lengths = new Map<string, number>()
  for (const { data } of thread) {
    const { groups } = digestPartCard.data.parse(data)
    for (const { heading, entries } of groups.flatMap(({ sections }) => sections)) {
      lengths.set(heading, (lengths.get(heading) ?? 0) + entries.length)
    }
  }
  return lengths
}

/** "Worse (2)", "Worse (3 of 11 shown)", "Better (1): ". */
const countedHeading = /^(?<name>.*) \((?:(?<shown>\d+) of )?(?<all>\d+)(?: shown)?\)(?:: )?$/

const nameOf = (heading: string) => countedHeading.exec(heading)?.groups?.name ?? heading

function headingFault(heading: string, length: number, inThread: Lengths | undefined): Finding[] {
  const { name = '', shown, all } = countedHeading.exec(heading)?.groups ?? {}
  const total = inThread?.get(name) ?? length
  if (Number(shown ?? all) === length && Number(all) === total) return []
  return [{ sentence: heading, because: `It shows ${length}, and there are ${total}.` }]
}

/** 'In the thread: all of this in full, 8 workstreams, 5 still Red and 12 other entries.' */
function summaryFault(line: string, left: number): Finding[] {
  const [, told] = /^In the thread: (.*)\.$/.exec(line) ?? []
  if (told === undefined) return []
  const numbers = told.split(/, | and /).map((part) => /^\d[\d,]*/.exec(part)?.[0] ?? '0')
  const sum = numbers.reduce((all, one) => all + Number(one.replaceAll(',', '')), 0)
  if (sum === left) return []
  return [{ sentence: line, because: `It counts ${sum}, and the thread has ${left} besides.` }]
}
