import type { PaperBlock, PaperCell } from '../../../../base/papers/paper.ts'
import { headingBlock, missing } from '../../../../base/papers/paper.ts'
import { colourStyles } from '../../../../domain/scheme/palette.ts'
import type { State } from '../../../../domain/scheme/schemes.ts'
import type { Summary, SummaryRow } from '../../summary/rows.ts'
import { summaryOf } from '../../summary/summary.ts'
import { factsOf, type PaperLayout } from '../layout.ts'
import { ratingsOverTime } from './ratings-over-time.ts'
import { sinceLastMeeting } from './since-last-meeting.ts'

/** The summary sheet of W17: each project with its rating, the lead's words and two months of milestones. */
export const summarySheet: PaperLayout = {
  key: 'summary',
  title: 'Summary sheet',
  about: 'each project with its rating, commentary and the milestones of two months',
  showsMonths: true,
  showsMeeting: true,
  compose: (snapshot) => {
    const { plan, reader } = snapshot
    const summary = summaryOf({ plan, reader, remarks: snapshot.digest.notes })
    return {
      title: `${plan.programme.title}: summary sheet`,
      language: 'en-GB',
      facts: factsOf(snapshot),
      blocks: [
        headingBlock(1, 'Ratings'),
        keyTable(summary),
        ...workstreamParts(summary),
        ...ratingsOverTime(snapshot),
        ...sinceLastMeeting(snapshot),
        headingBlock(1, 'Notes'),
        {
          kind: 'list',
          items: [...footersOf(summary), 'A dash says that nothing is recorded there.'],
        },
      ],
    }
  },
}

/** A coloured cell with its letter or word. */
function ratingCell(state: State, text: string): PaperCell {
  const { fill, ink } = colourStyles[state.colour]
  return text === '' ? { text: state.label } : { text, bold: true, look: { fill, ink } }
}

function keyTable({ rows }: Summary): PaperBlock {
  const keys = rows.flatMap((row) => (row.kind === 'key' ? [row] : []))
  return {
    kind: 'table',
    caption: 'What the ratings mean, and how many projects have each',
    columns: [
      { heading: 'Rating', share: 1 },
      { heading: 'Meaning and number of projects', share: 5 },
    ],
    rows: keys.map(({ state, rating, text }) => [ratingCell(state, rating), { text }]),
  }
}

/** The day stands below the title, where a later paper does not differ by it. */
const footersOf = ({ rows }: Summary): string[] =>
  rows.flatMap((row) => (row.kind === 'footer' ? [row.text.replace(/^As at [^:]+: /, '')] : []))

/**
 * A heading and a table for each workstream: the published sheet has one table whose rows of workstreams go across it,
 * which a screen reader cannot follow.
 */
function workstreamParts({ rows, headings }: Summary): PaperBlock[] {
  const parts: { name: string; projects: (SummaryRow & { kind: 'project' })[] }[] = []
  for (const row of rows) {
    if (row.kind === 'workstream') parts.push({ name: `${row.ref} ${row.title}`, projects: [] })
    if (row.kind === 'project') parts.at(-1)?.projects.push(row)
  }
  return parts.flatMap(({ name, projects }) => [
    headingBlock(1, name),
    projects.length > 0
      ? projectTable(name, headings, projects)
      : missing('No project of this workstream is in the plan on this day.'),
  ])
}

/** How wide the six columns of the sheet are. */
const shares = [1, 4, 1.3, 6, 4, 4]

function projectTable(
  name: string,
  headings: readonly string[],
  projects: readonly (SummaryRow & { kind: 'project' })[],
): PaperBlock {
  return {
    kind: 'table',
    caption: `Projects of ${name}`,
    columns: headings.map((heading, at) => ({ heading, share: shares[at] ?? 1 })),
    rows: projects.map(({ ref, title, state, rating, commentary, months }) => [
      { text: ref },
      { text: title },
      ratingCell(state, rating),
      ...[commentary, ...months].map((text) => ({ text: text || '–' })),
    ]),
  }
}
