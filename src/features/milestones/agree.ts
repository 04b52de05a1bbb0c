import { Refusal } from '../../base/errors.ts'
import { defineCommand, optionalText } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { savedResult, undoButton } from '../../chat/notice.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { appendMove } from '../../domain/plan/milestone-store.ts'
import { milestoneArgs } from '../../domain/plan/milestones.ts'
import { agreeToMove } from '../../domain/plan/move-requests.ts'
import {
  closeRequestCards,
  findAnswerableRequest,
  notWaitingText,
  tellAsker,
} from './move-answers.ts'
import { moveText } from './move-messages.ts'

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
    const { tx, actor, today, now, place } = context
    const answered = await findAnswerableRequest(context, args, ['waits'])
    const { found, request } = answered
    const { project, milestone, foundProject } = found
    if (!(await agreeToMove(context, request.id))) {
      throw new Refusal(await notWaitingText(tx, undefined))
    }
    const { byId, onBehalfOfId, from, to, reason } = request
    const said = { byId, onBehalfOfId, source: place.platform, onDay: today, at: now }
    const move = await appendMove(tx, milestone.id, { from, to, reason }, said)
    const by = `Agreed by ${actor.name}`
    await tellAsker(context, answered, { heading: 'Your move is agreed', lines: [by] })
    await closeRequestCards(tx, request.id, `✓ ${by}`, now)
    const line = `Agreed: ${moveText(found, request)}`
    const saved = savedResult([formatProject(project), line, `Reason: ${reason}`], line, [
      undoButton({ move }),
    ])
    return { ...saved, heardIn: { programmeId: foundProject.programme.id } }
  },
})
