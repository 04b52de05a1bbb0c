import { fullDate } from '../../../../base/dates.ts'
import { Refusal } from '../../../../base/errors.ts'
import { headingBlock, missing, type PaperBlock, paragraph } from '../../../../base/papers/paper.ts'
import { fold, listOf, shorten } from '../../../../base/text.ts'
import { formatPeriod } from '../../../../domain/measures/format.ts'
import { effectiveReadings } from '../../../../domain/measures/measure.ts'
import { formatDueDay, formatMilestoneTiming } from '../../../../domain/plan/format.ts'
import {
  type Milestone,
  milestoneText,
  type Plan,
  type Project,
} from '../../../../domain/plan/plan.ts'
import { factsOf, type PaperLayout } from '../layout.ts'
import {
  dayText,
  listOr,
  measureColumns,
  measureName,
  measureRow,
  nothing,
  tableOr,
  textCell,
} from '../parts.ts'
import type { PaperSnapshot } from '../snapshot.ts'
import {
  countMilestones,
  doneSentences,
  type MilestoneCounts,
  packSummary,
} from './inspection-counts.ts'
import { standingTable } from './standing-table.ts'

/** For an inspector: what was done about a recommendation, how that is known, what came of it and what comes next. */
export const inspectionPack: PaperLayout = {
  key: 'inspection',
  title: 'Inspection pack',
  about: 'of a recommendation: what was done, how we know, impact and what next, with evidence',
  subject: 'a recommendation',
  firstSubject: ({ links }) => links.recommendations[0]?.ref,
  compose: (snapshot, ref) => {
    const { plan, links } = snapshot
    const recommendation = recommendationIn(snapshot, ref)
    const projects = plan.projects.filter(({ id }) =>
      links.projects.get(id)?.recommendations.includes(recommendation.ref),
    )
    const counts = countMilestones(projects, plan)
    return {
      title: `${plan.programme.title}: recommendation ${recommendation.ref}`,
      language: 'en-GB',
      facts: factsOf(snapshot),
      blocks: [
        headingBlock(1, 'Summary'),
        paragraph(packSummary(projects, ownMeasures(snapshot, projects), plan)),
        headingBlock(1, 'The recommendation'),
        ...wordsOf(recommendation),
        headingBlock(1, 'Key'),
        listOr('', keyItems(snapshot)),
        headingBlock(1, 'What was done'),
        ...doneParts(snapshot, counts),
        headingBlock(1, 'Projects that answer it'),
        standingTable(snapshot, projects, {
          none: 'No project answers this recommendation.',
          caption: 'Projects that answer the recommendation',
        }),
        headingBlock(1, 'How we know'),
        evidenceOf(counts),
        measuresTable(snapshot, projects),
        headingBlock(1, 'Impact'),
        impactTable(snapshot, projects),
        headingBlock(1, 'What comes next'),
        ...nextParts(snapshot, counts),
        headingBlock(1, 'Notes'),
        listOr('', [...snapshot.digest.notes, linksNote(plan)]),
      ],
    }
  },
}

/** @throws Refusal where the programme has none of that number, or it is not for these readers */
function recommendationIn({ links, reader }: PaperSnapshot, ref: string) {
  const found = links.recommendations.find((one) => fold(one.ref) === fold(ref))
  if (found) return found
  if (reader === 'public') {
    throw new Refusal('Recommendations are not shown to the public. Nothing was written.')
  }
  const refs = links.recommendations.map((one) => one.ref)
  const known = refs.length > 0 ? `There are ${listOf(refs)}.` : 'The programme has none.'
  throw new Refusal(`There is no recommendation “${ref}”. ${known} Nothing was written.`)
}

/** Of a recommendation its number and its words are kept, and nothing of who made it. */
function wordsOf({ text }: { readonly text: string | null }): PaperBlock[] {
  return text === null
    ? [missing('The words of the recommendation, who made it and when are not recorded.')]
    : [paragraph(text), missing('Who made the recommendation and when are not recorded.')]
}

/** What the signs and words of the tables mean: it stands before the first of them. */
function keyItems({ digest }: PaperSnapshot): string[] {
  return [
    `${nothing} means that nothing is recorded.`,
    'Not rated: of a project, no rating has been reported; of a measure, there is no reading, or none that can be rated.',
    'Not known: of a measure, there are no two figures to compare, or which way they should go is not recorded.',
    ...(digest.owners === null ? ['No lead is named: this programme leaves names out.'] : []),
  ]
}

const linksNote = ({ asAt }: Plan): string =>
  'Which projects answer the recommendation, and which measures belong to them, is shown as recorded when this paper ' +
  `was made; all else is as at ${fullDate(asAt)}.`

