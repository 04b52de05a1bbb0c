import { type HomeOpening, originOfPerson, parseHomeOpening } from './inbound.ts'
import { messageCardOf } from './open-modal.ts'
import type { HomeOpenedPayload } from './payloads.ts'
import type { Responder } from './responder.ts'

/** Shows a person their page as they open the Home tab. */
export async function handleHomeOpened(
  payload: HomeOpenedPayload,
  responder: Responder,
): Promise<void> {
  const { request, user, tenant }: HomeOpening = parseHomeOpening(payload)
  const reply = await responder.requestReply(request)
  const view = responder.toHomeView(messageCardOf(reply), originOfPerson(tenant, user))
  await responder.callWithRetry(() => responder.client.views.publish({ user_id: user, view }))
}
