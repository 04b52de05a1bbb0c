import { createRequire } from 'node:module'
import type { IValidationEvent } from 'adaptivecards'
import { z } from 'zod'
import type { CardJson } from './model.ts'

// The package's entry is written for bundlers; Node can load its dist build.
const { AdaptiveCard, CardObject, SerializationContext, ValidationEvent, Versions } = createRequire(
  import.meta.url,
)('adaptivecards/dist/adaptivecards.js') as typeof import('adaptivecards')

/** Teams documentation, Format your bot messages: a message has at most 100 KB. */
export const MAX_MESSAGE_BYTES = 100 * 1024
/** The most that a card of ours should have: Teams counts its own overhead towards the limit. */
export const TARGET_CARD_BYTES = 80 * 1024

/** The newest Adaptive Cards version that Teams shows in a bot's message. */
const NEWEST_VERSION = 1.5

/** Length of `value` as UTF-8 JSON. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '', 'utf8')
}

/** Everything about a card that Teams would refuse, ignore or show badly; empty for a good card. */
export function cardProblems(card: CardJson): string[] {
  const bytes = jsonBytes(card)
  const size =
    bytes > TARGET_CARD_BYTES ? [`The card has ${bytes} bytes; aim for ${TARGET_CARD_BYTES}.`] : []
  return [
    ...envelopeProblems(card),
    ...validationEvents(card).map(formatEvent),
    ...verbProblems(card),
    ...size,
  ]
}

/** Why Teams cannot show or use a card, whatever its size; empty where it can. */
export function fatalCardProblems(card: CardJson): string[] {
  const fatal = validationEvents(card).filter(({ event }) => !TOLERATED_EVENTS.has(event))
  return [...envelopeProblems(card), ...fatal.map(formatEvent), ...verbProblems(card)]
}

/** What a client ignores or shows all the same: it replaces a wrong value by the default. */
const TOLERATED_EVENTS = new Set([
  ValidationEvent.Hint,
  ValidationEvent.Deprecated,
  ValidationEvent.InvalidPropertyValue,
  ValidationEvent.UnsupportedProperty,
  ValidationEvent.CollectionCantBeEmpty,
  ValidationEvent.RequiredInputsShouldHaveLabel,
  ValidationEvent.RequiredInputsShouldHaveErrorMessage,
])

function envelopeProblems({ type, version }: CardJson): string[] {
  if (type !== 'AdaptiveCard') return ['The card\'s type is not "AdaptiveCard".']
  if (typeof version !== 'string' || !/^1\.\d$/.test(version)) {
    return ['The card has no version such as "1.5".']
  }
  return Number(version) > NEWEST_VERSION
    ? [`The card asks for version ${version}; Teams shows up to ${NEWEST_VERSION}.`]
    : []
}

/** What the official renderer finds: unknown elements, wrong values, inputs with no id or with one that is not unique. */
function validationEvents(json: CardJson): IValidationEvent[] {
  const context = new SerializationContext(Versions.v1_5)
  const card = new AdaptiveCard()
  card.parse(json, context)
  const parsing = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at))
  return [...parsing, ...card.validateProperties().validationEvents]
}

function formatEvent({ source, message }: IValidationEvent): string {
  return source instanceof CardObject ? `${source.getJsonTypeName()}: ${message}` : message
}

const executeWithoutVerb = z.looseObject({
  type: z.literal('Action.Execute'),
  verb: z.string().min(1).optional(),
})

/** A bot needs the verb to tell its Action.Execute buttons apart; in the schema it is optional. */
function verbProblems(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(verbProblems)
  if (typeof part !== 'object' || part === null) return []
  const action = executeWithoutVerb.safeParse(part)
  const own =
    action.success && !action.data.verb
      ? [`Action.Execute "${String(action.data.title ?? '')}" has no verb.`]
      : []
  return [...own, ...Object.values(part).flatMap(verbProblems)]
}
