import { ActivityTypes, type TurnContext } from 'botbuilder'
import type { TaskTracker } from '../../chat/background-tasks.ts'
import { retryRateLimited, type Sleep } from '../../chat/rate-limit-retry.ts'
import { dialogMessage } from './dialogs.ts'
import type { ActivityRequest } from './inbound.ts'
import type { Outbound } from './outbound.ts'
import { invokeResponseBody } from './reply.ts'

/** Others read it, so it tells nothing. */
export const outsiderText =
  'I keep plans for another organisation than yours, and answer its people alone. Nothing was saved. Please ask one of them.'

/** Answers people of other organisations in a shared channel: the same to each, and no command sees their request. */
export function createOutsiderAnswer({
  outbound,
  tasks,
  wait,
}: {
  readonly outbound: Pick<Outbound, 'postText'>
  readonly tasks: TaskTracker
  readonly wait: Sleep
}): (activity: ActivityRequest, context: TurnContext) => Promise<void> {
  return async ({ kind, conversation, request }, context) => {
    if (kind === 'message') {
      const posting = retryRateLimited(
        () => outbound.postText(request.place, conversation, outsiderText),
        wait,
      )
      await tasks.keep(posting, 'Somebody of another organisation could not be answered in Teams')
      return
    }
    const body =
      kind === 'dialog'
        ? dialogMessage(outsiderText)
        : invokeResponseBody({ privateNote: outsiderText })
    await context.sendActivity({
      type: ActivityTypes.InvokeResponse,
      value: { status: 200, body },
    })
  }
}
