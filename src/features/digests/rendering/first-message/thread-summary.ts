import { listOf, plural } from '../../../../base/text.ts'
import type { Section } from '../sections/section.ts'
import { wordsIn } from './reading-size.ts'

/** So many words name what follows; the rest is counted together. */
const maxWords = 10

/**
 * 'In the thread: all of this in full, 8 workstreams, 5 Reds, 4 moved dates and 12 other entries.' Nothing is left uncounted.
 *
 * @param counted what the thread has and the first message does not list
 * @param hasLists whether the first message lists anything
 */
export function formatThreadSummary(counted: readonly Section[], hasLists: boolean): string {
  const named: string[] = hasLists ? ['all of this in full'] : []
  let more = 0
  for (const { entries, noun } of counted) {
    const told = plural(entries.length, ...noun)
    if (more === 0 && wordsIn([...named, told].join(' ')) <= maxWords) named.push(told)
    else more += entries.length
  }
  const rest = more > 0 ? [plural(more, 'other entry', 'other entries')] : []
  const told = [...named, ...rest]
  return `In the thread: ${told.length > 0 ? listOf(told) : 'notes on this digest'}.`
}
