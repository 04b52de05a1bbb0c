import { fullDate } from '../../../../base/dates.ts'
import { headingBlock, missing, type PaperBlock, paragraph } from '../../../../base/papers/paper.ts'
import { capitalised } from '../../../../base/text.ts'
import type { PromisedMilestone } from '../../../../domain/papers/board-memory.ts'
import { formatMilestoneTiming } from '../../../../domain/plan/format.ts'
import { formatLife, type SetAside } from '../../../../domain/plan/life.ts'
import type { Project, ProjectRef } from '../../../../domain/plan/plan.ts'
import type { Closing, Entry } from '../../../../domain/register/entry.ts'
import { formatState, schemeOf, stateByKey } from '../../../../domain/scheme/schemes.ts'
import type { MeetingMemory } from '../board-memory.ts'
import { noneFor, tableOr, textCell } from '../parts.ts'
import type { PaperSnapshot } from '../snapshot.ts'

/** Of what is not among the live projects any more. */
const goneText = (life: SetAside | null) =>
  life ? `Its project is ${formatLife(life)}` : 'Not in the plan any more'

/**
 * What was promised for this meeting at the last one and what became of it, what was moved since, what is not promised
 * any more, and the decisions that were asked for. @param about only of these projects; left out: of all
 */
export function sinceLastMeeting(
  snapshot: PaperSnapshot,
  about?: readonly Project[],
): PaperBlock[] {
  const heading = headingBlock(1, 'Since the last meeting')
  const { meeting } = snapshot.beside
  if (meeting) return [heading, ...memoryBlocks(snapshot, meeting, about)]
  const none = 'No earlier meeting of the board is known, so there is nothing to hold this against.'
  return [heading, missing(noneFor(snapshot.reader, 'Promises to the board', none))]
}

function memoryBlocks(
  snapshot: PaperSnapshot,
  { meeting, asAt, paper, memory }: MeetingMemory,
  about: readonly Project[] | undefined,
): PaperBlock[] {
  const ids = about && new Set(about.map(({ id }) => id))
  const isMeant = (project: ProjectRef | null) => !ids || (project !== null && ids.has(project.id))
  const milestones = (some: readonly PromisedMilestone[]) =>
    some.filter(({ project }) => isMeant(project)).map((one) => milestoneRow(one, snapshot))
  const states = memory.backBy.filter(({ project }) => isMeant(project))
  const actions = memory.actions.filter(({ entry }) => isMeant(entry.project))
  const decisions = memory.decisions.filter(({ entry }) => isMeant(entry.project))
  const source =
    paper === null ? 'the plan as it stood on' : `paper ${paper}, which told the plan as at`
  const name = meeting.name ? ` of ${meeting.name}` : ''
  return [
    paragraph(
      `The last meeting${name} was on ${fullDate(meeting.on)}; what was promised then is taken from ${source} ${fullDate(asAt)}.`,
    ),
    tableOr(
      'Nothing was promised for the time up to this meeting.',
      'What was promised for this meeting, and what became of it',
      promiseColumns,
      [
        ...milestones(memory.promised),
        ...states.map(({ project, by, state, life }) => [
          projectCell(project),
          { text: 'Back to Green' },
          { text: fullDate(by) },
          { text: state === null ? goneText(life) : `Is ${stateText(snapshot, state)}` },
        ]),
        ...actions.map(({ entry, closing }) => [
          projectCell(entry.project),
          { text: `Action ${entry.number}: ${entry.text}` },
          textCell(entry.neededBy && fullDate(entry.neededBy)),
          { text: endText(entry, closing) },
        ]),
      ],
    ),
    tableOr(
      'No other date was moved since.',
      'Promises of later days that were moved since',
      promiseColumns,
      milestones(memory.moved),
    ),
    tableOr(
      'Nothing else that was promised has left the plan.',
      'Promises of later days that are not in the plan any more',
      promiseColumns,
      milestones(memory.gone),
    ),
    tableOr(
      'No decision was asked for at the last meeting.',
      'Decisions that were asked for, and what became of them',
      [
        ['Number', 1],
        ['Decision', 5],
        ['Asked of', 2],
        ['What became of it', 4],
      ],
      decisions.map(({ entry, closing }) => [
        { text: `Decision ${entry.number}` },
        { text: entry.text },
        textCell(entry.askedOf),
        { text: endText(entry, closing) },
      ]),
    ),
  ]
}

const promiseColumns = [
  ['Project', 2.5],
  ['Promised', 4.5],
  ['For', 1.8],
  ['What became of it', 3.2],
] as const

const projectCell = (project: ProjectRef | null) => ({
  text: project ? `${project.ref} ${project.title}` : 'The whole programme',
})

function milestoneRow(
  { project, what, due, now, became, life }: PromisedMilestone,
  { plan }: PaperSnapshot,
) {
  const moved = became === 'moved' ? 'Moved: ' : ''
  const timing = now === null ? goneText(life) : `${moved}${formatMilestoneTiming(now, plan.asAt)}`
  return [
    projectCell(project),
    { text: what },
    { text: fullDate(due) },
    { text: capitalised(timing) },
  ]
}

const stateText = ({ plan }: PaperSnapshot, key: string) =>
  formatState(stateByKey(schemeOf(plan.programme.settings), key))

function endText({ kind }: Pick<Entry, 'kind'>, closing: Closing | null): string {
  if (closing === null) return kind === 'decision' ? 'Still asked for' : 'Still open'
  const verb = kind === 'decision' ? 'Decided' : 'Closed'
  const { outcome, onDay } = closing
  return `${verb} on ${fullDate(onDay)}${outcome ? `: ${outcome}` : ''}`
}
