import { badArgument, tooBig } from './connector-error.ts'
import { fatalCardProblems, jsonBytes, MAX_MESSAGE_BYTES } from './limits.ts'
import type { CardJson, MessageFile } from './model.ts'
import {
  CARD_TYPE,
  cardJson,
  fileConsentCard,
  fileInfoCard,
  type OutgoingActivity,
} from './schemas.ts'
import type { MessageContent } from './state.ts'

/**
 * The messages that an activity of the bot becomes: none for a typing indicator; one for a text or a card;
 * two for both, as "message splitting occurs when a text message and an attachment are sent in the same
 * activity payload" (Teams documentation, Messages in bot conversations).
 * @throws ConnectorError for what Teams would refuse
 */
export function contentOf(activity: OutgoingActivity): MessageContent[] {
  const bytes = jsonBytes(activity)
  if (bytes > MAX_MESSAGE_BYTES) throw tooBig(`Message size too large: ${bytes} bytes.`)
  if (activity.type === 'typing') return []
  if (activity.type !== 'message') throw badArgument(`Unknown activity type "${activity.type}".`)
  const text = activity.text?.trim() ? activity.text : null
  const attachments = activity.attachments ?? []
  const files = attachments.flatMap((attachment) => fileOf(attachment) ?? [])
  if (files.length > 0) return [{ text, card: null, files }]
  const [card, ...more] = attachments.map(cardOf)
  if (more.length > 0) throw badArgument('Only one card a message is shown here.')
  if (!card && text === null) throw badArgument('The message is empty.')
  return [...(text === null ? [] : [{ text, card: null }]), ...(card ? [{ text: null, card }] : [])]
}

/** A file that the bot offers, or has put into the person's OneDrive; undefined for any other attachment. */
function fileOf(attachment: unknown): MessageFile | undefined {
  const offer = fileConsentCard.safeParse(attachment).data
  if (offer) {
    const { description, sizeInBytes: size, acceptContext: context } = offer.content
    return { kind: 'offered', name: offer.name, size, description, context }
  }
  const info = fileInfoCard.safeParse(attachment).data
  return info && { kind: 'put', id: info.content.uniqueId, name: info.name }
}

function cardOf({ contentType, content }: { contentType: string; content: unknown }): CardJson {
  if (contentType !== CARD_TYPE)
    throw badArgument(`Attachments of ${contentType} are not shown here.`)
  const card = cardJson.parse(content)
  const problems = fatalCardProblems(card)
  if (problems.length > 0) throw badArgument(`The card cannot be shown. ${problems.join(' ')}`)
  return card
}
