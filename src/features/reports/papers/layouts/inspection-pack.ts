import { fullDate } from '../../../../base/dates.ts'
import { Refusal } from '../../../../base/errors.ts'
import { headingBlock, missing, type PaperBlock, paragraph } from '../../../../base/papers/paper.ts'
import { fold, listOf } from '../../../../base/text.ts'
import { formatPeriod } from '../../../../domain/measures/format.ts'
import { effectiveReadings } from '../../../../domain/measures/measure.ts'
import { deliveryState, milestoneText, type Project } from '../../../../domain/plan/plan.ts'
import { factsOf, type PaperLayout } from '../layout.ts'
import {
  dashNote,
  dayText,
  listOr,
  measureColumns,
  measureName,
  measureRow,
  milestonesOf,
  milestonesTable,
  tableOr,
  textCell,
} from '../parts.ts'
import type { PaperSnapshot } from '../snapshot.ts'
import { linksNote } from './outcomes.ts'
import { standingTable } from './standing-table.ts'

/** For an inspector: what was done about a recommendation, how that is known, what came of it and what comes next. */
export const inspectionPack: PaperLayout = {
  key: 'inspection',
  title: 'Inspection pack',
  about: 'of a recommendation: what was done, how we know, impact and what next, with evidence',
  subject: 'a recommendation',
  compose: (snapshot, ref) => {
    const { plan, links } = snapshot
    const recommendation = recommendationIn(snapshot, ref)
    const projects = plan.projects.filter(({ id }) =>
      links.projects.get(id)?.recommendations.includes(recommendation.ref),
    )
    return {
      title: `${plan.programme.title}: recommendation ${recommendation.ref}`,
      language: 'en-GB',
      facts: factsOf(snapshot),
      blocks: [
        headingBlock(1, 'The recommendation'),
        recommendation.text === null
          ? missing('The words of the recommendation are not recorded.')
          : paragraph(recommendation.text),
        headingBlock(1, 'What was done'),
        standingTable(snapshot, projects, {
          none: 'No project answers this recommendation.',
          caption: 'Projects that answer the recommendation',
        }),
        doneTable(snapshot, projects),
        headingBlock(1, 'How we know'),
        evidenceList(snapshot, projects),
        measuresTable(snapshot, projects),
        headingBlock(1, 'Impact'),
        impactTable(snapshot, projects),
        headingBlock(1, 'What comes next'),
        nextTable(snapshot, projects),
        headingBlock(1, 'Notes'),
        listOr('', [...snapshot.digest.notes, linksNote, dashNote]),
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

const doneOf = ({ plan }: PaperSnapshot, projects: readonly Project[]) =>
  milestonesOf(projects).filter(
    ({ milestone }) => deliveryState(milestone, plan.asAt) === 'completed',
  )

function doneTable(snapshot: PaperSnapshot, projects: readonly Project[]): PaperBlock {
  return tableOr(
    'No milestone was reported done.',
    'Milestones that were reported done',
    [
      ['Project', 3],
      ['Milestone', 5],
      ['Done on', 2],
      ['Evidence', 4],
    ],
    doneOf(snapshot, projects).map(({ project, milestone }) => [
      { text: `${project.ref} ${project.title}` },
      { text: milestoneText(milestone) },
      { text: milestone.completion?.isDayUnknown ? 'Day not known' : dayText(milestone.doneOn) },
      textCell(milestone.completion?.evidence),
    ]),
  )
}

function evidenceList(snapshot: PaperSnapshot, projects: readonly Project[]): PaperBlock {
  const done = doneOf(snapshot, projects)
  const shown = done.filter(({ milestone }) => milestone.completion?.evidence)
  return paragraph(
    done.length === 0
      ? 'Nothing was reported done, so there is no evidence of it.'
      : `${shown.length} of ${done.length} finished milestones have a link to what shows it; the table above has the links.`,
  )
}

const ownMeasures = ({ measures }: PaperSnapshot, projects: readonly Project[]) => {
  const ids = new Set(projects.map(({ id }) => id))
  return measures.filter((measure) => measure.projects.some(({ id }) => ids.has(id)))
}

function measuresTable(snapshot: PaperSnapshot, projects: readonly Project[]): PaperBlock {
  const ids = new Set(ownMeasures(snapshot, projects).map(({ id }) => id))
  return tableOr(
    'No measure belongs to the projects.',
    'Measures of the projects with their last readings',
    measureColumns,
    snapshot.digest.measures.filter(({ measureId }) => ids.has(measureId)).map(measureRow),
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

function nextTable({ plan }: PaperSnapshot, projects: readonly Project[]): PaperBlock {
  const open = milestonesOf(projects).filter(
    ({ milestone }) => deliveryState(milestone, plan.asAt) !== 'completed',
  )
  return milestonesTable(open, plan.asAt, {
    none: `Nothing more is planned after ${fullDate(plan.asAt)}.`,
    caption: 'Milestones that are still open',
  })
}
