import type { AdaptiveCard, Card } from '../../chat/cards.ts'
import type { Reply } from '../../chat/reply.ts'
import { partsOf } from './card-walk.ts'
import { type FormPlacement, stampForm, withProblems } from './forms.ts'
import type { ActivityRequest } from './inbound.ts'

export type ExpandCard = (card: Card) => AdaptiveCard

/** What is to be done to answer. Absent parts are left out. */
export interface ReplyPlan {
  /** Shown in place of the card with the button, to the person who pressed it alone. */
  readonly privateCard?: AdaptiveCard
  /** A line under that card, for the same person alone. */
  readonly privateNote?: string
  /** How the message with the button looks now, to everybody. */
  readonly messageEdit?: AdaptiveCard
  /** A new message in the conversation. */
  readonly newMessage?: AdaptiveCard
  /** A new message in the person's own chat: what Milepost answers may hold what others may not see. */
  readonly directMessage?: AdaptiveCard
  /** A line where the question stands, for everybody there. Nothing of the answer is in it. */
  readonly channelNotice?: string
}

const ANSWER_BELOW = 'The answer is below.'
const ANSWER_IN_DIRECT_CHAT = 'The answer is in our own chat.'
const ANSWERED_IN_DIRECT_CHAT = 'I have answered you in our own chat.'

/**
 * The answer to a press, given in time. Teams shows the card in the answer to its own request to the person who
 * pressed and to nobody else; what shall last, or be seen by all, is edited into the message as well.
 */
export function planActionReply(
  received: ActivityRequest,
  reply: Reply,
  expand: ExpandCard,
): ReplyPlan {
  if (reply.kind !== 'answer')
    return { privateCard: formCard(reply, received.placement ?? 'view', expand) }
  if (reply.refresh) {
    const card = expand(reply.refresh)
    return { privateCard: card, ...unlessRepeat(reply, { messageEdit: card }) }
  }
  const card = expand(reply.card)
  if (received.placement === 'view' || isBackAction(received)) return { privateCard: card }
  if (received.placement === 'message')
    return { privateCard: card, ...unlessRepeat(reply, { messageEdit: card }) }
  // The message of a button stays. In a channel the answer is for the person who pressed alone; a note holds words,
  // but no buttons.
  if (received.request.place.kind !== 'channel') {
    return { privateNote: ANSWER_BELOW, ...unlessRepeat(reply, { newMessage: card }) }
  }
  if (!hasButtons(card)) return { privateNote: card.fallbackText }
  return { privateNote: ANSWER_IN_DIRECT_CHAT, ...unlessRepeat(reply, { directMessage: card }) }
}

/** The answer to a message, or to a press that could not be answered in time. */
export function planMessageReply(
  received: ActivityRequest,
  reply: Reply,
  expand: ExpandCard,
): ReplyPlan {
  const card =
    reply.kind === 'answer'
      ? expand(reply.refresh ?? reply.card)
      : formCard(reply, 'message', expand)
  const replaces = received.placement === 'message' || (reply.kind === 'answer' && reply.refresh)
  const { message, place, input } = received.request
  if (replaces && message) return unlessRepeat(reply, { messageEdit: card })
  if (place.kind === 'direct') return unlessRepeat(reply, { newMessage: card })
  // Who pressed has been told already that the answer follows.
  return unlessRepeat(
    reply,
    input.by === 'text'
      ? { directMessage: card, channelNotice: ANSWERED_IN_DIRECT_CHAT }
      : { directMessage: card },
  )
}

/** From an answer that stands in place of the message, for one person alone: the message itself is what they want. */
function isBackAction({ request: { input }, placement }: ActivityRequest): boolean {
  return placement === undefined && input.by !== 'text' && input.verb === 'back'
}

function hasButtons(card: AdaptiveCard): boolean {
  return partsOf(card).some(({ type }) => String(type).startsWith('Action.'))
}

/** Nothing is posted twice. */
function unlessRepeat(reply: Reply, answer: ReplyPlan): ReplyPlan {
  return reply.isRepeat ? {} : answer
}

type FormReply = Exclude<Reply, { kind: 'answer' }>

function formCard(reply: FormReply, standing: FormPlacement, expand: ExpandCard): AdaptiveCard {
  const card = expand(reply.card)
  return stampForm(reply.kind === 'invalid' ? withProblems(card, reply.fields) : card, standing)
}

/** The body of the answer to an adaptiveCard/action ("Response format", Universal Actions for Adaptive Cards). */
export function invokeResponseBody({
  privateCard,
  privateNote,
}: ReplyPlan): Record<string, unknown> {
  return privateCard
    ? { statusCode: 200, type: CARD_TYPE, value: privateCard }
    : {
        statusCode: 200,
        type: 'application/vnd.microsoft.activity.message',
        value: privateNote ?? '',
      }
}

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive'

/** A message that is this card; `summary` is what a notification says. */
export function cardActivity(card: AdaptiveCard) {
  return {
    type: 'message',
    summary: card.fallbackText,
    attachments: [{ contentType: CARD_TYPE, content: card }],
  }
}
