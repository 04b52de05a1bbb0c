import { fullDate } from '../../../base/dates.ts'
import type { DigestContent, MilestoneEntry } from '../../../domain/digests/content/content.ts'
import { formatDue, formatMovedDate } from './format.ts'
import type { LineFormatter } from './line-format.ts'
import type { Section, SectionEntry } from './section.ts'

type MilestoneSectionKey = 'late' | 'moved' | 'due' | 'finished' | 'stillLate' | 'atRisk'

/** What a digest lists of milestones. */
export function milestoneSections(
  content: DigestContent,
  lines: LineFormatter,
): Readonly<Record<MilestoneSectionKey, Section>> {
  const { missed, moved, due, finished, atRisk } = content
  const entry = milestoneEntryFormatter(lines)
  const dueUntil = fullDate(content.dueUntil)
  return {
    late: {
      key: 'late',
      heading: 'Newly late',
      entries: missed.filter(({ isNew }) => isNew).map((each) => entry(each, formatWasDue(each))),
      noun: ['milestone newly late', 'milestones newly late'],
      firstMessageLimit: 6,
    },
    moved: {
      key: 'moved',
      heading: 'Dates that moved',
      entries: moved.map((each) =>
        entry(each, [formatMovedDate(each), ...lines.reason(each, false)].join(': ')),
      ),
      noun: ['moved date', 'moved dates'],
      firstMessageLimit: 6,
    },
    due: {
      key: 'due',
      heading: `Due by ${dueUntil}`,
      entries: due.map((each) => entry(each, formatDue(each))),
      noun: [`milestone due by ${dueUntil}`, `milestones due by ${dueUntil}`],
      firstMessageLimit: 4,
    },
    finished: {
      key: 'finished',
      heading: 'Finished',
      entries: finished.map((each) =>
        entry(each, `done ${fullDate(each.doneOn)}${formatSlippage(each)}`),
      ),
      noun: ['finished milestone', 'finished milestones'],
      firstMessageLimit: 3,
    },
    stillLate: {
      key: 'still late',
      heading: 'Late already last time',
      entries: missed.filter(({ isNew }) => !isNew).map((each) => entry(each, formatWasDue(each))),
      noun: ['milestone late already last time', 'milestones late already last time'],
      firstMessageLimit: 0,
    },
    atRisk: {
      key: 'at risk',
      heading: 'Milestones at risk',
      entries: atRisk.map((each) => entry(each, formatDue(each))),
      noun: ['milestone at risk', 'milestones at risk'],
      firstMessageLimit: 0,
    },
  }
}

const formatWasDue = (each: MilestoneEntry) =>
  `was due ${each.due ? fullDate(each.due) : 'on no date'}${formatSlippage(each)}`

const formatSlippage = ({ slippage }: MilestoneEntry) => (slippage ? `; ${slippage}` : '')

/** The project, then what the milestone is about and what became of it: "All pages written: was due …". */
function milestoneEntryFormatter(lines: LineFormatter) {
  return (each: MilestoneEntry, became: string): SectionEntry => ({
    ...lines.head(each),
    lines: [
      `${each.number}. ${lines.abbreviate(each.about, each.ref)}: ${became}`,
      ...(each.remark ? [lines.abbreviate(each.remark, each.ref)] : []),
    ],
  })
}
