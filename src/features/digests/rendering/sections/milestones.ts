import { type CivilDate, daysBetween, fullDate } from '../../../../base/dates.ts'
import { plural } from '../../../../base/text.ts'
import { isFirstDigest, type MilestoneEntry } from '../../../../domain/digests/content/content.ts'
import { besideProject, briefMilestone, briefTitle } from './abbreviate.ts'
import type { LineFormatter } from './line-format.ts'
import type { Brief, SectionEntry } from './section.ts'
import type { SectionDescriptor } from './section-descriptor.ts'

export const newlyOverdueSection: SectionDescriptor = {
  key: 'newly overdue',
  firstMessageLimit: 4,
  isAsked: true,
  build: ({ missed, asAt }, lines) => [
    {
      heading: 'Newly overdue',
      entries: missed
        .filter(({ isNew }) => isNew)
        .map((milestone) => ({
          ...milestoneEntry(milestone, formatWasDue(milestone), lines),
          brief: overdueBrief(milestone, asAt, lines),
        })),
      noun: ['milestone newly overdue', 'milestones newly overdue'],
    },
  ],
}

/** In a first digest, all that are overdue. */
export const stillOverdueSection: SectionDescriptor = {
  key: 'still overdue',
  firstMessageLimit: 3,
  build: (content, lines) => {
    const { missed, asAt } = content
    const isFirst = isFirstDigest(content)
    return [
      {
        heading: isFirst ? 'Overdue' : 'Still overdue',
        entries: missed
          .filter(({ isNew }) => !isNew)
          .map((milestone) => ({
            ...milestoneEntry(milestone, formatWasDue(milestone), lines),
            brief: isFirst
              ? overdueBrief(milestone, asAt, lines)
              : stillOverdueBrief(milestone, asAt, lines),
          })),
        isOneLine: !isFirst,
        noun: isFirst
          ? ['overdue milestone', 'overdue milestones']
          : ['milestone still overdue', 'milestones still overdue'],
      },
    ]
  },
}

export const movedSection: SectionDescriptor = {
  key: 'moved',
  firstMessageLimit: 0,
  build: ({ moved }, lines) => [
    {
      heading: 'Dates that moved',
      entries: moved.map((milestone) => {
        const text = [formatMovedDate(milestone), ...lines.reason(milestone, false)].join(': ')
        return milestoneEntry(milestone, text, lines)
      }),
      noun: ['moved date', 'moved dates'],
    },
  ],
}

export const dueSection: SectionDescriptor = {
  key: 'due',
  firstMessageLimit: 0,
  build: ({ due, dueUntil }, lines) => [
    {
      heading: `Due by ${fullDate(dueUntil)}`,
      entries: due.map((milestone) => milestoneEntry(milestone, formatDue(milestone), lines)),
      noun: ['milestone due soon', 'milestones due soon'],
    },
  ],
}

export const finishedSection: SectionDescriptor = {
  key: 'finished',
  firstMessageLimit: 3,
  isOneLine: true,
  build: ({ finished }, lines) => [
    {
      heading: 'Finished',
      entries: finished.map((milestone) => {
        const by = milestone.isDayUnknown ? 'by ' : ''
        const text = `done ${by}${fullDate(milestone.doneOn)}${formatSlippage(milestone)}`
        return {
          ...milestoneEntry(milestone, text, lines),
          brief: { title: briefMilestone(milestone), text: '' },
        }
      }),
      noun: ['finished milestone', 'finished milestones'],
    },
  ],
}

/** Flagged by their owners, and due later than those of `dueSection`. */
export const atRiskSection: SectionDescriptor = {
  key: 'at risk',
  firstMessageLimit: 0,
  build: ({ atRisk }, lines) => [
    {
      heading: 'Milestones at risk',
      entries: atRisk.map((milestone) => milestoneEntry(milestone, formatDue(milestone), lines)),
      noun: ['milestone at risk', 'milestones at risk'],
    },
  ],
}

/** Its project, then the milestone and what became of it: "2. All pages written: was due …". */
function milestoneEntry(
  milestone: MilestoneEntry,
  outcome: string,
  lines: LineFormatter,
): SectionEntry {
  const { number, about, remark, ref } = milestone
  return {
    ...lines.head(milestone),
    lines: [
      `${number}. ${lines.abbreviate(about, ref)}: ${outcome}`,
      ...(remark ? [lines.abbreviate(remark, ref)] : []),
    ],
  }
}

/** '2. Rota agreed. Ana Lee: 3 days overdue; was Fri 30 Jun 2017, moved twice'. */
function overdueBrief(milestone: MilestoneEntry, asAt: CivilDate, lines: LineFormatter): Brief {
  const days = formatDaysLate(milestone, asAt)
  const late = `${days ? `${days} ` : ''}overdue${formatSlippage(milestone)}`
  const parts = [besideProject(milestone), lines.owned(milestone, late)]
  return { title: briefTitle(milestone), text: parts.filter(Boolean).join('. ') }
}

/** 'Rota agreed', '13 days, Ana Lee'. */
function stillOverdueBrief(
  milestone: MilestoneEntry,
  asAt: CivilDate,
  lines: LineFormatter,
): Brief {
  const parts = [formatDaysLate(milestone, asAt), lines.owned(milestone, '')]
  return { title: briefMilestone(milestone), text: parts.filter(Boolean).join(', ') }
}

/** '3 days'; '' where it has no day any more. */
const formatDaysLate = ({ due }: MilestoneEntry, asAt: CivilDate): string =>
  due ? plural(daysBetween(due, asAt), 'day') : ''

function formatWasDue(milestone: MilestoneEntry): string {
  const { due } = milestone
  return `was due ${due ? fullDate(due) : 'on no date'}${formatSlippage(milestone)}`
}

const formatSlippage = ({ slippage }: MilestoneEntry) => (slippage ? `; ${slippage}` : '')

/** 'due Fri 31 Mar 2017; was Wed 1 Mar 2017, moved once'. */
function formatDue({ due, slippage }: MilestoneEntry): string {
  return [due ? `due ${fullDate(due)}` : 'no date', slippage].filter(Boolean).join('; ')
}

/** 'was Fri 30 Jun 2017, moved twice, now Thu 31 Aug 2017'; 'had no date, now Thu 31 Aug 2017'. */
function formatMovedDate({
  due,
  slippage,
  from,
}: MilestoneEntry & { readonly from: CivilDate | null }): string {
  const before = slippage ?? (from ? `was ${fullDate(from)}` : 'had no date')
  return `${before}, now ${due ? fullDate(due) : 'without a date'}`
}
