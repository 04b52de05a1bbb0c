import { type CivilDate, fullDate } from '../../base/dates.ts'
import { listOf, plural, shorten } from '../../base/text.ts'
import type { Card } from '../../chat/cards.ts'
import { authorName } from '../../domain/people/names.ts'
import { formatAttributes, type PlanAttribute } from '../../domain/plan/attributes/attribute.ts'
import { planAttributes } from '../../domain/plan/attributes/registry.ts'
import {
  formatProject,
  formatTimingWithSlippage,
  shortMilestoneText,
} from '../../domain/plan/format.ts'
import type { MoveRequest } from '../../domain/plan/move-requests.ts'
import type { OutcomeLinks } from '../../domain/plan/outcome-links.ts'
import {
  hasCompletion,
  type Milestone,
  type Project,
  type StatusUpdate,
} from '../../domain/plan/plan.ts'
import { formatCriteriaCount } from '../../domain/scheme/criteria.ts'
import { formatState, goalOf, stateByKey } from '../../domain/scheme/schemes.ts'
import type { DimensionRating } from '../../domain/status/dimensions.ts'
import { formatProjectState } from '../../domain/status/format.ts'
import { milestoneStateAt } from '../../domain/status/milestone-rating.ts'
import { checkAttestable, wasUpdatedOn } from '../../domain/status/no-change-rules.ts'
import { ratingOf } from '../../domain/status/rating.ts'
import type { RatingConfig } from '../../domain/status/rules.ts'
import { projectCard } from './cards.ts'
import { dimensionDetail } from './dimension-fields.ts'

/** How much the card shows before it counts the rest: both platforms stay well within their limits. */
const milestonesShown = 12
const historyShown = 5
/** How many of the last updates the card is made of: one more tells that there are earlier ones. */
export const historyRead = historyShown + 1
const reasonShown = 1000
const pastReasonShown = 300
const remarksShown = 240
const measuresShown = 5
const aimsShown = 300
/** What all milestones together may take of the card, so that long remarks cost rows and not the message. */
const maxMilestoneCharacters = 5500

export interface ProjectViewInput {
  readonly project: Project
  readonly outcomeLinks: OutcomeLinks
  /** Left out: those of the registry. Everybody in a programme is an insider, so all of them are shown. */
  readonly attributes?: readonly PlanAttribute[]
  readonly ratingConfig: RatingConfig
  readonly today: CivilDate
  /** Of everyone who leads it or said something of it. */
  readonly names: ReadonlyMap<string, string>
  /** The second rating, where there is one: what it is called, and how it stands. */
  readonly secondRating: { readonly label: string; readonly text: string } | null
  /** How it was rated by dimension, each newest first. Left out: not at all. */
  readonly dimensions?: readonly DimensionRating[]
  readonly personId: string
  readonly mayChange: boolean
  /** Changes what the plan is made of: in the programme office. */
  readonly mayChangePlan: boolean
  /** As a sponsor or in the programme office. */
  readonly mayConfirm: boolean
  /** Its programme rates milestones. */
  readonly ratesMilestones: boolean
  /** Moves of its milestones that wait to be agreed. Left out: none. */
  readonly waitingMoves?: readonly MoveRequest[]
}

/** One project: how it stands, its milestones with their slippage and why, its history. */
export function projectView(viewed: ProjectViewInput): Card {
  const { project, ratingConfig, today } = viewed
  const { milestones, updates } = project
  const [last] = updates
  const rows = milestoneRows(viewed)
  return projectCard({
    title: formatProject(project),
    state: formatProjectState(project, { ...ratingConfig, asAt: today }),
    since: formatSince(viewed, last),
    details: detailsOf(viewed),
    milestones: rows,
    moreMilestones:
      milestones.length > rows.length
        ? `${plural(milestones.length - rows.length, 'more milestone')} not listed.`
        : '',
    history: updates.slice(0, historyShown).map((update) => ({
      text: formatUpdate(viewed, update),
      // An attested text is shown once, with the update that said it first.
      reason: update.attestsId ? '' : shorten(update.reason ?? '', pastReasonShown),
    })),
    moreHistory:
      updates.length > historyShown
        ? `Earlier updates are not listed: “history ${project.ref}” has them all.`
        : '',
    buttons: projectButtons(viewed),
  })
}

