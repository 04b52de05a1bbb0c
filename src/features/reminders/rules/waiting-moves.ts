import { dateIn, fullDate } from '../../../base/dates.ts'
import { plural } from '../../../base/text.ts'
import { workingDaysFrom } from '../../../base/working-days.ts'
import { formatProject, shortMilestoneText } from '../../../domain/plan/format.ts'
import type { MoveRequestState } from '../../../domain/plan/move-request-state.ts'
import { loadMoveAnswers } from '../../../domain/plan/move-requests.ts'
import { type Finding, type ItemView, type RuleInput, recentSteps } from '../finding.ts'
import { notInPlanText, type RowAnswerLoader } from '../row-answers.ts'
import { defineRule } from './rule.ts'
import { onOffSetting } from './rule-setting.ts'

/** Moves of dates that wait to be agreed: asked for once at first, and then until somebody answers. */

const first = 2
/** From then on the programme office is asked beside the sponsor, who does not answer. */
export const officeFromWorkingDay = 5
const every = 5

export const waitingMoveRule = defineRule({
  name: 'moves',
  about: 'A move of a date that waits to be agreed',
  setting: onOffSetting(
    'waitingMoves',
    `after ${first} working days the sponsor, after ${officeFromWorkingDay} the programme office too, then once a week`,
  ),
  kind: 'waiting-move',
  loadAnswers: loadOutcomes,
  find: findWaitingMove,
})

const isStep = (step: number) => step === first || (step > first && step % every === 0)

function findWaitingMove(input: RuleInput, isOn: boolean): Finding[] {
  const { waitingMove, calendar, day, recipient } = input
  if (!isOn || !waitingMove) return []
  const { request, project } = waitingMove
  const past = workingDaysFrom(calendar, request.onDay, day)
  const steps = recentSteps(past).filter(isStep)
  const isTheirs = (step: number) =>
    recipient.role === 'sponsor' ||
    recipient.reason !== 'unanswered' ||
    step >= officeFromWorkingDay
  return [
    {
      subject: `move:${request.id}`,
      item: { kind: 'waiting-move', project, format: () => moveView(waitingMove, past) },
      triggers: steps.filter(isTheirs).map((step) => ({
        key: `${request.id}:waits:${step}`,
        ...{ step, ruleText: `${plural(step, 'working day')} after it was asked for` },
      })),
      isListedWhileOpen: past >= first,
      hasBegun: past >= first,
    },
  ]
}

function moveView(
  { request, project, milestone }: NonNullable<RuleInput['waitingMove']>,
  past: number,
): ItemView {
  const { id, from, to, reason, onDay } = request
  const title = formatProject(project)
  const about = `${milestone.number}. ${shortMilestoneText(milestone)}: ${fullDate(from)} → ${fullDate(to)}, because ${reason}`
  const when = `Waits to be agreed since ${fullDate(onDay)}, ${plural(past, 'working day')}: the date stays as it is until then`
  return {
    ...{ rank: 3, heading: 'Moves that wait to be agreed', day: onDay, isOverdue: false },
    ...{ title, about, when, text: `${title}: ${about}. ${when}` },
    shortName: `${project.ref} milestone ${milestone.number}, a move`,
    baseline: id,
    buttons: [
      {
        ...{ title: 'Agree', verb: 'agree', style: 'positive' },
        data: { milestone: milestone.id, request: id },
      },
      {
        ...{ title: 'Say no…', verb: 'decline-move:form', style: 'default' },
        data: { milestone: milestone.id, request: id },
      },
      { title: 'Ask', verb: 'ask:form', style: 'default', data: { project: project.id } },
    ],
  }
}

const stateTexts: Readonly<Record<MoveRequestState, string | null>> = {
  waits: null,
  agreed: '✓ Agreed',
  declined: '✓ Declined',
  replaced: '→ Another day was asked for',
  'taken back': '→ Agreed, and taken back since',
  'taken out': notInPlanText,
  'done meanwhile': '✓ Done',
  'moved meanwhile': '→ Moved to another day',
  'day has passed': '→ That day has passed',
}

/** Answered where somebody said yes or no, and where nobody has to any more. */
async function loadOutcomes(...[tx, rows, now]: Parameters<RowAnswerLoader>) {
  const ids = [...new Set(rows.map(({ told }) => told))]
  const answers = await loadMoveAnswers(tx, ids, dateIn('UTC', now))
  return ({ told }: Parameters<Awaited<ReturnType<RowAnswerLoader>>>[0]) => {
    const answer = answers.get(told)
    return answer ? stateTexts[answer.state] : notInPlanText
  }
}
