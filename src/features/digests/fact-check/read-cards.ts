import type { Card } from '../../../chat/cards.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import type { Claim } from '../../../domain/digests/fact-check/claims.ts'
import type { ProjectRef } from '../../../domain/plan/plan.ts'
import { digestCard, digestPartCard } from '../rendering/cards.ts'
import { entryClaims, type ReadEntry } from './read-entries.ts'
import { headClaims, sentenceClaims } from './read-text.ts'

/**
 * What the messages of a digest say in their words: read from the texts that are ours alone, wherever in a message they
 * stand, and from what stands beside a title. What people wrote is theirs to say, and is not read.
 */
export function readCards(
  cards: readonly Card[],
  content: DigestContent,
  projects: readonly ProjectRef[],
): Claim[] {
  const claims = cards.flatMap(({ name, data }) => {
    const { ownText } = name === digestCard.name ? digestCard : digestPartCard
    const sentences = ownText.flatMap((path) => textsAt(data, path.split('.')))
    return [
      ...sentences.flatMap((text) => sentenceClaims(text, content)),
      ...entriesOf(data).flatMap((entry) => [
        ...headClaims(entry, content, projects),
        ...entryClaims(entry, projects),
      ]),
    ]
  })
  const different = new Map(claims.map((claim) => [JSON.stringify(claim), claim]))
  return [...different.values()]
}

function textsAt(data: unknown, [key, ...path]: readonly string[]): string[] {
  if (Array.isArray(data)) return data.flatMap((one) => textsAt(one, key ? [key, ...path] : []))
  if (typeof data === 'string') return data === '' ? [] : [data]
  if (typeof data !== 'object' || data === null || !key) return []
  return textsAt((data as Record<string, unknown>)[key], path)
}

/** Every title with something beside it and lines below, at any depth. */
function entriesOf(data: unknown): ReadEntry[] {
  if (Array.isArray(data)) return data.flatMap(entriesOf)
  if (typeof data !== 'object' || data === null) return []
  const { title, beside, lines } = data as Partial<ReadEntry>
  const isEntry = typeof title === 'string' && typeof beside === 'string' && Array.isArray(lines)
  return [...(isEntry ? [{ title, beside, lines }] : []), ...Object.values(data).flatMap(entriesOf)]
}