function projectButtons({
  project,
  ratingConfig,
  today,
  personId,
  mayChange,
  mayChangePlan,
  mayConfirm,
}: ProjectViewInput) {
  const [last] = project.updates
  const data = { project: project.id }
  const can = checkAttestable(project, ratingConfig.scheme, today)
  const mayAttest = mayChange && can.ok && !wasUpdatedOn(can.update, today)
  const awaits = last?.awaitsConfirmation && last.byId !== personId
  return [
    ...(mayChange ? [{ title: 'Update', verb: 'update:form', data }] : []),
    ...(mayAttest ? [{ title: 'No change', verb: 'no-change', data }] : []),
    ...(awaits && mayConfirm ? [{ title: 'Confirm', verb: 'confirm', data }] : []),
    ...(mayChange ? [{ title: 'Change…', verb: 'change-project:form', data }] : []),
    ...(mayChangePlan ? [{ title: 'More…', verb: 'change-project', data }] : []),
  ]
}

function detailsOf({
  project,
  outcomeLinks,
  ratingConfig,
  names,
  secondRating,
  dimensions = [],
  attributes = planAttributes,
}: ProjectViewInput) {
  const { scheme, criteria } = ratingConfig
  const [last] = project.updates
  const leads = project.leads.flatMap((id) => names.get(id) ?? [])
  return [
    { label: 'Leads', text: leads.join(', ') || 'none recorded' },
    last?.reason && { label: 'Reason', text: shorten(last.reason, reasonShown) },
    last?.path && {
      label: `Way back to ${goalOf(scheme).label}`,
      text: shorten(last.path, reasonShown),
    },
    last && audienceDetail(last),
    last?.greenBy && { label: `Back to ${goalOf(scheme).label} by`, text: fullDate(last.greenBy) },
    last?.derived && {
      label: formatCriteriaCount(criteria).replace(/^t/, 'T'),
      text: formatState(stateByKey(scheme, last.derived)),
    },
    last?.divergenceReason && {
      label: 'Why it differs',
      text: shorten(last.divergenceReason, reasonShown),
    },
    dimensionDetail(dimensions, ratingConfig.settings),
    secondRating && { ...secondRating, text: shorten(secondRating.text, reasonShown) },
    ...formatAttributes(project.attributes, attributes).map(({ label, text }) => ({
      label,
      text: shorten(text, aimsShown),
    })),
    ...outcomeLinkDetails(outcomeLinks),
  ].filter((one) => typeof one === 'object' && one !== null)
}

/** The audience of the update, unless it is the usual one, the board. */
function audienceDetail({ reason, path, audience }: StatusUpdate) {
  if (!(reason || path) || audience === 'board') return null
  const told = audience === 'internal' ? 'the programme’s own people alone' : 'the public'
  return { label: 'These words are for', text: told }
}

function outcomeLinkDetails({ outcomes, recommendations, measures }: OutcomeLinks) {
  const some = measures.slice(0, measuresShown).map(({ number, title }) => `${number} ${title}`)
  const more = measures.length > some.length ? [`${measures.length - some.length} more`] : []
  return [
    { label: 'Outcome', text: shorten(outcomes.join(' '), aimsShown) },
    { label: 'Answers recommendation', text: listOf(recommendations) },
    { label: 'Measures', text: shorten([...some, ...more].join('; '), aimsShown) },
  ].filter(({ text }) => text !== '')
}

/** 'Tom Quill', 'Tom Quill for Asha Verity', 'import'. */
function formatAuthor(
  { names }: ProjectViewInput,
  said: {
    readonly byId: string | null
    readonly onBehalfOfId: string | null
    readonly source?: string
  },
): string {
  const { byId, onBehalfOfId, source = '' } = said
  if (byId === null) return source
  const by = authorName(names, byId)
  return onBehalfOfId === null ? by : `${by} for ${authorName(names, onBehalfOfId)}`
}

function formatSince(viewed: ProjectViewInput, last: StatusUpdate | undefined): string {
  if (!last) return formatMilestoneRating(viewed)
  const day = fullDate(last.onDay)
  return last.attestsId
    ? `no change, attested by ${formatAuthor(viewed, last)} on ${day}`
    : `as at ${day}, by ${formatAuthor(viewed, last)}`
}

/** Nobody has said how it stands: its milestones may, in a plan that rates these. */
function formatMilestoneRating({ project, ratingConfig, today }: ProjectViewInput): string {
  const { since } = ratingOf(project, { ...ratingConfig, asAt: today })
  return since ? `as its milestones stand, since ${fullDate(since)}` : 'no update yet'
}

function formatUpdate(viewed: ProjectViewInput, update: StatusUpdate): string {
  const { onDay, awaitsConfirmation, confirmedById } = update
  const state = formatState(stateByKey(viewed.ratingConfig.scheme, update.state))
  const confirmation = confirmedById
    ? `, confirmed by ${formatAuthor(viewed, { byId: confirmedById, onBehalfOfId: null })}`
    : ''
  const isLast = update === viewed.project.updates[0]
  const awaiting = isLast ? ', awaiting confirmation' : ', never confirmed'
  const pending = awaitsConfirmation ? awaiting : ''
  const how = update.attestsId ? 'no change, attested by' : 'by'
  return `${fullDate(onDay)}: ${state}, ${how} ${formatAuthor(viewed, update)}${confirmation}${pending}`
}

