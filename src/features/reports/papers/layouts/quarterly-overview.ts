import { addDays, fullDate } from '../../../../base/dates.ts'
import { headingBlock, type PaperBlock, type PaperCell } from '../../../../base/papers/paper.ts'
import type { DigestContent } from '../../../../domain/digests/content/content.ts'
import type { MeasureEntry } from '../../../../domain/digests/content/measure-entries.ts'
import { deliveryState } from '../../../../domain/plan/plan.ts'
import { registerAsAt } from '../../../../domain/register/rules.ts'
import { stateIn } from '../../../../domain/scheme/scheme-snapshot.ts'
import { rag, schemeOf, stateByKey } from '../../../../domain/scheme/schemes.ts'
import { notMovedBlocks } from '../benefit-tables.ts'
import { dimensionCounts } from '../dimension-tables.ts'
import { factsOf, type PaperLayout } from '../layout.ts'
import { financeRow, moneyOfProgramme } from '../money-tables.ts'
import {
  commentaryCell,
  countsText,
  dashNote,
  dayText,
  directionOf,
  listOr,
  measureColumns,
  measureRow,
  milestonesOf,
  milestonesTable,
  noneFor,
  nothing,
  stateCell,
  tableOr,
} from '../parts.ts'
import type { PaperSnapshot } from '../snapshot.ts'
import { ratingsOverTime } from './ratings-over-time.ts'
import { registerParts } from './register-parts.ts'
import { sinceLastMeeting } from './since-last-meeting.ts'

/** How far ahead a quarter's paper looks, in days. */
const quarter = 92

/** The quarterly overview of CUM. */
export const quarterlyOverview: PaperLayout = {
  key: 'overview',
  title: 'Quarterly overview',
  about:
    'ratings now and before, counts by dimension, exceptions, risks, decisions and what is planned',
  showsMonths: true,
  showsMeeting: true,
  compose: (snapshot) => {
    const { plan, digest } = snapshot
    const { risks, issues, decisions, headlines } = registerParts(snapshot)
    return {
      title: `${plan.programme.title}: quarterly overview`,
      language: 'en-GB',
      facts: [
        ...factsOf(snapshot),
        {
          name: 'Compared with',
          value: digest.previousAsAt ? fullDate(digest.previousAsAt) : 'nothing earlier',
        },
      ],
      blocks: [
        headingBlock(1, 'Overall'),
        overallTable(snapshot),
        dimensionCounts(snapshot),
        ...ratingsOverTime(snapshot),
        headingBlock(1, 'Headlines'),
        ...(digest.officeHeadline ? [listOr('', [digest.officeHeadline])] : []),
        headlines,
        headingBlock(1, 'Ratings by workstream and dimension'),
        gridTable(snapshot),
        headingBlock(1, 'Money'),
        ...moneyOfProgramme(snapshot),
        headingBlock(1, 'Exceptions'),
        exceptionsTable(digest),
        ...notMovedBlocks(snapshot),
        headingBlock(1, 'Measures'),
        tableOr(
          noneFor(snapshot.reader, 'Measures', 'The programme keeps no measures.'),
          'Measures with their last readings',
          measureColumns,
          digest.measures.map(measureRow),
        ),
        headingBlock(1, 'Risks and mitigations'),
        risks,
        headingBlock(1, 'Issues'),
        issues,
        headingBlock(1, 'Decisions needed'),
        decisions,
        ...sinceLastMeeting(snapshot),
        headingBlock(1, 'Planned activity'),
        plannedTable(snapshot),
        headingBlock(1, 'Notes'),
        listOr('', [...digest.notes, dashNote]),
      ],
    }
  },
}

/** The risks row is the worst open one: no rating of risks as a whole is kept. */
function overallTable(snapshot: PaperSnapshot): PaperBlock {
  const { digest, plan, register } = snapshot
  const { programme } = digest.snapshot
  const { scheme } = digest
  const stateNow = stateIn(scheme, programme?.state ?? scheme.blank.key)
  const before = programme?.earlier[0]
  const ownScheme = schemeOf(plan.programme.settings)
  const [worst] = registerAsAt(register, plan.asAt, ownScheme).risks
  return tableOr('', 'Ratings of the programme, now and before', overallColumns, [
    [
      { text: 'Overall' },
      stateCell(stateNow),
      before === undefined ? { text: 'None before' } : stateCell(stateIn(scheme, before)),
      { text: directionOf(programme?.movement) },
    ],
    ...(worst
      ? [
          [
            { text: 'The worst open risk' },
            stateCell(stateByKey(ownScheme, worst.state)),
            { text: 'Not kept' },
            { text: 'Not kept' },
          ],
        ]
      : []),
    ...financeRow(snapshot),
  ])
}

