import { authorise, relationToProject } from '../../authority/rights.ts'
import { fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import type { CommandContext, QueryContext } from '../../chat/commands.ts'
import { type NoticeButton, noticeCard } from '../../chat/notice.ts'
import { directPlaceOf } from '../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../domain/people/language-of.ts'
import { authorName, namesOf } from '../../domain/people/names.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import { type FoundMilestone, findVisibleMilestone } from '../../domain/plan/milestones.ts'
import { type MoveRequestState, moveRequestTexts } from '../../domain/plan/move-request-state.ts'
import {
  loadMoveAnswers,
  type MoveAnswer,
  type MoveRequest,
  unansweredMoveRequest,
} from '../../domain/plan/move-requests.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { closeNotices } from '../../outbox/close-notices.ts'
import { enqueue } from '../../outbox/outbox.ts'
import { moveAnswerKind, moveText, requestKeyPrefix } from './move-messages.ts'

/** What is alike for a yes and a no to a move that waits. */

/** The milestone, and the request of it that is answered: a button names the request, a line the milestone alone. */
export interface NamedRequest {
  readonly project?: string | undefined
  readonly milestone: string
  readonly request?: string | undefined
}

export interface FoundRequest {
  readonly found: FoundMilestone
  readonly request: MoveRequest
}

/**
 * The request that somebody is about to answer. `states`: how it may stand. @throws Refusal where it is not theirs to
 * answer, or stands otherwise; it says who answered
 */
export async function findAnswerableRequest(
  context: QueryContext,
  named: NamedRequest,
  states: readonly MoveRequestState[],
): Promise<FoundRequest> {
  const { tx, today } = context
  const found = await findVisibleMilestone(context, named)
  const personId = requirePersonId(context.actor)
  authorise('agree to move', relationToProject(personId, found.foundProject), found.project.ref)
  const request = await unansweredMoveRequest(tx, found.milestone.id)
  const id = named.request ?? request?.id
  const answer = id ? (await loadMoveAnswers(tx, [id], today)).get(id) : undefined
  if (!request || !answer || request.id !== id || !states.includes(answer.state))
    throw new Refusal(await notWaitingText(tx, answer))
  if (request.byId === personId) {
    throw new Refusal(
      'You asked for that move, so somebody else answers it. To ask for another day, move it again. Nothing was changed.',
    )
  }
  return { found, request }
}

/** 'Sara Ames answered on Fri 24 Feb 2017, and it was declined.' */
export async function notWaitingText(tx: ReadTx, answer: MoveAnswer | undefined): Promise<string> {
  if (!answer) return 'No move of that milestone waits to be agreed. Nothing was changed.'
  const text = moveRequestTexts[answer.state]
  const { byId, onDay } = answer
  if (!byId || !onDay) return `No move of that milestone waits: ${text}. Nothing was changed.`
  const name = authorName(await namesOf(tx, [byId]), byId)
  return `No move of that milestone waits: ${text} (${name}, ${fullDate(onDay)}). Nothing was changed.`
}

export interface ToldAnswer {
  readonly heading: string
  /** Below the project and the move. */
  readonly lines: readonly string[]
  readonly buttons?: NoticeButton[]
}

/** Tells who asked, once: a request has one answer. */
export async function tellAsker(
  { tx, now }: CommandContext,
  { found, request }: FoundRequest,
  { heading, lines, buttons = [] }: ToldAnswer,
): Promise<void> {
  const place = await directPlaceOf(tx, request.byId)
  if (!place) return
  const said = [formatProject(found.project), moveText(found, request), ...lines]
  const card = await inLanguageOf(tx, request.byId, () =>
    noticeCard({ heading, lines: said, buttons }),
  )
  const message = { key: `move-answer:${request.id}`, kind: moveAnswerKind, place, card }
  const why = ['You asked for that move.']
  const programmeIds = [found.foundProject.programme.id]
  await enqueue(tx, { ...message, personId: request.byId, why, programmeIds }, now)
}

/** Shows in every copy of a request what became of it, in place of its buttons. */
export function closeRequestCards(
  tx: Tx,
  requestId: string,
  note: string,
  now: Date,
): Promise<void> {
  return closeNotices(tx, requestKeyPrefix(requestId), note, now)
}
