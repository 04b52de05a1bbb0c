import type { Card } from '../../../chat/cards.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import { type MessageSize, packItems, subtractSize } from './bin-packing.ts'
import { firstMessage, shortenedTexts } from './first-message/first-message.ts'
import {
  formatNotes,
  formatThreadNotes,
  partCard,
  type ThreadPart,
  threadGroups,
} from './message-cards.ts'
import { buildSections, digestSections } from './sections/registry.ts'
import type { Section } from './sections/section.ts'
import { workstreamOverview } from './workstream-overview.ts'

/**
 * The capacity of one message: Slack refuses about 12,500 characters in all, each block counting for 30 of them
 * (adaptive-cards/README.md) and more than 50 blocks, Teams is safe below 28 KB of JSON. The sums are estimates, so both are kept with a margin.
 */
const messageCapacity: MessageSize = { characters: 10_500, bytes: 25_000, blocks: 50 }
/** Reserved in the first message of the thread, which has the notes, and in each of the others for all but the entries. */
const reservedSizes = {
  first: { characters: 6_000, bytes: 14_000, blocks: 10 },
  other: { characters: 1_000, bytes: 3_000, blocks: 4 },
} satisfies Record<string, MessageSize>

/**
 * The digest as messages: the first says in half a minute what moved, what is overdue and what is asked; the thread has
 * all of it in full, by workstream. An entry is never split, and nothing is dropped without being counted. `prefix`: how
 * a command begins there.
 */
export function paginateDigest(
  content: DigestContent,
  prefix: string,
  registry = digestSections,
): [root: Card, ...parts: Card[]] {
  const sections = buildSections(content, prefix, registry)
  const overview = sections.length > 0 ? workstreamOverview(content) : []
  const hasThread =
    sections.length > 0 || content.notes.length > 0 || shortenedTexts(content).length > 0
  const notes = hasThread ? null : formatNotes(content, prefix)
  const parts = hasThread
    ? threadParts(content, [...overview, ...sections], formatThreadNotes(content, prefix))
    : []
  return [
    firstMessage(content, { sections, overview, notes }),
    ...parts.map((part, at) => partCard(content, part, { number: at + 1, of: parts.length })),
  ]
}

/**
 * What concerns the whole programme, then workstream by workstream, in the order of the plan: several to a message, since
 * a channel takes one a second.
 */
function threadParts(
  content: DigestContent,
  sections: readonly Section[],
  notes: readonly string[],
): ThreadPart[] {
  const groups = threadGroups(content)
  const ofProgramme = groups.get(null)
  const items = sections.flatMap((section) =>
    section.entries.flatMap((entry) => {
      const group = groups.get(entry.workstreamId) ?? ofProgramme
      return group ? [{ group, section, entry }] : []
    }),
  )
  const byGroup = [...groups.values()].flatMap((group) =>
    items.filter((item) => item.group === group),
  )
  const [head = [], ...others] = packItems(byGroup, roomBeside('other'), roomBeside('first'))
  return [{ items: head, notes }, ...others.map((its) => ({ items: its, notes: [] }))]
}

const roomBeside = (which: keyof typeof reservedSizes) =>
  subtractSize(messageCapacity, reservedSizes[which])
