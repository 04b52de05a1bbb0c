import type { AdaptiveCard, Card } from '../../chat/cards.ts'
import type { Reply } from '../../chat/reply.ts'
import { partsOf } from './card-walk.ts'
import { withChoiceButtons } from './choice-buttons.ts'
import { type FormPlacement, stampForm, withProblems } from './forms.ts'
import type { ActivityRequest } from './inbound.ts'

export type ExpandCard = (card: Card) => AdaptiveCard

/** Where a reply is shown. Parts that are absent are not shown. */
export interface ReplyPlan {
  /** Replaces the card with the button, for the person who pressed it only. */
  readonly privateCard?: AdaptiveCard
  /** A line under that card, for the same person only. */
  readonly privateNote?: string
  /** Replaces the message with the button, for everybody. */
  readonly messageEdit?: AdaptiveCard
  /** A new message in the conversation. */
  readonly newMessage?: AdaptiveCard
  /** A new message in the person's own chat, because the answer may contain what others may not see. */
  readonly directMessage?: AdaptiveCard
  /** A line in the conversation of the question, for everybody there. It contains nothing of the answer. */
  readonly channelNotice?: string
  /** What was asked is saved, whether or not the answer arrives. */
  readonly isDone?: boolean
}

const ANSWER_BELOW = 'The answer is below.'
const ANSWER_IN_DIRECT_CHAT = 'The answer is in our own chat.'
const ANSWERED_IN_DIRECT_CHAT = 'I have answered you in our own chat.'

/**
 * The reply to a button press, in time for the response. Teams shows the card in the response only to the person who
 * pressed, and only until they reload; what has to last or to be seen by all is also edited into the message.
 */
export function planActionReply(
  activity: ActivityRequest,
  reply: Reply,
  expand: ExpandCard,
): ReplyPlan {
  if (reply.kind !== 'answer')
    return { privateCard: formCard(reply, activity.placement ?? 'view', expand) }
  if (reply.refresh) {
    const card = expand(reply.refresh)
    return { privateCard: card, ...unlessRepeat(reply, { messageEdit: card }) }
  }
  const card = expand(reply.card)
  // A form that could not be drawn anew stays as it is, with what was typed.
  if (isRedraw(activity)) return { privateNote: card.fallbackText }
  if (activity.placement === 'view' || isBackAction(activity)) return { privateCard: card }
  if (activity.placement === 'message')
    return { privateCard: card, ...unlessRepeat(reply, { messageEdit: card }) }
  // The message with the button stays. In a channel the answer is only for the person who pressed, and a note cannot
  // have buttons.
  if (activity.request.place.kind !== 'channel') {
    return { privateNote: ANSWER_BELOW, ...unlessRepeat(reply, { newMessage: card }) }
  }
  if (!hasButtons(card)) return { privateNote: card.fallbackText }
  const directMessage = { directMessage: card, isDone: isDoneBy(reply) }
  return { privateNote: ANSWER_IN_DIRECT_CHAT, ...unlessRepeat(reply, directMessage) }
}

/** The reply to a message, or to a button press that could not be answered in time. */
export function planMessageReply(
  activity: ActivityRequest,
  reply: Reply,
  expand: ExpandCard,
): ReplyPlan {
  const card =
    reply.kind === 'answer'
      ? expand(reply.refresh ?? reply.card)
      : formCard(reply, 'message', expand)
  const replacesMessage =
    activity.placement === 'message' || (reply.kind === 'answer' && reply.refresh)
  const { message, place, input } = activity.request
  if (replacesMessage && message) return unlessRepeat(reply, { messageEdit: card })
  if (place.kind === 'direct') return unlessRepeat(reply, { newMessage: card })
  const isDone = isDoneBy(reply)
  // A person who pressed a button has already been shown the notice that the answer follows.
  return unlessRepeat(
    reply,
    !('verb' in input)
      ? { directMessage: card, channelNotice: ANSWERED_IN_DIRECT_CHAT, isDone }
      : { directMessage: card, isDone },
  )
}

/** Whether what was asked is saved. */
export function isDoneBy(reply: Reply): boolean {
  return reply.kind === 'answer' && reply.isSaved === true
}

/** The back button of a card that replaced the message for one person: they want the message itself back. */
function isBackAction({ request: { input }, placement }: ActivityRequest): boolean {
  return placement === undefined && 'verb' in input && input.verb === 'back'
}

/** A button in a form that draws it anew: another choice, or more fields. */
function isRedraw({ request: { input }, placement }: ActivityRequest): boolean {
  return placement !== undefined && input.by === 'form' && input.verb.endsWith(':form')
}

function hasButtons(card: AdaptiveCard): boolean {
  return partsOf(card).some(({ type }) => String(type).startsWith('Action.'))
}

/** A repeated request posts nothing again. */
function unlessRepeat(reply: Reply, plan: ReplyPlan): ReplyPlan {
  return reply.isRepeat ? {} : plan
}

type FormReply = Exclude<Reply, { kind: 'answer' }>

function formCard(reply: FormReply, placement: FormPlacement, expand: ExpandCard): AdaptiveCard {
  const card = expand(reply.card)
  const form = reply.kind === 'invalid' ? withProblems(card, reply.fields) : card
  return stampForm(withChoiceButtons(form), placement)
}

/** What a dialog shows of a reply: the answer, or the form that is to be filled in. */
export function dialogCard(reply: Reply, expand: ExpandCard): AdaptiveCard {
  return reply.kind === 'answer' ? expand(reply.card) : formCard(reply, 'view', expand)
}

/** The response to an adaptiveCard/action. Source: Universal Actions for Adaptive Cards, "Response format". */
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

/** A message with this card; `summary` is the text of the notification. */
export function cardActivity(card: AdaptiveCard) {
  return {
    type: 'message',
    summary: card.fallbackText,
    attachments: [{ contentType: CARD_TYPE, content: card }],
  }
}
