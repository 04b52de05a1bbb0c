import { authorise, relationToProject } from '../../authority/rights.ts'
import { fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { type CommandContext, defineCommand, optionalText } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard, savedResult, undoButton } from '../../chat/notice.ts'
import { directPlaceOf } from '../../domain/people/direct-places.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import { appendMove } from '../../domain/plan/milestone-store.ts'
import {
  type FoundMilestone,
  findVisibleMilestone,
  milestoneArgs,
} from '../../domain/plan/milestones.ts'
import {
  agreeToMove,
  type MoveRequest,
  waitingMoveRequest,
} from '../../domain/plan/move-requests.ts'
import { enqueue } from '../../outbox/outbox.ts'
import { agreedPrefix, moveAnswerKind, moveText } from './move-messages.ts'

/** A sponsor agrees to a move that waits: it counts from that day, as the move of who asked for it. */
export const agree = defineCommand({
  name: 'agree',
  usages: ['agree <project> <milestone>'],
  slots: { project: slot.project, milestone: slot.text },
  examples: ['agree 2.1 3'],
  authority: ['agree to move'],
  notifies: 'member',
  summary:
    'Agree to a move of a date that waits for you. For the sponsor; where none can be asked, the programme office.',
  args: milestoneArgs.extend({ request: optionalText }),
  run: async (context, args) => {
    const { tx, today, now, place } = context
    const found = await findVisibleMilestone(context, args)
    const { foundProject, project, milestone } = found
    const personId = requirePersonId(context.actor)
    authorise('agree to move', relationToProject(personId, foundProject), project.ref)
    const request = await waitingMoveRequest(tx, milestone.id)
    if (!request || (args.request && args.request !== request.id)) throw new Refusal(notWaitingText)
    assertMayStillMove(found, request, { today, personId })
    if (!(await agreeToMove(context, request.id))) throw new Refusal(notWaitingText)
    const { byId, onBehalfOfId, from, to, reason } = request
    const said = { byId, onBehalfOfId, source: place.platform, onDay: today, at: now }
    const move = await appendMove(tx, milestone.id, { from, to, reason }, said)
    await tellAsker(context, found, request)
    const line = `${agreedPrefix}${moveText(found, request)}`
    const saved = savedResult([formatProject(project), line, `Reason: ${reason}`], line, [
      undoButton({ move }),
    ])
    return { ...saved, heardIn: { programmeId: foundProject.programme.id } }
  },
})

const notWaitingText =
  'No move of that milestone waits to be agreed: it was agreed already, or another was asked for since. Nothing was changed.'

/** @throws Refusal for who asked, and where the milestone is not as it was when it was asked */
function assertMayStillMove(
  { milestone }: FoundMilestone,
  { byId, from, to }: MoveRequest,
  { today, personId }: { readonly today: string; readonly personId: string },
): void {
  if (byId === personId) {
    throw new Refusal(
      'You asked for that move, so somebody else agrees to it. Nothing was changed.',
    )
  }
  if (milestone.completion) {
    throw new Refusal('That milestone was reported done since. Nothing was changed.')
  }
  if (milestone.due !== from) {
    throw new Refusal('That milestone was moved since it was asked. Nothing was changed.')
  }
  if (to < today) {
    throw new Refusal(
      `${fullDate(to)} has passed meanwhile. Ask for another day. Nothing was changed.`,
    )
  }
}

async function tellAsker(
  { tx, actor, now }: CommandContext,
  found: FoundMilestone,
  request: MoveRequest,
): Promise<void> {
  const place = await directPlaceOf(tx, request.byId)
  if (!place) return
  const lines = [formatProject(found.project), moveText(found, request), `Agreed by ${actor.name}`]
  const card = noticeCard({ heading: 'Your move is agreed', lines, buttons: [] })
  const message = { key: `move-answer:${request.id}`, kind: moveAnswerKind, place, card }
  const why = ['You asked for that move.']
  const programmeIds = [found.foundProject.programme.id]
  await enqueue(tx, { ...message, personId: request.byId, why, programmeIds }, now)
}
