import { fullDate } from '../../base/dates.ts'
import { shorten } from '../../base/text.ts'
import type { Card } from '../../chat/cards.ts'
import { programmeCard } from './cards.ts'
import {
  changeSections,
  chatLimits,
  contradictionSections,
  exceptionSections,
  paperLimits,
  type SectionLimits,
  type StatusSection,
} from './sections.ts'
import type { StatusReport } from './status-report.ts'

/** How many workstreams a card shows before it counts the rest. */
const workstreamsShown = 15

/** A status in chat: what changed where that was asked for, else what needs a look. */
export function programmeView(status: StatusReport, prefix: string): Card {
  const { programme, asAt, rollUp, changes } = status
  const left = rollUp.workstreams.length - workstreamsShown
  return programmeCard({
    heading: changes
      ? `Changed from ${fullDate(changes.since)} to ${fullDate(asAt)}`
      : `Status as at ${fullDate(asAt)}`,
    programme: `${programme.key} ${shorten(programme.title, 120)}`,
    colour: shorten(rollUp.programme.inWords, 400),
    counts: formatCounts(status),
    policy: `Rolled up: ${status.policy.inWords}.`,
    workstreams: rollUp.workstreams.slice(0, workstreamsShown).map((each) => ({
      title: `${each.ref} ${shorten(each.title, 80)}`,
      colour: shorten(each.inWords, 200),
      counts: each.countsInWords,
    })),
    sections: sectionsOf(status, chatLimits).map((one) => ({ ...one, lines: [...one.lines] })),
    footer: [
      left > 0 && `${left} more workstreams are not shown.`,
      `For another day: ${prefix} status on 24 Feb 2017. What changed: ${prefix} status since 24 Feb 2017.`,
    ]
      .filter((line) => line !== false)
      .join(' '),
  })
}

function formatCounts({ counts: { inWords, setAside } }: StatusReport): string {
  return setAside ? `${inWords}. Set aside: ${setAside}` : inWords
}

function sectionsOf(status: StatusReport, room: SectionLimits): StatusSection[] {
  const { exceptions, contradictions, changes } = status
  if (changes) return changeSections(changes, room)
  return [
    ...exceptionSections(exceptions, status, room),
    ...contradictionSections(contradictions, room),
  ]
}

/** The whole of it for people at a terminal. */
export function formatStatusReport(status: StatusReport): string {
  const { programme, asAt, rollUp, policy, changes } = status
  const heading = [
    `${programme.key} ${programme.title}, as at ${fullDate(asAt)}`,
    rollUp.programme.inWords,
    formatCounts(status),
    `Rolled up: ${policy.inWords}.`,
  ]
  const workstreams = rollUp.workstreams.map(
    ({ ref, title, inWords, countsInWords }) => `  ${ref} ${title}: ${inWords}. ${countsInWords}`,
  )
  const lists = [
    ...(changes ? [{ heading: `CHANGED SINCE ${fullDate(changes.since)}`, lines: [] }] : []),
    ...(changes ? changeSections(changes, paperLimits) : []),
    ...(changes ? [{ heading: `AS AT ${fullDate(asAt)}`, lines: [] }] : []),
    ...sectionsOf({ ...status, changes: null }, paperLimits),
  ]
  return [
    heading.join('\n'),
    ['Workstreams', ...workstreams].join('\n'),
    ...lists.map((one) => [one.heading, ...one.lines.map((line) => `  ${line}`)].join('\n')),
  ].join('\n\n')
}
