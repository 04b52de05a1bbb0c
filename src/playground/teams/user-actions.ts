import {
  type Activity,
  type ActivityContext,
  cardInvoke,
  cardSubmit,
  channelMention,
  chatMessage,
  installationEvents,
} from './activities.ts'
import type { BotResponse, DeliveryFaults, DeliveryResult } from './bot-delivery.ts'
import {
  actionsOf,
  type CardAction,
  collectInputs,
  type InputProblem,
  type InputValues,
} from './card-inputs.ts'
import { fatalCardProblems } from './limits.ts'
import type { CardJson, Json, Person } from './model.ts'
import { CARD_TYPE, invokeResponse } from './schemas.ts'
import type { Place, StoredMessage, TenantState } from './state.ts'

/**
 * Names a button: by its index among the card's buttons of that type in reading order (from 0), by its id or its
 * verb, or by fields that it has. It must match exactly one button.
 */
export type ActionSelector = number | string | { [field: string]: Json }

/** The message with the card, and its conversation. */
export interface CardAddress {
  conversation: string
  activityId: string
}

export interface PressOptions extends DeliveryFaults {
  /** False: sends what the client itself would refuse, such as a required input that is empty. */
  clientChecks?: boolean
}

/** What the person sees as the result. */
export type PressOutcome =
  | { kind: 'not sent'; problems: InputProblem[] }
  | { kind: 'sent' }
  | { kind: 'card'; card: CardJson }
  | { kind: 'note'; text: string }
  | { kind: 'error'; text: string }

export interface PressResult {
  outcome: PressOutcome
  /** Null where the client refused to send. */
  delivery: DeliveryResult | null
}

type Deliver = (activity: Activity, faults?: DeliveryFaults) => Promise<DeliveryResult>

/** Acts for the people of the tenant in their Teams clients. `userId` is their Teams id or their directory id. */
export class UserActions {
  readonly #state: TenantState
  readonly #serviceUrl: string
  readonly #deliver: Deliver

  constructor(state: TenantState, serviceUrl: string, deliver: Deliver) {
    this.#state = state
    this.#serviceUrl = serviceUrl
    this.#deliver = deliver
  }

  /** Writes to the bot in the person's own chat with it. */
  async message(userId: string, text: string, faults?: DeliveryFaults): Promise<DeliveryResult> {
    const person = this.#state.person(userId)
    const place = this.#state.chatWith(person)
    const { id } = this.#state.add(place, authorOf(person), { text, card: null })
    return this.#deliver(chatMessage(this.#envelope(person, place), id, text), faults)
  }

  /** Mentions the bot in a channel, which starts a thread, or in a thread by its conversation id. */
  async mention(
    userId: string,
    conversation: string,
    text: string,
    faults?: DeliveryFaults,
  ): Promise<DeliveryResult> {
    const person = this.#state.person(userId)
    const content = { text: `@${this.#state.bot.name} ${text}`, card: null }
    const message = this.#state.add(this.#state.place(conversation), authorOf(person), content)
    const envelope = this.#envelope(person, this.#state.placeOf(message))
    return this.#deliver(channelMention(envelope, message.id, text), faults)
  }

