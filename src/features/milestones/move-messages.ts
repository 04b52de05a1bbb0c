import { dateIn, fullDate } from '../../base/dates.ts'
import { noticeCard } from '../../chat/notice.ts'
import { formatProject, shortMilestoneText } from '../../domain/plan/format.ts'
import type { FoundMilestone } from '../../domain/plan/milestones.ts'
import { moveRequestTexts } from '../../domain/plan/move-request-state.ts'
import { loadMoveAnswers, type MoveRequest } from '../../domain/plan/move-requests.ts'
import type { Tx } from '../../infra/db.ts'
import type { SentMessage } from '../../outbox/find-message.ts'
import { defineMessageKind, type RevalidationContext } from '../../outbox/message-kinds.ts'
import { setCardInPlace } from '../../outbox/outbox.ts'
import type { PendingMessage, RevalidationResult } from '../../outbox/revalidate.ts'

/** What is said of a move that waits for the sponsor: to who may agree, and to who asked. */

export const moveRequestKind = defineMessageKind({
  kind: 'move-request',
  title: 'Move of a date asked for',
  authority: 'read plan',
  revalidate: revalidateRequest,
  redraw: redrawRequest,
})

export const moveAnswerKind = defineMessageKind({
  kind: 'move-answer',
  title: 'Answer about a move of a date',
  authority: 'read plan',
})

/** 'From Fri 31 Mar 2017 to Fri 30 Jun 2017: 3. Website'. */
export function moveText(
  { milestone }: FoundMilestone,
  { from, to }: Pick<MoveRequest, 'from' | 'to'>,
) {
  return `From ${fullDate(from)} to ${fullDate(to)}: ${milestone.number}. ${shortMilestoneText(milestone)}`
}

export interface RequestCardOptions {
  /** Who asks, by name. */
  readonly asker: string
  /** Why it waits, as the end of a sentence. */
  readonly waits: string
}

/** What a sponsor is asked: to agree or to say no, or to ask the project's leads first. */
export function requestCard(
  found: FoundMilestone,
  request: MoveRequest,
  { asker, waits }: RequestCardOptions,
) {
  const { project, milestone } = found
  return noticeCard({
    heading: 'A date is to move',
    lines: [
      formatProject(project),
      moveText(found, request),
      `${asker} says why: ${request.reason}`,
      `It waits for you, because ${waits}. Nothing is changed until then.`,
    ],
    buttons: [
      { title: 'Agree', verb: 'agree', data: { milestone: milestone.id, request: request.id } },
      {
        ...{ title: 'Say no…', verb: 'decline-move:form' },
        data: { milestone: milestone.id, request: request.id },
      },
      { title: 'Ask', verb: 'ask:form', data: { project: project.id } },
    ],
  })
}

/** The request as whoever answered left it; a question to its leads stands below it, and leaves the buttons. */
async function redrawRequest(tx: Tx, { id, card }: SentMessage, note: string | undefined) {
  if (note === undefined) return undefined
  const { heading, lines, buttons } = noticeCard.data.parse(card.data)
  if (buttons.length === 0) return card
  const asked = noticeCard({ heading, lines: [...lines, note], buttons })
  await setCardInPlace(tx, id, asked)
  return asked
}

/** Of the messages that ask for an answer to a request: one to each person. */
export const requestKeyPrefix = (requestId: string) => `move-request:${requestId}:`

/** A request that nobody has to answer any more is not sent. */
export async function revalidateRequest(
  { db, clock }: RevalidationContext,
  { key }: Pick<PendingMessage, 'key'>,
): Promise<RevalidationResult> {
  const [, requestId = ''] = key.split(':')
  const today = dateIn('UTC', clock.now())
  const state = (await loadMoveAnswers(db, [requestId], today)).get(requestId)?.state
  if (state === undefined || state === 'waits') return 'unchanged'
  return { dropReason: moveRequestTexts[state] }
}
