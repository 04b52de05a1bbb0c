import type { AdaptiveCard, Card } from '../../chat/cards.ts'
import type { Reply } from '../../chat/reply.ts'
import { partsOf } from './card-walk.ts'
import { asForm, type Standing, withProblems } from './forms.ts'
import type { Received } from './inbound.ts'

export type Expand = (card: Card) => AdaptiveCard

/** What is to be done to answer. Absent parts are left out. */
export interface Answer {
  /** Shown in place of the card with the button, to the person who pressed it alone. */
  readonly view?: AdaptiveCard
  /** A line under that card, for the same person alone. */
  readonly note?: string
  /** How the message with the button looks now, to everybody. */
  readonly edit?: AdaptiveCard
  /** A new message in the conversation. */
  readonly post?: AdaptiveCard
  /** A new message in the person's own chat: what Milepost answers may hold what others may not see. */
  readonly tell?: AdaptiveCard
  /** A line where the question stands, for everybody there. Nothing of the answer is in it. */
  readonly line?: string
}

const BELOW = 'The answer is below.'
const IN_OWN_CHAT = 'The answer is in our own chat.'
const ANSWERED_IN_OWN_CHAT = 'I have answered you in our own chat.'

/**
 * The answer to a press, given in time. Teams shows the card in the answer to its own request to the person who
 * pressed and to nobody else; what shall last, or be seen by all, is edited into the message as well.
 */
export function answerToPress(received: Received, reply: Reply, expand: Expand): Answer {
  if (reply.kind !== 'answer') return { view: form(reply, received.standing ?? 'view', expand) }
  if (reply.refresh) {
    const card = expand(reply.refresh)
    return { view: card, ...lasting(reply, { edit: card }) }
  }
  const card = expand(reply.card)
  if (received.standing === 'view' || goesBack(received)) return { view: card }
  if (received.standing === 'message') return { view: card, ...lasting(reply, { edit: card }) }
  // The message of a button stays. In a channel the answer is for the person who pressed alone; a note holds words,
  // but no buttons.
  if (received.invocation.place.kind !== 'channel') {
    return { note: BELOW, ...lasting(reply, { post: card }) }
  }
  if (!hasButtons(card)) return { note: card.fallbackText }
  return { note: IN_OWN_CHAT, ...lasting(reply, { tell: card }) }
}

/** The answer to a message, or to a press that could not be answered in time. */
export function answerByMessage(received: Received, reply: Reply, expand: Expand): Answer {
  const card =
    reply.kind === 'answer' ? expand(reply.refresh ?? reply.card) : form(reply, 'message', expand)
  const replaces = received.standing === 'message' || (reply.kind === 'answer' && reply.refresh)
  const { message, place, ask } = received.invocation
  if (replaces && message) return lasting(reply, { edit: card })
  if (place.kind === 'direct') return lasting(reply, { post: card })
  // Who pressed has been told already that the answer follows.
  return lasting(
    reply,
    ask.by === 'text' ? { tell: card, line: ANSWERED_IN_OWN_CHAT } : { tell: card },
  )
}

/** From an answer that stands in place of the message, for one person alone: the message itself is what they want. */
function goesBack({ invocation: { ask }, standing }: Received): boolean {
  return standing === undefined && ask.by !== 'text' && ask.verb === 'back'
}

function hasButtons(card: AdaptiveCard): boolean {
  return partsOf(card).some(({ type }) => String(type).startsWith('Action.'))
}

/** Nothing is posted twice. */
function lasting(reply: Reply, answer: Answer): Answer {
  return reply.repeat ? {} : answer
}

type FormReply = Exclude<Reply, { kind: 'answer' }>

function form(reply: FormReply, standing: Standing, expand: Expand): AdaptiveCard {
  const card = expand(reply.card)
  return asForm(reply.kind === 'invalid' ? withProblems(card, reply.fields) : card, standing)
}

/** The body of the answer to an adaptiveCard/action ("Response format", Universal Actions for Adaptive Cards). */
export function pressBody({ view, note }: Answer): Record<string, unknown> {
  return view
    ? { statusCode: 200, type: CARD_TYPE, value: view }
    : { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: note ?? '' }
}

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive'

/** A message that is this card; `summary` is what a notification says. */
export function cardMessage(card: AdaptiveCard) {
  return {
    type: 'message',
    summary: card.fallbackText,
    attachments: [{ contentType: CARD_TYPE, content: card }],
  }
}
