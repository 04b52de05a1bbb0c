import { fullDate } from '../../../base/dates.ts'
import { listOf, plural, shorten } from '../../../base/text.ts'
import type { Card } from '../../../chat/cards.ts'
import type { DigestContent, WorkstreamCounts } from '../../../domain/digests/content/content.ts'
import type { SectionItem } from './bin-packing.ts'
import { type DigestSection, digestPartCard } from './cards.ts'
import { shortenedTexts } from './first-message/first-message.ts'
import { formatOmissions } from './format.ts'
import { formatIssue } from './issue-format.ts'
import { formatTitle } from './sections/abbreviate.ts'
import type { Section } from './sections/section.ts'
import { formatWorkstream } from './workstream-overview.ts'

const maxNamesShown = 20
const maxNameLength = 30

/** A message of the thread: of one workstream, or of the programme (null). */
export interface ThreadPart {
  readonly workstream: WorkstreamCounts | null
  readonly items: readonly SectionItem[]
  readonly notes: readonly string[]
}

export function partCard(
  content: DigestContent,
  { workstream, items, notes }: ThreadPart,
  part: { readonly number: number; readonly of: number },
): Card {
  const which = part.of > 1 ? `, part ${part.number} of ${part.of}` : ''
  const heading = `More as at ${fullDate(content.asAt)}${which}`
  const groups = groupBySection(items)
  const holds = groups.map(({ section, items: its }) => plural(its.length, ...section.noun))
  return digestPartCard({
    heading,
    summary: holds.length > 0 ? `${heading}: ${listOf(holds)}.` : `${heading}.`,
    about: workstream ? formatTitle(workstream) : '',
    standing: workstream ? formatWorkstream(workstream, content) : '',
    sections: groups.map(({ section, items: its }) => sectionData(section.heading, its)),
    notes: [...notes],
  })
}

interface SectionGroup {
  readonly section: Section
  readonly items: readonly SectionItem[]
}

/** Under the headings of their sections again. */
function groupBySection(items: readonly SectionItem[]): SectionGroup[] {
  return [...Map.groupBy(items, ({ section }) => section)].map(([section, its]) => ({
    section,
    items: its,
  }))
}

function sectionData(heading: string, items: readonly SectionItem[]): DigestSection {
  return {
    heading,
    entries: items.map(({ entry: { title, beside, lines } }) => ({
      title,
      beside,
      lines: [...lines],
    })),
  }
}

/** What belongs to the digest besides its lists: notes, what is not listed, who has not updated. */
export function formatNotes(content: DigestContent, prefix: string): string[] {
  const names = formatNames(content.notUpdated.names ?? [])
  return [
    ...content.notes,
    formatOmissions(content.leftOut, prefix),
    names && `No update from projects led by ${names}`,
  ].filter(Boolean)
}

/** The same where a thread follows: with its dates, and what the first message shortens. */
export function formatThreadNotes(content: DigestContent, prefix: string): string[] {
  return [formatIssue(content), ...shortenedTexts(content), ...formatNotes(content, prefix)].filter(
    Boolean,
  )
}

function formatNames(names: readonly string[]): string {
  const shown = names.slice(0, maxNamesShown).map((name) => shorten(name, maxNameLength))
  const more = names.length - shown.length
  return listOf(more > 0 ? [...shown, `${more} more`] : shown)
}
