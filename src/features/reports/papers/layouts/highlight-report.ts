import { fullDate } from '../../../../base/dates.ts'
import { Refusal } from '../../../../base/errors.ts'
import { headingBlock, type PaperBlock } from '../../../../base/papers/paper.ts'
import { fold } from '../../../../base/text.ts'
import type { DigestContent } from '../../../../domain/digests/content/content.ts'
import { deliveryState, type Project, type Workstream } from '../../../../domain/plan/plan.ts'
import { stateIn } from '../../../../domain/scheme/scheme-snapshot.ts'
import { ratingContextOf, ratingOf } from '../../../../domain/status/rating.ts'
import { benefitsTable } from '../benefit-tables.ts'
import { dimensionsTable } from '../dimension-tables.ts'
import { factsOf, type PaperLayout } from '../layout.ts'
import { moneyOfSubject } from '../money-tables.ts'
import {
  commentaryCell,
  dashNote,
  dayText,
  listOr,
  measureColumns,
  measureRow,
  milestonesOf,
  milestonesTable,
  noneFor,
  ownersOf,
  stateCell,
  tableOr,
  textCell,
} from '../parts.ts'
import type { PaperSnapshot } from '../snapshot.ts'
import { actionsTable, registerParts } from './register-parts.ts'
import { sinceLastMeeting } from './since-last-meeting.ts'

interface Subject {
  readonly name: string
  readonly projects: readonly Project[]
  /** Where it is a workstream. */
  readonly workstream?: Workstream
}

/** What the board gets of one project or workstream each period. */
export const highlightReport: PaperLayout = {
  key: 'highlight',
  title: 'Highlight report',
  about:
    'of a project or workstream: rating last and this time, achieved, next, risks, issues, changes',
  subject: 'a project or a workstream',
  showsMeeting: true,
  firstSubject: ({ plan }) => plan.projects[0]?.ref,
  compose: (snapshot, ref) => {
    const { digest } = snapshot
    const { name, projects, workstream } = subjectIn(snapshot, ref)
    const ids = new Set(projects.map(({ id }) => id))
    const { risks, issues, decisions } = registerParts(snapshot, projects)
    return {
      title: `${name}: highlight report`,
      language: 'en-GB',
      facts: [...factsOf(snapshot), { name: 'Period', value: periodText(snapshot) }],
      blocks: [
        headingBlock(1, 'Ratings'),
        ratingsTable(snapshot, name, projects),
        dimensionsTable(snapshot, projects),
        headingBlock(1, 'Achieved in this period'),
        listOr(
          'No milestone was reported done in this period.',
          digest.finished.filter(({ id }) => ids.has(id)).map(finishedText),
        ),
        ...sinceLastMeeting(snapshot, projects),
        headingBlock(1, 'Next'),
        nextTable(snapshot, projects),
        headingBlock(1, 'Risks'),
        risks,
        headingBlock(1, 'Issues'),
        issues,
        headingBlock(1, 'Actions'),
        actionsTable(snapshot, projects),
        headingBlock(1, 'Changes and decisions'),
        movesTable(snapshot, ids),
        decisions,
        headingBlock(1, 'Measures'),
        tableOr(
          noneFor(snapshot.reader, 'Measures', 'No measure belongs to it.'),
          'Measures with their last readings',
          measureColumns,
          digest.measures
            .filter((measure) => measure.projects.some(({ id }) => ids.has(id)))
            .map(measureRow),
        ),
        headingBlock(1, 'Measures to move'),
        benefitsTable(snapshot, projects),
        headingBlock(1, 'Money'),
        ...moneyOfSubject(snapshot, projects, workstream),
        headingBlock(1, 'Notes'),
        listOr('', [...besideLines(snapshot, ids), dashNote]),
      ],
    }
  },
}

/** @throws Refusal where the plan has neither a project nor a workstream of that number or title */
function subjectIn({ plan }: PaperSnapshot, ref: string): Subject {
  const isIt = (one: { readonly ref: string; readonly title: string }) =>
    fold(one.ref) === fold(ref) || fold(one.title) === fold(ref)
  const project = plan.projects.find(isIt)
  if (project) return { name: `${project.ref} ${project.title}`, projects: [project] }
  const workstream = plan.workstreams.find(isIt)
  if (workstream) {
    const projects = plan.projects.filter(({ workstreamId }) => workstreamId === workstream.id)
    return { name: `${workstream.ref} ${workstream.title}`, projects, workstream }
  }
  throw new Refusal(
    `There is neither a project nor a workstream “${ref}” as at ${fullDate(plan.asAt)}. Nothing was written.`,
  )
}

function periodText({ digest }: PaperSnapshot): string {
  const { previousAsAt, asAt } = digest
  return previousAsAt
    ? `${fullDate(previousAsAt)} to ${fullDate(asAt)}`
    : `up to ${fullDate(asAt)}; nothing earlier to compare with`
}

function ratingsTable(
  snapshot: PaperSnapshot,
  name: string,
  projects: readonly Project[],
): PaperBlock {
  const { plan, digest } = snapshot
  const context = ratingContextOf(plan)
  return tableOr(
    'No project of it is in the plan on this day.',
    `Ratings of ${name}, last time and this time`,
    [
      ['Project', 3],
      ['Last time', 1.5],
      ['This time', 1.5],
      ['Commentary', 5],
      ['Way back', 3],
      ['Back to Green by', 1.8],
      ['Lead', 2],
    ],
    projects.map((project) => {
      const { state, update } = ratingOf(project, context)
      const [before] = digest.snapshot.projects.find(({ id }) => id === project.id)?.earlier ?? []
      return [
        { text: `${project.ref} ${project.title}` },
        before === undefined ? { text: 'None before' } : stateCell(stateIn(digest.scheme, before)),
        stateCell(state),
        textCell(update?.reason),
        textCell(update?.path),
        { text: dayText(update?.greenBy ?? null) },
        textCell(ownersOf(snapshot, project)),
      ]
    }),
  )
}

const finishedText = ({ ref, about, doneOn, isDayUnknown }: DigestContent['finished'][number]) =>
  `${ref} ${about}: done${isDayUnknown ? '' : `, ${fullDate(doneOn)}`}.`

function nextTable({ plan }: PaperSnapshot, projects: readonly Project[]): PaperBlock {
  const open = milestonesOf(projects).filter(
    ({ milestone }) => deliveryState(milestone, plan.asAt) !== 'completed',
  )
  return milestonesTable(open, plan.asAt, {
    none: 'No open milestone is in the plan.',
    caption: 'Milestones that are still open',
  })
}

function movesTable({ digest }: PaperSnapshot, ids: ReadonlySet<string>): PaperBlock {
  return tableOr(
    'No date was moved in this period.',
    'Dates that were moved in this period',
    [
      ['Milestone', 4],
      ['From', 1.8],
      ['To', 1.8],
      ['Why', 4],
    ],
    digest.moved
      .filter(({ id }) => ids.has(id))
      .map(({ ref, about, from, due, reason }) => [
        { text: `${ref} ${about}` },
        { text: dayText(from) },
        { text: dayText(due) },
        commentaryCell(reason),
      ]),
  )
}

const besideLines = ({ digest }: PaperSnapshot, ids: ReadonlySet<string>): string[] =>
  digest.beside.flatMap(({ id, ref, lines }) =>
    ids.has(id) ? lines.map((line) => `${ref}: ${line}`) : [],
  )