/** Its number, and as much of its title as a cell of a list has room for: the whole is in the table of projects. */
const shortProject = ({ ref, title }: Project): string => `${ref} ${shorten(title, 60)}`

function doneParts({ plan }: PaperSnapshot, counts: MilestoneCounts): PaperBlock[] {
  const told = paragraph(doneSentences(counts, plan))
  if (counts.done.length === 0) return [told]
  const table = tableOr(
    '',
    'Milestones that were reported done',
    [
      ['Project', 3],
      ['Milestone', 5],
      ['Done on', 2],
      ['Evidence', 4],
    ],
    counts.done.map(({ project, milestone }) => [
      { text: shortProject(project) },
      { text: milestoneText(milestone) },
      { text: milestone.completion?.isDayUnknown ? 'Day not known' : dayText(milestone.doneOn) },
      textCell(milestone.completion?.evidence),
    ]),
  )
  return [told, table]
}

function evidenceOf({ done }: MilestoneCounts): PaperBlock {
  const shown = done.filter(({ milestone }) => milestone.completion?.evidence)
  return paragraph(
    done.length === 0
      ? 'Nothing was reported done, so there is no evidence of it.'
      : `${shown.length} of ${done.length} milestones that were reported done have a link to what shows it, in their table above.`,
  )
}

const ownMeasures = ({ measures }: PaperSnapshot, projects: readonly Project[]) => {
  const ids = new Set(projects.map(({ id }) => id))
  return measures.filter((measure) => measure.projects.some(({ id }) => ids.has(id)))
}

function measuresTable(snapshot: PaperSnapshot, projects: readonly Project[]): PaperBlock {
  const ids = new Set(ownMeasures(snapshot, projects).map(({ id }) => id))
  const [number, ...columns] = measureColumns
  return tableOr(
    'No measure belongs to the projects.',
    'Measures of the projects with their last readings',
    [number, ['Projects', 1.2], ...columns],
    snapshot.digest.measures
      .filter(({ measureId }) => ids.has(measureId))
      .map((measure) => {
        const own = projects.filter(({ id }) => measure.projects.some((one) => one.id === id))
        const refs = { text: own.map(({ ref }) => ref).join(', ') }
        return measureRow(measure).toSpliced(1, 0, refs)
      }),
  )
}

/** From the baseline or the first reading to the last one. Whether that is much is for the reader to say. */
function impactTable(snapshot: PaperSnapshot, projects: readonly Project[]): PaperBlock {
  return tableOr(
    'Impact is not recorded: no measure of the projects has a reading.',
    'What the measures were, and what they are',
    [
      ['Measure', 5],
      ['At first', 3],
      ['Last reading', 3],
    ],
    ownMeasures(snapshot, projects).flatMap((measure) => {
      const readings = effectiveReadings(measure)
      const [last, first] = [readings.at(0), readings.at(-1)]
      if (!last || !first) return []
      const before = measure.baseline
        ? `${measure.baseline} (baseline)`
        : `${first.raw} (${formatPeriod(first)})`
      return [
        [
          { text: `${measureName(measure)}: ${measure.title}` },
          { text: before },
          { text: `${last.raw} (${formatPeriod(last)})` },
        ],
      ]
    }),
  )
}

/** What is open, by date. People stand one to a line: a post may have a comma in its name. */
function nextParts({ plan, digest }: PaperSnapshot, { open }: MilestoneCounts): PaperBlock[] {
  if (open.length === 0) return [missing(`Nothing more is planned after ${fullDate(plan.asAt)}.`)]
  const { owners } = digest
  const table = tableOr(
    '',
    'Milestones that are still open',
    [['Project', 2.5], ['Milestone', 5], ['When', 2.5], ...(owners ? [['Who', 2.5] as const] : [])],
    open.map(({ project, milestone }) => [
      { text: shortProject(project) },
      { text: milestoneText(milestone) },
      { text: whenText(milestone, plan) },
      ...(owners ? [textCell(owners[project.id]?.join('\n'))] : []),
    ]),
  )
  return [listOr('', [...(owners ? [whoNote] : []), dueNote]), table]
}

const whoNote =
  'Who: the project’s leads, or its workstream’s where it has none. Milestones have no owner of their own.'
const dueNote =
  'When: “due” gives the day that the plan names; “due by” the last day of a longer time that it names, such as a month.'

/** As everywhere; but a paper is read on other days than its own, so it says the day instead of “today”. */
function whenText(milestone: Milestone, { asAt }: Plan): string {
  if (milestone.due !== asAt || milestone.completion) return formatMilestoneTiming(milestone, asAt)
  return `${formatDueDay(milestone)}${milestone.flag ? ', at risk' : ''}`
}
