import type { Card } from '../../../chat/cards.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import type { Claim } from '../../../domain/digests/fact-check/claims.ts'
import type { ProjectRef } from '../../../domain/plan/plan.ts'
import { digestCard, digestPartCard } from '../rendering/cards.ts'
import { type Head, headClaims, sentenceClaims } from './read-text.ts'

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
      ...headsOf(data).flatMap((head) => headClaims(head, content, projects)),
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

/** Every title with a state beside it, at any depth. */
function headsOf(data: unknown): Head[] {
  if (Array.isArray(data)) return data.flatMap(headsOf)
  if (typeof data !== 'object' || data === null) return []
  const own = data as Partial<Head>
  const isHead = typeof own.title === 'string' && typeof own.beside === 'string'
  return [...(isHead ? [own as Head] : []), ...Object.values(data).flatMap(headsOf)]
}
