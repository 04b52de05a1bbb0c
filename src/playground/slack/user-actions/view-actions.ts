import { type Answer, deliver, type Misbehaviour } from '../app-request.ts'
import { applySubmissionAnswer, tellFailure } from '../apply-response.ts'
import { type Choice, type Field, fill, refusals } from '../form-fill.ts'
import type { Values } from '../model.ts'
import { closedPayload, submissionPayload, viewActionPayload } from '../payloads.ts'
import { type ActingParts, fieldIn } from './context.ts'

/** Modals and the home tab: their buttons and menus, submitting and closing. */
export function actingInViews(parts: ActingParts) {
  const { state, views, triggers, send } = parts

  /** `values` is what stands in the form meanwhile; without it, what the app put there. */
  async function chooseInView(
    userId: string,
    viewId: string,
    actionId: string,
    choice: Choice | undefined,
    how: Misbehaviour & { values?: Values } = {},
  ): Promise<Answer> {
    const { view } = views.shown(userId, viewId)
    const field = fieldIn(view.blocks, actionId)
    const values = how.values ?? fill(view, isField(field, choice) ? { [actionId]: choice } : {})
    const acted = { field, choice }
    const payload = viewActionPayload(
      state,
      userId,
      { view, values },
      acted,
      triggers.issue(userId),
    )
    const answer = await deliver(send, payload, how)
    if (answer.error) tellFailure(state, userId, 'action', answer.error, actionId)
    return answer
  }

  function pressInView(
    userId: string,
    viewId: string,
    actionId: string,
    how: Misbehaviour & { values?: Values } = {},
  ): Promise<Answer> {
    return chooseInView(userId, viewId, actionId, undefined, how)
  }

  async function submitView(
    userId: string,
    viewId: string,
    values: Values,
    how: Misbehaviour = {},
  ): Promise<Answer> {
    const { view } = views.shown(userId, viewId)
    const refused = refusals(view, values)
    if (Object.keys(refused).length > 0) {
      views.showErrors(userId, viewId, refused)
      return { status: null, body: null, refused }
    }
    const payload = submissionPayload(state, userId, view, values, triggers.issue(userId))
    const answered = deliver(send, payload, how).then((answer) => {
      if (answer.error)
        tellFailure(state, userId, 'form', answer.error, view.title?.text ?? 'the form')
      else applySubmissionAnswer(parts, userId, view, answer.body)
      return answer
    })
    views.submitting(answered)
    return answered
  }

  /** Closes a modal by its cross; the app hears of it only where the view asks for that. */
  async function closeView(
    userId: string,
    viewId: string,
    how: Misbehaviour = {},
  ): Promise<Answer | undefined> {
    const { view } = views.shown(userId, viewId)
    views.close(userId, view)
    if (!view.notify_on_close) return undefined
    return deliver(send, closedPayload(state, userId, view, view.clear_on_close), how)
  }

  return { chooseInView, pressInView, submitView, closeView }
}

function isField(field: Field, choice: Choice | undefined): choice is Choice {
  return choice !== undefined && field.element.type !== 'overflow'
}
