import { shorten } from '../../base/text.ts'
import { loadingModal } from './converter/modal.ts'
import { parseShortcut, type ShortcutRequest } from './inbound.ts'
import { messageCardOf, openModal } from './open-modal.ts'
import type { ShortcutPayload } from './payloads.ts'
import type { Responder } from './responder.ts'

/** Of a message: a form's field takes 2,000 characters, and the link needs room. */
const quotedLength = 1_500

/** Opens the form of a shortcut, with the words of its message and a link back to it. */
export async function handleShortcut(
  payload: ShortcutPayload,
  responder: Responder,
  team: string,
): Promise<void> {
  const shortcut = parseShortcut(payload, team)
  if (!shortcut) return
  const { origin, triggerId, request } = shortcut
  // A trigger lasts three seconds, and the link and a slow database may take longer.
  const viewId = await openModal(responder, triggerId, loadingModal(origin, 'Loading…'))
  const text = await quotedMessage(shortcut, responder)
  const { input } = request
  const reply = await responder.requestReply({
    ...request,
    input: { ...input, args: text === undefined ? {} : { text } },
  })
  if (viewId !== undefined) {
    const view = responder.toView(reply, origin)
    await responder.callWithRetry(() => responder.client.views.update({ view_id: viewId, view }))
    return
  }
  if (reply.isRepeat) return
  const message = responder.toSlackMessage(messageCardOf(reply))
  await responder.callWithRetry(() =>
    responder.client.chat.postMessage({ channel: request.actor.user, ...message }),
  )
}

/** The words of the message and a link to it; the words alone where Slack gives no link. */
async function quotedMessage(
  { message }: ShortcutRequest,
  { client, callWithRetry, log }: Responder,
): Promise<string | undefined> {
  if (!message) return undefined
  const { channel, ts: message_ts } = message
  const link = await callWithRetry(() => client.chat.getPermalink({ channel, message_ts })).catch(
    (error: unknown) => {
      log.warn({ platform: 'slack', error: String(error) }, 'Slack gave no link to a message')
      return undefined
    },
  )
  return [shorten(message.text, quotedLength), link?.permalink].filter(Boolean).join('\n')
}
