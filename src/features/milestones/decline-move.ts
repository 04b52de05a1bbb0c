import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { defineCommand, optionalText } from '../../chat/commands.ts'
import { addForm } from '../../chat/edit-form.ts'
import { parseWith } from '../../chat/fields.ts'
import { slot } from '../../chat/grammar.ts'
import { savedResult } from '../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingQuestion,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { milestoneArgs } from '../../domain/plan/milestones.ts'
import type { MoveRequestState } from '../../domain/plan/move-request-state.ts'
import { declineMove } from '../../domain/plan/move-requests.ts'
import {
  closeRequestCards,
  findAnswerableRequest,
  notWaitingText,
  tellAsker,
} from './move-answers.ts'
import { moveText } from './move-messages.ts'

/** A "no" to a day that has passed does no harm, and tells who asked. */
const declinable: readonly MoveRequestState[] = ['waits', 'day has passed']

const formValues = z.object({
  milestone: z.string(),
  project: z.string().optional(),
  request: z.string().optional(),
  reason: z.string().optional(),
})

/** A sponsor says no to a move that waits: the date stays, and who asked hears why. */
export const declineMoveCommand = defineCommand({
  name: 'decline-move',
  usages: ['decline move <project> <milestone> [because <reason>] [words are fine because <fine>]'],
  slots: {
    ...{ project: slot.project, milestone: slot.textUpToBecause },
    ...{ reason: slot.text, fine: slot.text },
  },
  examples: ['decline move 2.1 3 because the board has promised the spring'],
  authority: ['agree to move'],
  notifies: 'member',
  summary:
    'Say no to another date that waits for you, and why. The date stays as it is, and who asked is told. For the sponsor; where none can be asked, the programme office.',
  args: milestoneArgs.extend({ request: optionalText, reason: optionalText, fine: optionalText }),
  run: async (context, { reason, fine, ...named }) => {
    const { tx, actor, now } = context
    const answered = await findAnswerableRequest(context, named, declinable)
    const { found, request } = answered
    const { foundProject, milestone } = found
    if (!reason) throw fieldRefusal({ reason: 'Say why, in a few words: “because …”.' })
    const subject = safeguardingSubjectOf(context, foundProject)
    await requireSafeguardingAnswer(context, subject, [reason], fine)
    if (!(await declineMove(context, request.id, reason))) {
      throw new Refusal(await notWaitingText(tx, undefined))
    }
    const said = `${actor.name} says no: ${reason}`
    await tellAsker(context, answered, {
      heading: 'Your move is not agreed',
      lines: [
        said,
        `It stays due on ${fullDate(request.from)}.`,
        `You can ask for another day, say that it is at risk, or talk to ${actor.name}.`,
      ],
      buttons: [
        { title: 'Another day…', verb: 'move:form', data: { milestone: milestone.id } },
        { title: 'Show', verb: 'show', data: { project: foundProject.id } },
      ],
    })
    await closeRequestCards(tx, request.id, `✕ ${said}`, now)
    const line = `Not agreed: ${moveText(found, request)}`
    const lines = [formatProject(foundProject), line, `Reason: ${reason}`, 'Who asked is told.']
    return {
      ...savedResult(lines, line),
      heardIn: { programmeId: foundProject.programme.id },
    }
  },
  form: async (context, filled) => {
    const { reason, ...named } = parseWith(formValues, filled.values)
    const { found, request } = await findAnswerableRequest(context, named, declinable)
    const { foundProject, milestone } = found
    const subject = safeguardingSubjectOf(context, foundProject)
    return addForm(
      {
        ...{ heading: 'Say no to a move', button: 'Tell them', verb: 'decline-move' },
        about: `${formatProject(foundProject)}. ${moveText(found, request)}, because ${request.reason}`,
        data: { milestone: milestone.id, request: request.id },
        question: await safeguardingQuestion(context, subject, [reason]),
      },
      [{ id: 'reason', label: 'Why not?', kind: 'long', present: '', isRequired: true }],
      filled,
    )
  },
})
