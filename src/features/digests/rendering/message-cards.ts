import { fullDate } from '../../../base/dates.ts'
import { listOf, plural, shorten } from '../../../base/text.ts'
import type { Card } from '../../../chat/cards.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import type { ItemGroup, SectionItem } from './bin-packing.ts'
import { type DigestSection, digestPartCard } from './cards.ts'
import { shortenedTexts } from './first-message/first-message.ts'
import { formatOmissions } from './format.ts'
import { formatIssue } from './issue-format.ts'
import { formatTitle } from './sections/abbreviate.ts'
import type { Section } from './sections/section.ts'
import { formatWorkstream } from './workstream-overview.ts'

const maxNamesShown = 20
const maxNameLength = 30

/** What stands together in the thread: what concerns the programme (its title is ''), or a workstream. */
export interface ThreadGroup extends ItemGroup {
  readonly about: string
  readonly standing: string
}

/** The groups of a thread in their order, by the workstream's id; null: the programme. */
export function threadGroups(content: DigestContent): ReadonlyMap<string | null, ThreadGroup> {
  const programme = { title: '', about: '', standing: '' }
  return new Map<string | null, ThreadGroup>([
    [null, programme],
    ...content.workstreams.map((workstream) => {
      const [about, standing] = [formatTitle(workstream), formatWorkstream(workstream, content)]
      return [workstream.id, { title: `${about}  ${standing}`, about, standing }] as const
    }),
  ])
}

/** A message of the thread. */
export interface ThreadPart {
  readonly items: readonly SectionItem<ThreadGroup>[]
  readonly notes: readonly string[]
}

export function partCard(
  { asAt }: DigestContent,
  { items, notes }: ThreadPart,
  part: { readonly number: number; readonly of: number },
): Card {
  const which = part.of > 1 ? `, part ${part.number} of ${part.of}` : ''
  const heading = `More as at ${fullDate(asAt)}${which}`
  const holds = [...Map.groupBy(items, ({ section }) => section)].map(([section, its]) =>
    plural(its.length, ...section.noun),
  )
  return digestPartCard({
    heading,
    summary: holds.length > 0 ? `${heading}: ${listOf(holds)}.` : `${heading}.`,
    groups: [...Map.groupBy(items, ({ group }) => group)].map(([{ about, standing }, its]) => ({
      ...{ about, standing },
      sections: [...Map.groupBy(its, ({ section }) => section)].map(sectionData),
    })),
    notes: [...notes],
  })
}

/** Under the heading of their section again. */
function sectionData([section, items]: [Section, readonly SectionItem[]]): DigestSection {
  return {
    heading: section.heading,
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
