import {
  headingBlock,
  missing,
  type PaperBlock,
  type PaperCell,
} from '../../../../base/papers/paper.ts'
import { formatMilestoneTiming } from '../../../../domain/plan/format.ts'
import { milestoneText, type Project, type Workstream } from '../../../../domain/plan/plan.ts'
import { schemeOf } from '../../../../domain/scheme/schemes.ts'
import { milestoneStateAt } from '../../../../domain/status/milestone-rating.ts'
import { ratingContextOf, ratingOf } from '../../../../domain/status/rating.ts'
import { factsOf, type PaperLayout } from '../layout.ts'
import { dashNote, leadsOf, listOr, stateCell, tableOr, textCell } from '../parts.ts'
import type { PaperSnapshot } from '../snapshot.ts'

/** Level 1 of W20: what each service does, and how it stands, on a page. */
export const planLevel1: PaperLayout = {
  key: 'plan-level-1',
  title: 'Plan on a page, level 1',
  about: 'each workstream with its projects and their ratings, on a page',
  compose: (snapshot) => ({
    title: `${snapshot.plan.programme.title}: plan on a page`,
    language: 'en-GB',
    facts: factsOf(snapshot),
    blocks: [
      headingBlock(1, 'Projects by workstream'),
      ...snapshot.plan.workstreams.flatMap((workstream) => [
        headingBlock(2, headingOf(snapshot, workstream)),
        projectsTable(snapshot, workstream),
      ]),
      ...endOf(snapshot),
    ],
  }),
}

/** Level 2 of W20: by service, each milestone with what it is for and what shows it. */
export const planLevel2: PaperLayout = {
  key: 'plan-level-2',
  title: 'Plan on a page, level 2',
  about: 'each milestone with its outcome, project, date, rating and measure, by workstream',
  compose: (snapshot) => ({
    title: `${snapshot.plan.programme.title}: plan, level 2`,
    language: 'en-GB',
    facts: factsOf(snapshot),
    blocks: [
      headingBlock(1, 'Milestones by workstream'),
      ...snapshot.plan.workstreams.flatMap((workstream) => [
        headingBlock(2, headingOf(snapshot, workstream)),
        milestonesTable(snapshot, workstream),
      ]),
      ...endOf(snapshot),
    ],
  }),
}

/** '2 Safeguarding, led by Asha Verity' */
function headingOf(snapshot: PaperSnapshot, workstream: Workstream): string {
  const leads = leadsOf(snapshot, workstream)
  return `${workstream.ref} ${workstream.title}${leads ? `, led by ${leads}` : ''}`
}

const projectsIn = ({ plan }: PaperSnapshot, { id }: Workstream) =>
  plan.projects.filter(({ workstreamId }) => workstreamId === id)

const noProject = 'No project of this workstream is in the plan on this day.'

function projectsTable(snapshot: PaperSnapshot, workstream: Workstream): PaperBlock {
  const context = ratingContextOf(snapshot.plan)
  return tableOr(
    noProject,
    `Projects of ${workstream.ref} ${workstream.title}`,
    [
      ['Project', 4],
      ['Rating', 2.6],
      ['What it is for', 5],
    ],
    projectsIn(snapshot, workstream).map((project) => [
      { text: `${project.ref} ${project.title}` },
      stateCell(ratingOf(project, context).state),
      textCell(outcomesOf(snapshot, project).join('\n')),
    ]),
  )
}

function milestonesTable(snapshot: PaperSnapshot, workstream: Workstream): PaperBlock {
  return tableOr(
    noProject,
    `Milestones of ${workstream.ref} ${workstream.title}`,
    [
      ['Child outcome', 3],
      ['Project', 2.5],
      ['Milestone', 4],
      ['When', 1.9],
      ['Rating', 2.4],
      ['Measure', 2.5],
    ],
    projectsIn(snapshot, workstream).flatMap((project) => milestoneRows(snapshot, project)),
  )
}

/** A row says its outcome and project again: cells that go over several rows are lost on who hears them read. */
function milestoneRows(snapshot: PaperSnapshot, project: Project): PaperCell[][] {
  const { plan } = snapshot
  const scheme = schemeOf(plan.programme.settings)
  const outcome = textCell(outcomesOf(snapshot, project).join('\n'))
  const name = { text: `${project.ref} ${project.title}` }
  const measures = textCell(measuresOf(snapshot, project).join('\n'))
  if (project.milestones.length === 0) {
    const { state } = ratingOf(project, ratingContextOf(plan))
    const none = { text: 'No milestone is in the plan.' }
    return [[outcome, name, none, textCell(''), stateCell(state), measures]]
  }
  return project.milestones.map((milestone) => {
    const state = milestoneStateAt(milestone, plan.asAt, scheme) ?? scheme.blank
    return [
      ...[outcome, name, { text: milestoneText(milestone) }],
      { text: formatMilestoneTiming(milestone, plan.asAt) },
      ...[stateCell(state), measures],
    ]
  })
}

export function outcomesOf({ links }: PaperSnapshot, { id }: Project): string[] {
  const numbers = links.projects.get(id)?.outcomes ?? []
  return numbers.flatMap(
    (number) => links.outcomes.find((one) => one.number === number)?.text ?? [],
  )
}

export function measuresOf({ measures }: PaperSnapshot, { id }: Project): string[] {
  return measures
    .filter(({ projects }) => projects.some((project) => project.id === id))
    .map(({ title }) => title)
}

/** The key, as the published plan has it below, and what is to be known of the table. */
function endOf({ plan, reader }: PaperSnapshot): PaperBlock[] {
  const { states } = schemeOf(plan.programme.settings)
  return [
    headingBlock(1, 'Key'),
    tableOr(
      '',
      'What the ratings mean',
      [
        ['Rating', 2],
        ['Letter', 1],
      ],
      states.map((state) => [stateCell(state), { text: state.letter }]),
    ),
    headingBlock(1, 'Notes'),
    listOr('', [dashNote]),
    ...(reader === 'public' ? [missing('Outcomes and measures are not shown to the public.')] : []),
  ]
}