const overallColumns = [
  ['Rating of', 3],
  ['Current', 2],
  ['Previous', 2],
  ['Direction of travel', 3],
] as const

/** Workstreams down, dimensions across (CUM): each cell has its colour in words, and its counts. */
function gridTable(snapshot: PaperSnapshot): PaperBlock {
  const { digest, reader } = snapshot
  const kinds = ['kpi', 'quality', 'feedback'] as const
  const rows = digest.workstreams.map(({ id, ref, title, counts }): PaperCell[] => {
    const standing = digest.snapshot.workstreams.find((one) => one.id === id)
    const state = stateIn(digest.scheme, standing?.state ?? digest.scheme.blank.key)
    const told = counts.map((one) => `${one.count} ${stateIn(digest.scheme, one.state).label}`)
    return [
      { text: `${ref} ${title}` },
      stateCell(state, told.join(', ')),
      ...kinds.map((kind) => ({ text: measureCounts(measuresOf(snapshot, id, kind), reader) })),
    ]
  })
  const whole: PaperCell[] = [
    { text: 'Whole programme' },
    { text: digest.counts.map(({ count, label }) => `${count} ${label}`).join(', ') },
    ...kinds.map((kind) => {
      return {
        text: measureCounts(
          digest.measures.filter((one) => one.kind === kind),
          reader,
        ),
      }
    }),
  ]
  return tableOr(
    '',
    'Projects and measures by their ratings',
    [
      ['Workstream', 3],
      ['Activity (projects)', 2.5],
      ['KPI', 2],
      ['Quality', 2],
      ['Feedback', 2],
    ],
    [...rows, whole],
  )
}

/** Those of a workstream's projects, and those that speak for it as a whole; each once. */
function measuresOf(
  { digest, plan, links }: PaperSnapshot,
  workstreamId: string,
  kind: MeasureEntry['kind'],
): MeasureEntry[] {
  const own = new Set(
    plan.projects.flatMap((one) => (one.workstreamId === workstreamId ? one.id : [])),
  )
  return digest.measures.filter(
    (one) =>
      one.kind === kind &&
      (links.measures.get(one.measureId) === workstreamId ||
        one.projects.some(({ id }) => own.has(id))),
  )
}

function measureCounts(measures: readonly MeasureEntry[], reader: PaperSnapshot['reader']): string {
  if (reader === 'public') return 'Not shown'
  if (measures.length === 0) return 'None kept'
  return countsText(
    rag.states,
    measures.map(({ state }) => state),
  )
}

/** What got worse, and what stays in a state that needs a reason: each project once. */
function exceptionsTable(digest: DigestContent): PaperBlock {
  const { worse, attention, newlyRated, scheme, previousAsAt } = digest
  const unmoved = previousAsAt ? 'unchanged' : nothing
  const rated = newlyRated.map((one) => ({ one, state: one.state, note: 'rated since' }))
  const moved = worse.map((one) => ({ one, state: one.to, note: 'worse' }))
  const stays = attention.flatMap(({ state, entries }) =>
    entries.map((one) => ({ one, state, note: unmoved })),
  )
  return tableOr(
    'No project is in a state that needs a reason.',
    'Projects that need attention: first what got worse',
    [
      ['Project', 3],
      ['Rating', 1.6],
      ['Movement', 1.3],
      ['Why', 5],
      ['Back to Green by', 1.8],
    ],
    [...moved, ...rated, ...stays].map(({ one, state, note }) => [
      { text: `${one.ref} ${one.title}` },
      stateCell(stateIn(scheme, state)),
      { text: note },
      commentaryCell(one.reason),
      { text: dayText(one.greenBy) },
    ]),
  )
}

function plannedTable({ plan }: PaperSnapshot): PaperBlock {
  const until = addDays(plan.asAt, quarter)
  const planned = milestonesOf(plan.projects)
    .filter(({ milestone }) => {
      const { due } = milestone
      const isDone = deliveryState(milestone, plan.asAt) === 'completed'
      return due !== null && due <= until && !isDone
    })
    .toSorted((one, other) => (one.milestone.due ?? '').localeCompare(other.milestone.due ?? ''))
  return milestonesTable(planned, plan.asAt, {
    none: `No milestone is overdue or due by ${fullDate(until)}.`,
    caption: `Milestones that are overdue, and those due by ${fullDate(until)}`,
  })
}
