import { fullDate } from '../../../../base/dates.ts'
import { shorten } from '../../../../base/text.ts'
import type { Card } from '../../../../chat/cards.ts'
import type { DigestContent } from '../../../../domain/digests/content/content.ts'
import type { Colour } from '../../../../domain/scheme/colour.ts'
import { stateIn } from '../../../../domain/scheme/scheme-snapshot.ts'
import { actionsOf } from '../actions.ts'
import { digestCard } from '../cards.ts'
import { formatCount, formatCoverage, formatOverall, headlineOf, visibleCounts } from '../format.ts'
import { formatIssue, formatIssueNumber } from '../issue-format.ts'
import type { Brief, Section } from '../sections/section.ts'
import { fillBudget } from './budget.ts'
import { formatChanges } from './headline.ts'
import { type DigestCardData, firstMessageBudget, readingSize } from './reading-size.ts'
import { formatThreadSummary } from './thread-summary.ts'

/** What the first message shortens stands whole in the thread. */
const maxLengths = { programme: 80, scope: 100, officeHeadline: 200, override: 130 }

interface FirstMessage {
  readonly sections: readonly Section[]
  /** How each workstream stands, in the thread. */
  readonly overview: readonly Section[]
  /** What stands at its foot where nothing follows in a thread; null where something does. */
  readonly notes: readonly string[] | null
}

/**
 * The first message of a digest, to be read in half a minute whatever the size of the programme: the colour and the
 * counts, what is to be decided, what is worse or newly overdue and whose it is; then what the thread has.
 */
export function firstMessage(content: DigestContent, told: FirstMessage): Card {
  const lists = told.sections.filter(({ firstMessageLimit, entries }) => {
    return firstMessageLimit > 0 && entries.some(({ brief }) => brief)
  })
  const dataWith = (shown: readonly number[]) => cardData(content, told, listsOf(lists, shown))
  const limits = lists.map(({ firstMessageLimit, entries }) =>
    Math.min(firstMessageLimit, entries.length),
  )
  const fits = (shown: readonly number[]) => isInBudget(dataWith(shown))
  const askedLimits = limits.map((limit, at) => (lists[at]?.isAsked ? limit : 0))
  const asked = fillBudget(askedLimits, fits)
  return digestCard(dataWith(fillBudget(limits, fits, asked)))
}

function isInBudget(card: DigestCardData): boolean {
  const { words, height } = readingSize(card)
  return words <= firstMessageBudget.words && height <= firstMessageBudget.height
}

/** A list of the first message, as far as it is shown. */
interface ShownList {
  readonly section: Section
  readonly briefs: readonly Brief[]
}

const listsOf = (sections: readonly Section[], shown: readonly number[]): ShownList[] =>
  sections.map((section, at) => ({
    section,
    briefs: section.entries.slice(0, shown[at] ?? 0).flatMap(({ brief }) => brief ?? []),
  }))

function cardData(
  content: DigestContent,
  { sections, overview, notes }: FirstMessage,
  lists: readonly ShownList[],
): DigestCardData {
  const shown = lists.filter(({ briefs }) => briefs.length > 0)
  const counted = sections
    .filter((section) => !shown.some((list) => list.section === section))
    .toSorted((one, other) => Number(other.isAsked) - Number(one.isAsked))
  return {
    heading: `Weekly digest as at ${fullDate(content.asAt)}`,
    summary: headlineOf(content, sections.length === 0),
    programme: shorten(content.programme.title, maxLengths.programme),
    scope: shorten(content.scope ?? '', maxLengths.scope),
    issue: notes ? formatIssue(content) : formatIssueNumber(content),
    remarks: [],
    overall: formatOverall(content),
    override: shorten(content.override ?? '', maxLengths.override),
    counts: formatCounts(content),
    officeHeadline: shorten(content.officeHeadline ?? '', maxLengths.officeHeadline),
    headline: formatChanges(content, sections.length === 0).told,
    coverage: formatCoverage(content),
    sections: shown.filter(({ section }) => !section.isOneLine).map(sectionData),
    oneLiners: shown.filter(({ section }) => section.isOneLine).map(oneLinerData),
    footer: notes ? [...notes] : [formatThreadSummary([...overview, ...counted], shown.length > 0)],
    actions: actionsOf(content),
  }
}

/** What the first message shortens, whole. */
export function shortenedTexts(content: DigestContent): string[] {
  const { officeHeadline, override } = content
  const texts = [
    { text: officeHeadline ?? '', max: maxLengths.officeHeadline },
    { text: override ?? '', max: maxLengths.override },
    { text: content.scope ?? '', max: maxLengths.scope },
    { text: content.programme.title, max: maxLengths.programme },
  ]
  const { told, whole } = formatChanges(content)
  return [
    ...texts.flatMap(({ text, max }) => (text.length > max ? [text] : [])),
    ...(told === whole ? [] : [whole]),
  ]
}

function sectionData({ section, briefs }: ShownList): DigestCardData['sections'][number] {
  return {
    heading: headingOf(section, briefs.length),
    entries: briefs.map(({ title, text, action }) => ({
      ...{ title, beside: text, lines: [] },
      ...(action && { actions: [{ ...action, data: { ...action.data } }] }),
    })),
  }
}

function oneLinerData({ section, briefs }: ShownList): DigestCardData['oneLiners'][number] {
  return {
    heading: `${headingOf(section, briefs.length)}: `,
    runs: briefs.flatMap(({ title, text }, at) => {
      const end = at < briefs.length - 1 ? '; ' : ''
      return [
        { text: title, weight: 'Bolder' as const },
        { text: `${text && ` ${text}`}${end}`, weight: 'Default' as const },
      ].filter((run) => run.text !== '')
    }),
  }
}

/** "Worse (2)", "Worse (3 of 11 shown)". */
function headingOf({ heading, entries }: Section, shown: number): string {
  return `${heading} (${shown === entries.length ? shown : `${shown} of ${entries.length} shown`})`
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
