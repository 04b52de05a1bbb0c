import { type AppResponse, deliver, type RequestFaults } from '../app-request.ts'
import { applyViewResponse, showFailure } from '../apply-response.ts'
import { type Choice, type Field, fillForm, validateInputs } from '../form-fill.ts'
import type { ViewStateValues } from '../model.ts'
import { closedPayload, submissionPayload, viewActionPayload } from '../payloads.ts'
import { findField, type UserActionContext } from './context.ts'

/** Modals and the home tab: their buttons and menus, submitting and closing. */
export function viewActions(parts: UserActionContext) {
  const { state, views, triggers, send } = parts

  /** `values` is what stands in the form meanwhile; without it, what the app put there. */
  async function chooseInView(
    userId: string,
    viewId: string,
    actionId: string,
    choice: Choice | undefined,
    how: RequestFaults & { values?: ViewStateValues } = {},
  ): Promise<AppResponse> {
    const { view } = views.requireView(userId, viewId)
    const field = findField(view.blocks, actionId)
    const values =
      how.values ?? fillForm(view, isInputChoice(field, choice) ? { [actionId]: choice } : {})
    const acted = { field, choice }
    const payload = viewActionPayload(
      state,
      userId,
      { view, values },
      acted,
      triggers.issue(userId),
    )
    const answer = await deliver(send, payload, how)
    if (answer.error) showFailure(state, userId, 'action', answer.error, actionId)
    return answer
  }

  function pressInView(
    userId: string,
    viewId: string,
    actionId: string,
    how: RequestFaults & { values?: ViewStateValues } = {},
  ): Promise<AppResponse> {
    return chooseInView(userId, viewId, actionId, undefined, how)
  }

  async function submitView(
    userId: string,
    viewId: string,
    values: ViewStateValues,
    how: RequestFaults = {},
  ): Promise<AppResponse> {
    const { view } = views.requireView(userId, viewId)
    const refused = validateInputs(view, values)
    if (Object.keys(refused).length > 0) {
      views.showErrors(userId, viewId, refused)
      return { status: null, body: null, inputErrors: refused }
    }
    const payload = submissionPayload(state, userId, view, values, triggers.issue(userId))
    const answered = deliver(send, payload, how).then((answer) => {
      if (answer.error)
        showFailure(state, userId, 'form', answer.error, view.title?.text ?? 'the form')
      else applyViewResponse(parts, userId, view, answer.body)
      return answer
    })
    views.trackSubmission(answered)
    return answered
  }

  /** Closes a modal by its cross; the app hears of it only where the view asks for that. */
  async function closeView(
    userId: string,
    viewId: string,
    how: RequestFaults = {},
  ): Promise<AppResponse | undefined> {
    const { view } = views.requireView(userId, viewId)
    views.close(userId, view)
    if (!view.notify_on_close) return undefined
    return deliver(send, closedPayload(state, userId, view, view.clear_on_close), how)
  }

  return { chooseInView, pressInView, submitView, closeView }
}

function isInputChoice(field: Field, choice: Choice | undefined): choice is Choice {
  return choice !== undefined && field.element.type !== 'overflow'
}