  /** Presses an Action.Execute button and shows this person the bot's response. */
  async execute(
    userId: string,
    at: CardAddress,
    selector: ActionSelector,
    filled: InputValues = {},
    options: PressOptions = {},
  ): Promise<PressResult> {
    const { person, message, found, envelope } = this.#press(userId, at, 'Action.Execute', selector)
    const { values, problems } = collectInputs(found.inputs, filled)
    if (problems.length > 0 && options.clientChecks !== false) return notSent(problems)
    const action = { ...found.action, data: { ...objectOrEmpty(found.action.data), ...values } }
    const invoke = cardInvoke(envelope, this.#state.nextId(), message.id, action)
    const sent = await this.#deliver(invoke, options)
    const outcome = outcomeOf(sent.responses)
    this.#show(message, person, outcome)
    return { outcome, delivery: sent }
  }

  /** Presses an Action.Submit button: the bot gets a message with a value and no text. */
  async submit(
    userId: string,
    at: CardAddress,
    selector: ActionSelector,
    filled: InputValues = {},
    options: PressOptions = {},
  ): Promise<PressResult> {
    const { message, found, envelope } = this.#press(userId, at, 'Action.Submit', selector)
    const { values, problems } = collectInputs(found.inputs, filled)
    if (problems.length > 0 && options.clientChecks !== false) return notSent(problems)
    const value = { ...objectOrEmpty(found.action.data), ...values }
    const submitted = cardSubmit(envelope, this.#state.nextId(), message.id, value)
    return { outcome: { kind: 'sent' }, delivery: await this.#deliver(submitted, options) }
  }

  /** Installs the app in the person's own scope or in the team, and sends both events. */
  install(userId: string, scope: 'personal' | 'team' = 'personal'): Promise<DeliveryResult[]> {
    return this.#setInstalled(userId, scope, true)
  }

  /** Uninstalls the app, and sends both events; the connector then refuses posts there with 403. */
  uninstall(userId: string, scope: 'personal' | 'team' = 'personal'): Promise<DeliveryResult[]> {
    return this.#setInstalled(userId, scope, false)
  }

  /** Sends any activity, signed and otherwise unchanged. */
  post(activity: Activity, faults?: DeliveryFaults): Promise<DeliveryResult> {
    return this.#deliver(activity, faults)
  }

  async #setInstalled(userId: string, scope: 'personal' | 'team', installed: boolean) {
    const person = this.#state.person(userId)
    const { team } = this.#state.layout
    const place: Place =
      scope === 'personal'
        ? this.#state.chatWith(person)
        : { kind: 'channel', id: team.id, channel: team }
    this.#state.setInstalled(place, installed)
    const ids: [string, string] = [this.#state.nextId(), this.#state.nextId()]
    const sent: DeliveryResult[] = []
    for (const event of installationEvents(this.#envelope(person, place), ids, installed)) {
      sent.push(await this.#deliver(event))
    }
    return sent
  }

  /** The button as this person sees it now. @throws Error where they cannot see it */
  #press(userId: string, at: CardAddress, type: string, selector: ActionSelector) {
    const person = this.#state.person(userId)
    const place = this.#state.place(at.conversation)
    if (place.kind === 'chat' && place.person !== person) {
      throw new Error(`${person.name} cannot see the chat ${at.conversation}.`)
    }
    const message = this.#state.message(place, at.activityId)
    const card = message.views.get(person.id) ?? message.card
    if (!card) throw new Error(`Message ${message.id} has no card.`)
    const found = findAction(actionsOf(card), type, selector)
    return {
      person,
      message,
      found,
      envelope: this.#envelope(person, this.#state.placeOf(message)),
    }
  }

  #show(message: StoredMessage, person: Person, outcome: PressOutcome): void {
    if (outcome.kind === 'card') this.#state.showCard(message, person, outcome.card)
    if (outcome.kind === 'note') this.#state.showNote(message, person, 'message', outcome.text)
    if (outcome.kind === 'error') this.#state.showNote(message, person, 'error', outcome.text)
  }

  #envelope(person: Person, place: Place): ActivityContext {
    return { state: this.#state, serviceUrl: this.#serviceUrl, person, place }
  }
}

function authorOf({ id, name }: Person) {
  return { id, name, isBot: false }
}

function notSent(problems: InputProblem[]): PressResult {
  return { outcome: { kind: 'not sent', problems }, delivery: null }
}

function findAction(actions: CardAction[], type: string, selector: ActionSelector): CardAction {
  const ofType = actions.filter(({ action }) => action.type === type)
  const matching = ofType.filter(({ action }, index) => matchesSelector(action, index, selector))
  const [found, ...more] = matching
  if (found && more.length === 0) return found
  const names = ofType.map(({ action }) => String(action.verb ?? action.title)).join(', ')
  const problem = found ? 'Several buttons match' : 'No button matches'
  throw new Error(
    `${problem} ${JSON.stringify(selector)}; the card has ${type}: ${names || 'none'}.`,
  )
}

function matchesSelector(action: CardJson, index: number, selector: ActionSelector): boolean {
  if (typeof selector === 'number') return index === selector
  if (typeof selector === 'string') return action.id === selector || action.verb === selector
  return Object.entries(selector).every(
    ([field, value]) => JSON.stringify(action[field]) === JSON.stringify(value),
  )
}

/** The texts that Teams shows when the bot fails to respond properly. */
const UNREACHABLE = 'Unable to reach app. Please try again.'
const WENT_WRONG = 'Something went wrong. Please try again.'

/** What the person sees of the first response; the client ignores later ones. */
function outcomeOf([first]: BotResponse[]): PressOutcome {
  if (!first || first.status === null) return { kind: 'error', text: UNREACHABLE }
  // The HTTP status is 200 even for a refusal; the refusal is the statusCode in the body.
  const response = invokeResponse.safeParse(first.body)
  if (first.status !== 200 || !response.success) return { kind: 'error', text: WENT_WRONG }
  switch (response.data.type) {
    case CARD_TYPE: {
      const problems = fatalCardProblems(response.data.value)
      return problems.length > 0
        ? { kind: 'error', text: `${WENT_WRONG} (${problems.join(' ')})` }
        : { kind: 'card', card: response.data.value }
    }
    case 'application/vnd.microsoft.activity.message':
      return { kind: 'note', text: response.data.value }
    case 'application/vnd.microsoft.error':
      return { kind: 'error', text: response.data.value.message }
  }
}

function objectOrEmpty(value: Json | undefined): CardJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}
