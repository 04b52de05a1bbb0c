import type { Entry, Section } from './section.ts'

/** An estimate of what a text takes of a message. */
export interface Size {
  readonly characters: number
  readonly bytes: number
}

/** What stands around each entry, and around each text of it. */
const aroundEntry: Size = { characters: 10, bytes: 60 }
const aroundText: Size = { characters: 5, bytes: 95 }

/** An entry, and where in its section it stands. */
export interface Item {
  readonly section: Section
  readonly entry: Entry
  readonly at: number
}

export function itemsOf(sections: readonly Section[]): Item[] {
  return sections.flatMap((section) => section.entries.map((entry, at) => ({ section, entry, at })))
}

/**
 * The items that a first message shows, in their order, while there is room: the first of every section, and then of
 * each as much as it may have at first, all at the same pace. So a long section leaves room for those after it.
 */
export function fairlyChosen(items: readonly Item[], room: Size): Item[] {
  const full = new Set<Section>()
  const chosen = new Set<Item>()
  let left = room
  for (const item of items.toSorted((one, other) => shareOf(one) - shareOf(other))) {
    const { section, entry, at } = item
    const after = less(left, sizeOf(entry))
    if (at >= section.atFirst || full.has(section)) continue
    if (isLeft(after)) {
      chosen.add(item)
      left = after
    } else full.add(section)
  }
  return items.filter((item) => chosen.has(item))
}

const shareOf = ({ section, at }: Item) => at / Math.max(section.atFirst, 1)

/** Fills one message after another, in order. An entry larger than a message has one of its own. */
export function packed(items: readonly Item[], roomInEach: Size): Item[][] {
  const parts: Item[][] = []
  let room: Size = { characters: -1, bytes: -1 }
  for (const item of items) {
    const size = sizeOf(item.entry)
    if (!isLeft(less(room, size))) {
      parts.push([])
      room = roomInEach
    }
    parts.at(-1)?.push(item)
    room = less(room, size)
  }
  return parts
}

export function less(room: Size, size: Size): Size {
  return { characters: room.characters - size.characters, bytes: room.bytes - size.bytes }
}

function isLeft({ characters, bytes }: Size): boolean {
  return characters >= 0 && bytes >= 0
}

function sizeOf({ title, beside, lines }: Entry): Size {
  const texts = [title, beside, ...lines]
  const sum = (of: (text: string) => number) => texts.reduce((total, text) => total + of(text), 0)
  return {
    characters: aroundEntry.characters + sum((text) => text.length + aroundText.characters),
    bytes:
      aroundEntry.bytes + sum((text) => Buffer.byteLength(JSON.stringify(text)) + aroundText.bytes),
  }
}
