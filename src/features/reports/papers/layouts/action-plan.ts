import { headingBlock, type PaperBlock, type PaperCell } from '../../../../base/papers/paper.ts'
import { formatMilestoneTiming } from '../../../../domain/plan/format.ts'
import { milestoneText, type Project, type Workstream } from '../../../../domain/plan/plan.ts'
import { ratingContextOf, ratingOf } from '../../../../domain/status/rating.ts'
import { factsOf, type PaperLayout } from '../layout.ts'
import {
  dashNote,
  leadsOf,
  listOr,
  nothing,
  ownersOf,
  stateCell,
  tableOr,
  textCell,
} from '../parts.ts'
import type { PaperSnapshot } from '../snapshot.ts'
import { measuresOf, outcomesOf } from './plan-on-a-page.ts'

/** The action plan of SOM: by priority, each action with its owner, deadline, rating, measures and outcome. */
export const actionPlan: PaperLayout = {
  key: 'action-plan',
  title: 'Action plan',
  about:
    'each action by priority, with recommendation, owner, deadline, rating, measures and outcome',
  compose: (snapshot) => {
    const { plan, digest } = snapshot
    return {
      title: `${plan.programme.title}: action plan`,
      language: 'en-GB',
      facts: factsOf(snapshot),
      blocks: [
        headingBlock(1, 'Actions by priority'),
        ...plan.workstreams.flatMap((workstream) => priorityParts(snapshot, workstream)),
        headingBlock(1, 'Notes'),
        listOr('', [...digest.notes, dashNote]),
      ],
    }
  },
}

function priorityParts(snapshot: PaperSnapshot, workstream: Workstream): PaperBlock[] {
  const { plan, links } = snapshot
  const leads = leadsOf(snapshot, workstream)
  const name = `${workstream.ref} ${workstream.title}`
  const own = plan.projects.filter(({ workstreamId }) => workstreamId === workstream.id)
  const bySection = Map.groupBy(own, ({ id }) => links.projects.get(id)?.section ?? '')
  return [
    headingBlock(2, `${name}${leads ? `, led by ${leads}` : ''}`),
    ...(own.length === 0 ? [actionTable(snapshot, name, [])] : []),
    ...[...bySection].flatMap(([section, projects]) => [
      ...(section === '' ? [] : [headingBlock(3, section)]),
      actionTable(snapshot, section || name, projects),
    ]),
  ]
}

function actionTable(
  snapshot: PaperSnapshot,
  name: string,
  projects: readonly Project[],
): PaperBlock {
  return tableOr(
    'No action of this priority is in the plan on this day.',
    `Actions of ${name}`,
    [
      ['Number', 0.9],
      ['Recommendation', 1.4],
      ['Action', 4.5],
      ['Owner', 2],
      ['Deadline', 2.6],
      ['Rating', 1.4],
      ['Key performance indicators', 3],
      ['Outcome', 3],
    ],
    projects.map((project) => actionRow(snapshot, project)),
  )
}

function actionRow(snapshot: PaperSnapshot, project: Project): PaperCell[] {
  const { plan, links } = snapshot
  const { state } = ratingOf(project, ratingContextOf(plan))
  const deadlines = project.milestones.map((milestone) => {
    const about = milestoneText(milestone)
    const when = formatMilestoneTiming(milestone, plan.asAt)
    const isSaid = [project.title, milestone.raw, milestone.heading].includes(about)
    return isSaid ? when : `${about}: ${when}`
  })
  return [
    { text: project.ref },
    textCell(links.projects.get(project.id)?.recommendations.join(', ')),
    { text: project.title },
    textCell(ownersOf(snapshot, project)),
    { text: deadlines.join('\n') || nothing },
    stateCell(state),
    textCell(measuresOf(snapshot, project).join('\n')),
    textCell(outcomesOf(snapshot, project).join('\n')),
  ]
}
