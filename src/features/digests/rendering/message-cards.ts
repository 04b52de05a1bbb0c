import { fullDate } from '../../../base/dates.ts'
import { listOf, plural, shorten } from '../../../base/text.ts'
import type { Card } from '../../../chat/cards.ts'
import type { DigestContent, WorkstreamCounts } from '../../../domain/digests/content/content.ts'
import type { Colour } from '../../../domain/scheme/colour.ts'
import { stateIn } from '../../../domain/scheme/scheme-snapshot.ts'
import { actionsOf } from './actions.ts'
import type { SectionItem } from './bin-packing.ts'
import { type DigestSection, digestCard, digestPartCard } from './cards.ts'
import {
  formatCount,
  formatCoverage,
  formatMissingPaths,
  formatOmissions,
  formatOverall,
  headlineOf,
  visibleCounts,
} from './format.ts'
import { formatIssue } from './issue-format.ts'
import { formatTitle } from './sections/abbreviate.ts'
import type { Section } from './sections/section.ts'
import { formatWorkstream, workstreamOverview } from './workstream-overview.ts'

const maxNamesShown = 20
const maxLengths = {
  ...{ programme: 200, scope: 200, officeHeadline: 500, override: 300, decision: 600, name: 30 },
}

interface RootMessage {
  readonly first: readonly SectionItem[]
  readonly rest: readonly SectionItem[]
  /** How a command begins there. */
  readonly prefix: string
}

/** The first message. */
export function rootCard(content: DigestContent, { first, rest, prefix }: RootMessage): Card {
  const { programme, asAt, notes, notUpdated } = content
  const isEmpty = first.length + rest.length === 0
  return digestCard({
    heading: `Weekly digest as at ${fullDate(asAt)}`,
    programme: shorten(programme.title, maxLengths.programme),
    scope: shorten(content.scope ?? '', maxLengths.scope),
    issue: formatIssue(content),
    remarks: [],
    overall: formatOverall(content),
    override: shorten(content.override ?? '', maxLengths.override),
    counts: formatCounts(content),
    officeHeadline: shorten(content.officeHeadline ?? '', maxLengths.officeHeadline),
    headline: headlineOf(content, isEmpty),
    coverage: formatCoverage(content),
    decision: shorten(formatMissingPaths(content), maxLengths.decision),
    sections: groupBySection(first).map(firstMessageSection),
    footer: [
      ...notes,
      formatThreadSummary(content, { first, rest }),
      formatOmissions(content.leftOut, prefix),
    ].filter(Boolean),
    names: formatNames(notUpdated.names ?? []),
    actions: actionsOf(content),
  })
}

function formatCounts({ counts, scheme }: DigestContent) {
  return visibleCounts({ counts, scheme }).map((each) => ({
    text: formatCount(each),
    color: cardColors[stateIn(scheme, each.state).colour],
  }))
}

/** Teams repeats the word and the shape in colour. */
const cardColors: Readonly<Record<Colour, string>> = {
  red: 'Attention',
  amber: 'Warning',
  green: 'Good',
  blue: 'Accent',
  grey: 'Default',
}

/** "Worse (2)", "Worse (first 8 of 11)". */
function firstMessageSection({ section, items }: SectionGroup): DigestSection {
  const all = section.entries.length
  const which = items.length === all ? `${all}` : `first ${items.length} of ${all}`
  return sectionData(`${section.heading} (${which})`, items)
}

/** "In the thread: how each of 8 workstreams stands; by workstream 5 Ambers and 2 more decisions." */
function formatThreadSummary(
  content: DigestContent,
  { first, rest }: Pick<RootMessage, 'first' | 'rest'>,
): string {
  const workstreams = first.length + rest.length > 0 ? workstreamOverview(content) : []
  const overview = workstreams.map(
    ({ entries, noun }) => `how each of ${plural(entries.length, ...noun)} stands`,
  )
  const follows = groupBySection(rest).map(({ section, items: [begin, ...others] }) => {
    const count = others.length + 1
    const [one, many] = section.noun
    // Where the first message begins a section, the thread continues it.
    const more = begin?.index === 0 ? '' : 'more '
    return plural(count, `${more}${one}`, `${more}${many}`)
  })
  const told = [...overview, ...(follows.length > 0 ? [`by workstream ${listOf(follows)}`] : [])]
  return told.length > 0 ? `In the thread: ${told.join('; ')}.` : ''
}

function formatNames(names: readonly string[]): string {
  const shown = names.slice(0, maxNamesShown).map((name) => shorten(name, maxLengths.name))
  const more = names.length - shown.length
  return listOf(more > 0 ? [...shown, `${more} more`] : shown)
}

/** A message of the thread: of one workstream, or of the programme (null). */
export interface ThreadPart {
  readonly workstream: WorkstreamCounts | null
  readonly items: readonly SectionItem[]
}

export function partCard(
  content: DigestContent,
  { workstream, items }: ThreadPart,
  part: { readonly number: number; readonly of: number },
): Card {
  const which = part.of > 1 ? `, part ${part.number} of ${part.of}` : ''
  const heading = `More as at ${fullDate(content.asAt)}${which}`
  const groups = groupBySection(items)
  const holds = listOf(groups.map(({ section, items: its }) => plural(its.length, ...section.noun)))
  return digestPartCard({
    heading,
    summary: `${heading}: ${holds}.`,
    about: workstream ? formatTitle(workstream) : '',
    standing: workstream ? formatWorkstream(workstream, content) : '',
    sections: groups.map(({ section, items: its }) => sectionData(section.heading, its)),
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
