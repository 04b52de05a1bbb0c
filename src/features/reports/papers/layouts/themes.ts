import { fullDate } from '../../../../base/dates.ts'
import { headingBlock, missing, type PaperBlock } from '../../../../base/papers/paper.ts'
import { deliveryState, milestoneText, type Workstream } from '../../../../domain/plan/plan.ts'
import { stateIn } from '../../../../domain/scheme/scheme-snapshot.ts'
import { factsOf, type PaperLayout } from '../layout.ts'
import {
  dashNote,
  listOr,
  milestonesOf,
  milestonesTable,
  stateCell,
  tableOr,
  textCell,
} from '../parts.ts'
import type { PaperSnapshot } from '../snapshot.ts'
import { standingTable } from './standing-table.ts'

/** Progress by theme with forward commitments, as WOL reports to its scrutiny panel. */
export const themes: PaperLayout = {
  key: 'themes',
  title: 'Progress by theme',
  about:
    'by workstream: its grade, what was done, how each project stands and what is promised next',
  compose: (snapshot) => {
    const { plan, digest } = snapshot
    return {
      title: `${plan.programme.title}: progress by theme`,
      language: 'en-GB',
      facts: factsOf(snapshot),
      blocks: [
        headingBlock(1, 'Grades'),
        gradesTable(snapshot),
        ...plan.workstreams.flatMap((workstream) => themeParts(snapshot, workstream)),
        headingBlock(1, 'Notes'),
        missing(
          'Grades of an inspection or of a self-assessment are not kept: those above roll up from the projects.',
        ),
        listOr('', [...digest.notes, dashNote]),
      ],
    }
  },
}

function gradesTable({ digest }: PaperSnapshot): PaperBlock {
  return tableOr(
    '',
    'How each theme stands',
    [
      ['Theme', 4],
      ['Rating', 1.5],
      ['Projects', 4],
    ],
    digest.workstreams.map(({ id, ref, title, counts }) => {
      const standing = digest.snapshot.workstreams.find((one) => one.id === id)
      return [
        { text: `${ref} ${title}` },
        stateCell(stateIn(digest.scheme, standing?.state ?? digest.scheme.blank.key)),
        textCell(
          counts.map((one) => `${one.count} ${stateIn(digest.scheme, one.state).label}`).join(', '),
        ),
      ]
    }),
  )
}

function themeParts(snapshot: PaperSnapshot, workstream: Workstream): PaperBlock[] {
  const { plan } = snapshot
  const { asAt } = plan
  const projects = plan.projects.filter(({ workstreamId }) => workstreamId === workstream.id)
  const milestones = milestonesOf(projects)
  const done = milestones.filter(({ milestone }) => deliveryState(milestone, asAt) === 'completed')
  const open = milestones.filter((one) => !done.includes(one))
  return [
    headingBlock(1, `${workstream.ref} ${workstream.title}`),
    headingBlock(2, 'Progress'),
    listOr(
      'No milestone of this theme was reported done.',
      done.map(({ project, milestone }) => {
        const { doneOn, completion } = milestone
        const when = doneOn && !completion?.isDayUnknown ? `, ${fullDate(doneOn)}` : ''
        return `${project.ref} ${milestoneText(milestone)}: done${when}.`
      }),
    ),
    standingTable(snapshot, projects, {
      none: 'No project of this theme is in the plan on this day.',
      caption: `How the projects of ${workstream.ref} ${workstream.title} stand`,
    }),
    headingBlock(2, 'Forward commitments'),
    milestonesTable(open, asAt, {
      none: 'Nothing is promised for a later day.',
      caption: `What is promised in ${workstream.ref} ${workstream.title}`,
    }),
  ]
}
