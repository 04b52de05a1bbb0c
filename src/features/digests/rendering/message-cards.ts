import { fullDate } from '../../../base/dates.ts'
import { listOf, plural, shorten } from '../../../base/text.ts'
import type { Card } from '../../../chat/cards.ts'
import type { DigestContent, WorkstreamTold } from '../../../domain/digests/content/content.ts'
import type { Colour } from '../../../domain/programme/settings.ts'
import { stateIn } from '../../../domain/scheme/scheme-snapshot.ts'
import { actionsOf } from './actions.ts'
import type { Item } from './bin-packing.ts'
import { type DigestSection, digestCard, digestPartCard } from './cards.ts'
import {
  countInWords,
  countsShown,
  coverageInWords,
  decisionOf,
  headlineOf,
  leftOutInWords,
  overallInWords,
} from './format.ts'
import { issueInWords } from './issue-format.ts'
import { type Section, titleOf } from './section.ts'
import { overviewOf, workstreamInWords } from './workstream-overview.ts'

const namesShown = 20
const longest = {
  ...{ programme: 200, scope: 200, officeHeadline: 500, override: 300, decision: 600, name: 30 },
}

interface Root {
  readonly first: readonly Item[]
  readonly rest: readonly Item[]
  /** How a command begins there. */
  readonly prefix: string
}

/** The first message. */
export function rootCard(content: DigestContent, { first, rest, prefix }: Root): Card {
  const { programme, asAt, notes, notUpdated } = content
  const isEmpty = first.length + rest.length === 0
  return digestCard({
    heading: `Weekly digest as at ${fullDate(asAt)}`,
    programme: shorten(programme.title, longest.programme),
    scope: shorten(content.scope ?? '', longest.scope),
    issue: issueInWords(content),
    remarks: [],
    overall: overallInWords(content),
    override: shorten(content.override ?? '', longest.override),
    counts: countsOf(content),
    officeHeadline: shorten(content.officeHeadline ?? '', longest.officeHeadline),
    headline: headlineOf(content, isEmpty),
    coverage: coverageInWords(content),
    decision: shorten(decisionOf(content), longest.decision),
    sections: grouped(first).map(beginningOf),
    footer: [
      ...notes,
      threadInWords(content, { first, rest }),
      leftOutInWords(content.leftOut, prefix),
    ].filter(Boolean),
    names: namesInWords(notUpdated.names ?? []),
    actions: actionsOf(content),
  })
}

function countsOf({ counts, scheme }: DigestContent) {
  return countsShown({ counts, scheme }).map((each) => ({
    text: countInWords(each),
    color: colors[stateIn(scheme, each.state).colour],
  }))
}

/** Teams repeats the word and the shape in colour. */
const colors: Readonly<Record<Colour, string>> = {
  red: 'Attention',
  amber: 'Warning',
  green: 'Good',
  blue: 'Accent',
  grey: 'Default',
}

/** "Worse (2)", "Worse (first 8 of 11)". */
function beginningOf({ section, items }: Group): DigestSection {
  const all = section.entries.length
  const which = items.length === all ? `${all}` : `first ${items.length} of ${all}`
  return sectionData(`${section.heading} (${which})`, items)
}

/** "In the thread: how each of 8 workstreams stands; by workstream 5 Ambers and 2 more decisions." */
function threadInWords(
  content: DigestContent,
  { first, rest }: Pick<Root, 'first' | 'rest'>,
): string {
  const workstreams = first.length + rest.length > 0 ? overviewOf(content) : []
  const overview = workstreams.map(
    ({ entries, noun }) => `how each of ${plural(entries.length, ...noun)} stands`,
  )
  const follows = grouped(rest).map(({ section, items: [begin, ...others] }) => {
    const count = plural(others.length + 1, ...section.noun)
    return begin?.at === 0 ? count : count.replace(' ', ' more ')
  })
  const told = [...overview, ...(follows.length > 0 ? [`by workstream ${listOf(follows)}`] : [])]
  return told.length > 0 ? `In the thread: ${told.join('; ')}.` : ''
}

function namesInWords(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).map((name) => shorten(name, longest.name))
  const more = names.length - shown.length
  return listOf(more > 0 ? [...shown, `${more} more`] : shown)
}

/** A message of the thread: of one workstream, or of the programme (null). */
export interface ThreadPart {
  readonly workstream: WorkstreamTold | null
  readonly items: readonly Item[]
}

export function partCard(
  content: DigestContent,
  { workstream, items }: ThreadPart,
  part: { readonly number: number; readonly of: number },
): Card {
  const which = part.of > 1 ? `, part ${part.number} of ${part.of}` : ''
  const heading = `More as at ${fullDate(content.asAt)}${which}`
  const groups = grouped(items)
  const holds = listOf(groups.map(({ section, items: its }) => plural(its.length, ...section.noun)))
  return digestPartCard({
    heading,
    summary: `${heading}: ${holds}.`,
    about: workstream ? titleOf(workstream) : '',
    standing: workstream ? workstreamInWords(workstream, content) : '',
    sections: groups.map(({ section, items: its }) => sectionData(section.heading, its)),
  })
}

interface Group {
  readonly section: Section
  readonly items: readonly Item[]
}

/** Under the headings of their sections again. */
function grouped(items: readonly Item[]): Group[] {
  return [...Map.groupBy(items, ({ section }) => section)].map(([section, its]) => ({
    section,
    items: its,
  }))
}

function sectionData(heading: string, items: readonly Item[]): DigestSection {
  return {
    heading,
    entries: items.map(({ entry: { title, beside, lines } }) => ({
      title,
      beside,
      lines: [...lines],
    })),
  }
}
