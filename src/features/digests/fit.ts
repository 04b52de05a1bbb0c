import { fullDate } from '../../base/dates.ts'
import { listOf, plural, shorten } from '../../base/text.ts'
import type { Card } from '../../chat/cards.ts'
import type { Colour } from '../plan/settings.ts'
import { type DigestSection, digestCard, digestPartCard } from './cards.ts'
import type { DigestContent } from './content.ts'
import { issueInWords } from './issue-words.ts'
import { stateIn } from './scheme-told.ts'
import type { Entry, Section } from './section.ts'
import { sectionsOf } from './sections.ts'
import { countInWords, decisionOf, headlineOf, notUpdatedInWords } from './words.ts'

/** An estimate of what a text takes of a message. */
interface Size {
  readonly characters: number
  readonly bytes: number
}

/**
 * What one message holds: Slack refuses about 12,500 characters in all, each block counting for 30 of them
 * (adaptive-cards/README.md), Teams is safe below 28 KB of JSON. The sums are estimates, so we keep below both.
 */
const message: Size = { characters: 10_500, bytes: 25_000 }
/** What the first message needs besides its entries, and what each of the others does. */
const frame = {
  first: { characters: 4_000, bytes: 11_000 },
  other: { characters: 900, bytes: 3_000 },
} satisfies Record<string, Size>
/** What stands around each line of text. */
const aroundLine: Size = { characters: 10, bytes: 140 }

const namesShown = 20
const longest = { programme: 200, scope: 200, officeHeadline: 500, decision: 800, name: 40 }

/**
 * The digest as messages: the first says what changed and what must be decided, the others follow in its thread.
 * Entries are never parted, nothing is dropped without saying so. `prefix` is how a command begins there.
 */
export function fitDigest(content: DigestContent, prefix: string): [root: Card, ...parts: Card[]] {
  const items = sectionsOf(content, prefix).flatMap((section) =>
    section.entries.map((entry, at) => ({ section, entry, at })),
  )
  const first = atFirst(items)
  const rest = items.filter((item) => !first.includes(item))
  const parts = packed(rest).map(grouped)
  return [
    rootCard(content, grouped(first), grouped(rest)),
    ...parts.map((sections, at) =>
      partCard(content, sections, { number: at + 1, of: parts.length }),
    ),
  ]
}

function rootCard(
  content: DigestContent,
  first: readonly Section[],
  rest: readonly Section[],
): Card {
  const { programme, asAt, scheme, counts, leftOut, notes, notUpdated } = content
  const begun = new Set(first.map(({ key }) => key))
  const follows = rest.map((section) => {
    const count = countOf(section)
    return begun.has(section.key) ? count.replace(' ', ' more ') : count
  })
  return digestCard({
    heading: `Weekly digest as at ${fullDate(asAt)}`,
    programme: shorten(programme.title, longest.programme),
    scope: shorten(content.scope ?? '', longest.scope),
    issue: issueInWords(content),
    remarks: [],
    officeHeadline: shorten(content.officeHeadline ?? '', longest.officeHeadline),
    counts: counts
      .filter(({ state, count, was }) => state !== scheme.blank.key || count > 0 || (was ?? 0) > 0)
      .map((count) => ({
        text: countInWords(count),
        color: colors[stateIn(scheme, count.state).colour],
      })),
    headline: headlineOf(content),
    decision: shorten(decisionOf(content), longest.decision),
    sections: first.map(sectionData),
    footer: [
      ...notes,
      notUpdatedInWords(content),
      ...(follows.length > 0 ? [`In the thread: ${listOf(follows)}.`] : []),
      ...leftOut,
    ],
    names: namesInWords(notUpdated.names ?? []),
  })
}

/** Teams repeats the word and the shape in colour. */
const colors: Readonly<Record<Colour, string>> = {
  red: 'Attention',
  amber: 'Warning',
  green: 'Good',
  blue: 'Accent',
  grey: 'Default',
}

function partCard(
  { asAt }: DigestContent,
  sections: readonly Section[],
  part: { readonly number: number; readonly of: number },
): Card {
  const which = part.of > 1 ? `, part ${part.number} of ${part.of}` : ''
  const heading = `More as at ${fullDate(asAt)}${which}`
  const holds = listOf(sections.map(countOf))
  return digestPartCard({
    heading,
    summary: `${heading}: ${holds}.`,
    sections: sections.map(sectionData),
  })
}

function countOf({ entries, noun }: Section): string {
  return plural(entries.length, ...noun)
}

function namesInWords(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).map((name) => shorten(name, longest.name))
  const more = names.length - shown.length
  return listOf(more > 0 ? [...shown, `${more} more`] : shown)
}

function sectionData({ heading, entries }: Section): DigestSection {
  return { heading, entries: entries.map(({ title, lines }) => ({ title, lines: [...lines] })) }
}

/** An entry, and where in its section it stands. */
interface Item {
  readonly section: Section
  readonly entry: Entry
  readonly at: number
}

/** What stands in the first message: the beginning of each section that belongs there, while there is room. */
function atFirst(items: readonly Item[]): Item[] {
  const wanted = items.filter(({ section, at }) => at < section.atFirst)
  let room = less(message, frame.first)
  const end = wanted.findIndex(({ entry }) => {
    room = less(room, sizeOf(entry))
    return !isLeft(room)
  })
  return end === -1 ? wanted : wanted.slice(0, end)
}

/** Fills one message after another, in order. */
function packed(items: readonly Item[]): Item[][] {
  const parts: Item[][] = []
  let room: Size = { characters: 0, bytes: 0 }
  for (const item of items) {
    const size = sizeOf(item.entry)
    if (!isLeft(less(room, size))) {
      parts.push([])
      room = less(message, frame.other)
    }
    parts.at(-1)?.push(item)
    room = less(room, size)
  }
  return parts
}

/** The same entries under their sections' headings again. */
function grouped(items: readonly Item[]): Section[] {
  return [...Map.groupBy(items, ({ section }) => section)].map(([section, its]) => ({
    ...section,
    heading: its[0]?.at === 0 ? section.heading : `${section.heading} (continued)`,
    entries: its.map(({ entry }) => entry),
  }))
}

function sizeOf({ title, lines }: Entry): Size {
  const texts = [title, ...lines]
  const sum = (of: (text: string) => number) => texts.reduce((total, text) => total + of(text), 0)
  return {
    characters: sum((text) => text.length + aroundLine.characters),
    bytes: sum((text) => Buffer.byteLength(JSON.stringify(text)) + aroundLine.bytes),
  }
}

function less(room: Size, size: Size): Size {
  return { characters: room.characters - size.characters, bytes: room.bytes - size.bytes }
}

function isLeft({ characters, bytes }: Size): boolean {
  return characters >= 0 && bytes >= 0
}
