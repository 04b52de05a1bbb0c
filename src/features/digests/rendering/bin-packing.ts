import type { Section, SectionEntry } from './sections/section.ts'

/** An estimate of how much of a message a text takes. */
export interface MessageSize {
  readonly characters: number
  readonly bytes: number
}

/** Added for each entry, and for each text in it. */
const entryOverhead: MessageSize = { characters: 10, bytes: 60 }
const textOverhead: MessageSize = { characters: 5, bytes: 95 }

/** An entry with its section and its position there. */
export interface SectionItem {
  readonly section: Section
  readonly entry: SectionEntry
  readonly index: number
}

export function itemsOf(sections: readonly Section[]): SectionItem[] {
  return sections.flatMap((section) =>
    section.entries.map((entry, index) => ({ section, entry, index })),
  )
}

/** Fills one message after another, in order. An entry larger than a message has one of its own. */
export function packItems(items: readonly SectionItem[], roomInEach: MessageSize): SectionItem[][] {
  const parts: SectionItem[][] = []
  let room: MessageSize = { characters: -1, bytes: -1 }
  for (const item of items) {
    const size = sizeOf(item.entry)
    if (!isNonNegative(subtractSize(room, size))) {
      parts.push([])
      room = roomInEach
    }
    parts.at(-1)?.push(item)
    room = subtractSize(room, size)
  }
  return parts
}

export function subtractSize(room: MessageSize, size: MessageSize): MessageSize {
  return { characters: room.characters - size.characters, bytes: room.bytes - size.bytes }
}

function isNonNegative({ characters, bytes }: MessageSize): boolean {
  return characters >= 0 && bytes >= 0
}

function sizeOf({ title, beside, lines }: SectionEntry): MessageSize {
  const texts = [title, beside, ...lines]
  const sum = (of: (text: string) => number) => texts.reduce((total, text) => total + of(text), 0)
  return {
    characters: entryOverhead.characters + sum((text) => text.length + textOverhead.characters),
    bytes:
      entryOverhead.bytes +
      sum((text) => Buffer.byteLength(JSON.stringify(text)) + textOverhead.bytes),
  }
}
