import { type AppResponse, deliver, type RequestFaults } from '../app-request.ts'
import { applyViewResponse, showFailure } from '../apply-response.ts'
import { type Choice, type Field, fillForm, validateInputs } from '../form-fill.ts'
import type { ViewStateValues } from '../model.ts'
import { closedPayload, submissionPayload, viewActionPayload } from '../payloads.ts'
import { findField, type UserActionContext } from './context.ts'

/** Actions in modals and the home tab: buttons and menus, submitting, closing. */
export function viewActions(parts: UserActionContext) {
  const { state, views, triggers, send } = parts

  /** `values` is the state of the form. Default: the app's initial values. */
  async function chooseInView(
    userId: string,
    viewId: string,
    actionId: string,
    choice: Choice | undefined,
    faults: RequestFaults & { values?: ViewStateValues } = {},
  ): Promise<AppResponse> {
    const { view } = views.requireView(userId, viewId)
    const field = findField(view.blocks, actionId)
    const values =
      faults.values ?? fillForm(view, isInputChoice(field, choice) ? { [actionId]: choice } : {})
    const action = { field, choice }
    const payload = viewActionPayload(
      state,
      userId,
      { view, values },
      action,
      triggers.issue(userId),
    )
    const response = await deliver(send, payload, faults)
    if (response.error) showFailure(state, userId, 'action', response.error, actionId)
    return response
  }

  function pressInView(
    userId: string,
    viewId: string,
    actionId: string,
    faults: RequestFaults & { values?: ViewStateValues } = {},
  ): Promise<AppResponse> {
    return chooseInView(userId, viewId, actionId, undefined, faults)
  }

  async function submitView(
    userId: string,
    viewId: string,
    values: ViewStateValues,
    faults: RequestFaults = {},
  ): Promise<AppResponse> {
    const { view } = views.requireView(userId, viewId)
    const inputErrors = validateInputs(view, values)
    if (Object.keys(inputErrors).length > 0) {
      views.showErrors(userId, viewId, inputErrors)
      return { status: null, body: null, inputErrors }
    }
    const payload = submissionPayload(state, userId, view, values, triggers.issue(userId))
    const responding = deliver(send, payload, faults).then((response) => {
      if (response.error)
        showFailure(state, userId, 'form', response.error, view.title?.text ?? 'the form')
      else applyViewResponse(parts, userId, view, response.body)
      return response
    })
    views.trackSubmission(responding)
    return responding
  }

  /**
   * Closes a modal by its cross. The app is notified only where the view has `notify_on_close`. A modal that is closed
   * already stays so: Escape pressed twice, or pressed while the app closes it, is no fault.
   */
  async function closeView(
    userId: string,
    viewId: string,
    faults: RequestFaults = {},
  ): Promise<AppResponse | undefined> {
    const open = views.stackOf(userId).find((each) => each.view.id === viewId)
    if (!open) return undefined
    const { view } = open
    views.close(userId, view)
    if (!view.notify_on_close) return undefined
    return deliver(send, closedPayload(state, userId, view, view.clear_on_close), faults)
  }

  return { chooseInView, pressInView, submitView, closeView }
}

function isInputChoice(field: Field, choice: Choice | undefined): choice is Choice {
  return choice !== undefined && field.element.type !== 'overflow'
}
