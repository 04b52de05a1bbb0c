import type { Card } from '../../../chat/cards.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import {
  allocateFairly,
  itemsOf,
  type MessageSize,
  packItems,
  type SectionItem,
  subtractSize,
} from './bin-packing.ts'
import { partCard, rootCard, type ThreadPart } from './message-cards.ts'
import { buildSections, digestSections } from './sections/registry.ts'
import { workstreamOverview } from './workstream-overview.ts'

/**
 * The capacity of one message: Slack refuses about 12,500 characters in all, each block counting for 30 of them
 * (adaptive-cards/README.md), Teams is safe below 28 KB of JSON. The sums are estimates, so both are kept with a margin.
 */
const messageCapacity: MessageSize = { characters: 10_500, bytes: 25_000 }
/**
 * Reserved in the first message and in each of the others for all but the entries. The first one keeps its entries to
 * a page, so that it can be read in half a minute.
 */
const reservedSizes = {
  first: { characters: 4_500, bytes: 11_000 },
  other: { characters: 1_500, bytes: 4_000 },
} satisfies Record<string, MessageSize>

/**
 * The digest as messages: the first says what moved, what is overdue and what is asked; the workstreams follow in its
 * thread. An entry is never split, and nothing is dropped without saying so. `prefix`: how a command begins there.
 */
export function paginateDigest(
  content: DigestContent,
  prefix: string,
  registry = digestSections,
): [root: Card, ...parts: Card[]] {
  const items = itemsOf(buildSections(content, prefix, registry))
  const first = allocateFairly(items, subtractSize(messageCapacity, reservedSizes.first))
  const rest = items.filter((item) => !first.includes(item))
  const parts = items.length > 0 ? threadParts(content, rest) : []
  return [
    rootCard(content, { first, rest, prefix }),
    ...parts.map((part, at) => partCard(content, part, { number: at + 1, of: parts.length })),
  ]
}

/** What concerns the whole programme, then workstream by workstream, in the order of the plan. */
function threadParts(content: DigestContent, rest: readonly SectionItem[]): ThreadPart[] {
  const known = new Set(content.workstreams.map(({ id }) => id))
  const byWorkstream = Map.groupBy(rest, ({ entry: { workstreamId } }) =>
    workstreamId !== null && known.has(workstreamId) ? workstreamId : null,
  )
  const room = subtractSize(messageCapacity, reservedSizes.other)
  const ofAll = [...itemsOf(workstreamOverview(content)), ...(byWorkstream.get(null) ?? [])]
  return [
    ...packItems(ofAll, room).map((items) => ({ workstream: null, items })),
    ...content.workstreams.flatMap((workstream) =>
      packItems(byWorkstream.get(workstream.id) ?? [], room).map((items) => ({
        workstream,
        items,
      })),
    ),
  ]
}
