import type { Section, SectionEntry } from './sections/section.ts'

/** An estimate of how much of a message something takes. */
export interface MessageSize {
  readonly characters: number
  readonly bytes: number
  /** Of Slack's. */
  readonly blocks: number
}

/** Added for each entry, and for each text in it. The entries of a section are one block. */
const entryOverhead = { characters: 10, bytes: 60 }
const textOverhead = { characters: 5, bytes: 95 }
/** Of what stands above entries: a block that Slack counts as so many characters, and the one that follows it. */
const headingOverhead: MessageSize = { characters: 65, bytes: 250, blocks: 2 }

/** A group of entries with what stands above it: a workstream, or the programme. */
export interface ItemGroup {
  readonly title: string
}

/** An entry with its section and its group. */
export interface SectionItem<Group extends ItemGroup = ItemGroup> {
  readonly group: Group
  readonly section: Section
  readonly entry: SectionEntry
}

/**
 * Fills one message after another, in order: as few as have room. What stands above entries is counted each time that it
 * is said. An entry larger than a message has one of its own.
 *
 * @param firstRoom the room of the first message, which has more besides
 */
export function packItems<Item extends SectionItem>(
  items: readonly Item[],
  room: MessageSize,
  firstRoom = room,
): Item[][] {
  const parts: Item[][] = []
  let left: MessageSize | undefined
  for (const item of items) {
    const more = left && subtractSize(left, sizeAfter(item, parts.at(-1)?.at(-1)))
    if (more && isNonNegative(more)) {
      parts.at(-1)?.push(item)
      left = more
    } else {
      left = subtractSize(parts.length === 0 ? firstRoom : room, sizeAfter(item, undefined))
      parts.push([item])
    }
  }
  return parts
}

/** What an item takes after the one before it in the same message. */
function sizeAfter(item: SectionItem, before: SectionItem | undefined): MessageSize {
  const isNewGroup = item.group !== before?.group
  const isNewSection = isNewGroup || item.section !== before?.section
  const headings = [
    ...(isNewGroup ? [item.group.title] : []),
    ...(isNewSection ? [item.section.heading] : []),
  ]
  return headings.map(headingSize).reduce(addSize, entrySize(item.entry))
}

const headingSize = (text: string): MessageSize =>
  addSize(headingOverhead, {
    ...{ characters: text.length, blocks: 0 },
    bytes: Buffer.byteLength(JSON.stringify(text)),
  })

export function subtractSize(room: MessageSize, size: MessageSize): MessageSize {
  return {
    characters: room.characters - size.characters,
    bytes: room.bytes - size.bytes,
    blocks: room.blocks - size.blocks,
  }
}

function addSize(one: MessageSize, other: MessageSize): MessageSize {
  return {
    characters: one.characters + other.characters,
    bytes: one.bytes + other.bytes,
    blocks: one.blocks + other.blocks,
  }
}

function isNonNegative({ characters, bytes, blocks }: MessageSize): boolean {
  return characters >= 0 && bytes >= 0 && blocks >= 0
}

function entrySize({ title, beside, lines }: SectionEntry): MessageSize {
  const texts = [title, beside, ...lines]
  const sum = (of: (text: string) => number) => texts.reduce((total, text) => total + of(text), 0)
  return {
    characters: entryOverhead.characters + sum((text) => text.length + textOverhead.characters),
    bytes:
      entryOverhead.bytes +
      sum((text) => Buffer.byteLength(JSON.stringify(text)) + textOverhead.bytes),
    blocks: 0,
  }
}