/** The open milestones first, as many as there is room for. */
function milestoneRows(viewed: ProjectViewInput) {
  const rows = viewed.project.milestones
    .toSorted((a, b) => Number(a.doneOn !== null) - Number(b.doneOn !== null))
    .slice(0, milestonesShown)
    .map((one) => ({
      text: `${one.number}. ${shortMilestoneText(one)}`,
      when: formatMilestone(viewed, one),
      buttons: milestoneButtons(viewed, one),
    }))
  let room = maxMilestoneCharacters
  const end = rows.findIndex(({ text, when }) => {
    room -= text.length + when.length
    return room < 0
  })
  return end === -1 ? rows : rows.slice(0, end)
}

/** "due …; was Fri 30 Jun 2017, moved twice: the writer is ill (Asha Verity); she is still ill (Asha Verity)". */
function formatMilestone(viewed: ProjectViewInput, milestone: Milestone): string {
  const { moves, flag, completion } = milestone
  const signed = (text: string, said: { byId: string | null; onBehalfOfId: string | null }) =>
    said.byId ? `${text} (${formatAuthor(viewed, said)})` : text
  const reasons = moves
    .filter(({ from }) => from !== null)
    .map((move) => signed(move.reason, move))
    .join('; ')
  const remarks = [
    formatOwnState(viewed, milestone),
    formatWaitingMove(viewed, milestone),
    flag?.reason && `At risk: ${shorten(signed(flag.reason, flag), remarksShown)}`,
    completion?.onBehalfOfId && `Said by ${formatAuthor(viewed, completion)}`,
    completion?.evidence && `Evidence: ${completion.evidence}`,
  ].filter(Boolean)
  const when = formatTimingWithSlippage(milestone, viewed.today)
  const line = reasons ? `${when}: ${shorten(reasons, remarksShown)}` : when
  return [line, ...remarks].join('\n')
}

/** 'Rated ▲ Amber', in a plan that rates milestones; null where nobody has, and where it is done. */
function formatOwnState({ ratingConfig, today }: ProjectViewInput, milestone: Milestone) {
  if (milestone.ratings.length === 0 || milestone.doneOn) return null
  const state = milestoneStateAt(milestone, today, ratingConfig.scheme)
  return state ? `Rated ${formatState(state)}` : null
}

const waitingMoveOf = ({ waitingMoves = [] }: ProjectViewInput, { id }: Milestone) =>
  waitingMoves.find(({ milestoneId }) => milestoneId === id)

/** 'Asked to move to Fri 30 Jun 2017 by Asha Verity: the writer is ill. It waits to be agreed', where one does. */
function formatWaitingMove(viewed: ProjectViewInput, milestone: Milestone): string | null {
  const request = waitingMoveOf(viewed, milestone)
  if (!request) return null
  const { to, reason } = request
  const asked = `Asked to move to ${fullDate(to)} by ${formatAuthor(viewed, request)}`
  return `${asked}: ${shorten(reason, remarksShown)}. It waits to be agreed`
}

/** For those who may agree, but for who asked. */
function moveButtons(viewed: ProjectViewInput, milestone: Milestone) {
  const request = waitingMoveOf(viewed, milestone)
  if (!request || !viewed.mayConfirm || request.byId === viewed.personId) return []
  const data = { milestone: milestone.id, request: request.id }
  return [
    { title: 'Agree', verb: 'agree', data },
    { title: 'Say no…', verb: 'decline-move:form', data },
  ]
}

function milestoneButtons(viewed: ProjectViewInput, milestone: Milestone) {
  const { personId, mayChange, mayChangePlan, mayConfirm, ratesMilestones } = viewed
  const { id, completion } = milestone
  const data = { milestone: id }
  if (completion?.awaitsConfirmation && completion.byId !== personId && (mayChange || mayConfirm)) {
    return [{ title: 'Confirm', verb: 'confirm', data }]
  }
  const answers = moveButtons(viewed, milestone)
  if (!mayChange || hasCompletion(milestone)) return answers
  return [
    ...answers,
    { title: 'Done', verb: 'done', data },
    ...(ratesMilestones ? [{ title: 'Rate…', verb: 'rate:form', data }] : []),
    { title: 'Move date', verb: 'move:form', data },
    ...(mayChangePlan ? [{ title: 'Change…', verb: 'change-milestone:form', data }] : []),
  ]
}
