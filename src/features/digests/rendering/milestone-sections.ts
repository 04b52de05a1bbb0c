import { fullDate } from '../../../base/dates.ts'
import type { DigestContent, MilestoneEntry } from '../../../domain/digests/content/content.ts'
import { dueInWords, movedInWords } from './format.ts'
import type { Lines } from './line-format.ts'
import type { Entry, Section } from './section.ts'

type Key = 'late' | 'moved' | 'due' | 'finished' | 'stillLate' | 'atRisk'

/** What a digest lists of milestones. */
export function milestoneSections(
  content: DigestContent,
  lines: Lines,
): Readonly<Record<Key, Section>> {
  const { missed, moved, due, finished, atRisk } = content
  const entry = entryOf(lines)
  const dueUntil = fullDate(content.dueUntil)
  return {
    late: {
      key: 'late',
      heading: 'Newly late',
      entries: missed.filter(({ isNew }) => isNew).map((each) => entry(each, wasDue(each))),
      noun: ['milestone newly late', 'milestones newly late'],
      atFirst: 6,
    },
    moved: {
      key: 'moved',
      heading: 'Dates that moved',
      entries: moved.map((each) =>
        entry(each, [movedInWords(each), ...lines.reason(each, false)].join(': ')),
      ),
      noun: ['moved date', 'moved dates'],
      atFirst: 6,
    },
    due: {
      key: 'due',
      heading: `Due by ${dueUntil}`,
      entries: due.map((each) => entry(each, dueInWords(each))),
      noun: [`milestone due by ${dueUntil}`, `milestones due by ${dueUntil}`],
      atFirst: 4,
    },
    finished: {
      key: 'finished',
      heading: 'Finished',
      entries: finished.map((each) => entry(each, `done ${fullDate(each.doneOn)}${moves(each)}`)),
      noun: ['finished milestone', 'finished milestones'],
      atFirst: 3,
    },
    stillLate: {
      key: 'still late',
      heading: 'Late already last time',
      entries: missed.filter(({ isNew }) => !isNew).map((each) => entry(each, wasDue(each))),
      noun: ['milestone late already last time', 'milestones late already last time'],
      atFirst: 0,
    },
    atRisk: {
      key: 'at risk',
      heading: 'Milestones at risk',
      entries: atRisk.map((each) => entry(each, dueInWords(each))),
      noun: ['milestone at risk', 'milestones at risk'],
      atFirst: 0,
    },
  }
}

const wasDue = (each: MilestoneEntry) =>
  `was due ${each.due ? fullDate(each.due) : 'on no date'}${moves(each)}`

const moves = ({ slippage }: MilestoneEntry) => (slippage ? `; ${slippage}` : '')

/** The project, then what the milestone is about and what became of it: "All pages written: was due …". */
function entryOf(lines: Lines) {
  return (each: MilestoneEntry, became: string): Entry => ({
    ...lines.head(each),
    lines: [
      `${each.number}. ${lines.folded(each.about, each.ref)}: ${became}`,
      ...(each.remark ? [lines.folded(each.remark, each.ref)] : []),
    ],
  })
}
