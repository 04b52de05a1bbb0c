import type { Clock } from '../../base/clock.ts'
import {
  activityNotFound,
  conversationNotFound,
  notInRoster,
  notOwnMessage,
} from './connector-error.ts'
import { botId, chatId, parseConversationId, threadId } from './conversation-ids.ts'
import type { CardJson, Channel, MessageFile, Note, Person, Team } from './model.ts'

/** A conversation that an id names. */
export type Place =
  | { kind: 'chat'; id: string; person: Person }
  | { kind: 'channel'; id: string; channel: Channel }
  | { kind: 'thread'; id: string; channel: Channel; rootId: string }

export interface MessageContent {
  text: string | null
  card: CardJson | null
  files?: MessageFile[]
}

/** A message, with what single people see in its place. */
export interface StoredMessage extends MessageContent {
  readonly id: string
  /** The id of its chat or channel. */
  readonly base: string
  /** In a channel: the id of the first message of its thread, which may be its own. */
  readonly rootId: string | null
  readonly from: { id: string; name: string; isBot: boolean }
  readonly sentAt: Date
  editedAt: Date | null
  deleted: boolean
  /**
   * By person: the card that responded to a button. Only that person sees it: "a user can progress
   * through their workflow without modifying the card for other users" (Teams documentation, Sequential
   * Workflows). An update of the message shows everyone the new card.
   */
  readonly views: Map<string, CardJson>
  /** By person: the response to the last button that they pressed. */
  readonly notes: Map<string, Note>
}

export interface Layout {
  appId: string
  botName: string
  tenant: { id: string; name: string }
  people: Person[]
  team: Team
}

/** As much as somebody scrolls back. */
const keptMessages = 1_000

/** The data of the tenant: people, where the app is installed, messages. */
export class TenantState {
  readonly layout: Layout
  readonly bot: { id: string; name: string }
  readonly messages: StoredMessage[] = []
  /** Ids of people of another organisation. */
  readonly guests = new Set<string>()
  readonly #listeners = new Set<() => void>()
  /** Ids of the chats and teams where the app is not installed. At the start it is installed everywhere. */
  readonly #uninstalled = new Set<string>()
  readonly #clock: Clock
  readonly #wallClock: Clock
  #lastId = 0

  constructor(layout: Layout, clock: Clock, wallClock: Clock) {
    this.layout = layout
    this.bot = { id: botId(layout.appId), name: layout.botName }
    this.#clock = clock
    this.#wallClock = wallClock
  }

  now(): Date {
    return this.#clock.now()
  }

  /**
   * Ids are milliseconds, as in Teams. They follow the wall clock: bots drop duplicates by id, so an id must
   * not come twice even when the tenant's own clock is set back or the tenant is started again.
   */
  nextId(): string {
    this.#lastId = Math.max(this.#lastId + 1, this.#wallClock.now().getTime())
    return String(this.#lastId)
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  notifyListeners(): void {
    for (const listener of this.#listeners) listener()
  }

  /** A person by the Teams id or the directory id. @throws Error where there is none */
  person(id: string): Person {
    const person = this.findPerson(id)
    if (!person) throw new Error(`Nobody in this tenant has the id ${id}.`)
    return person
  }

  findPerson(id: string): Person | undefined {
    return this.layout.people.find((one) => one.id === id || one.aadObjectId === id)
  }

  chatWith(person: Person): Place {
    return { kind: 'chat', id: chatId(this.layout.appId, person.id), person }
  }

  /** The place of a conversation id. @throws ConnectorError 404 where there is none */
  place(conversationId: string): Place {
    const parsed = parseConversationId(conversationId)
    if (parsed.kind === 'thread') {
      const { channelId, rootId } = parsed
      const channel = this.#channel(channelId)
      const hasRoot = this.messages.some(({ base, id }) => base === channelId && id === rootId)
      if (!channel || !hasRoot) throw conversationNotFound()
      return { kind: 'thread', id: conversationId, channel, rootId }
    }
    const channel = this.#channel(parsed.id)
    if (channel) return { kind: 'channel', id: channel.id, channel }
    const person = this.layout.people.find((one) => this.chatWith(one).id === parsed.id)
    if (!person) throw conversationNotFound()
    return this.chatWith(person)
  }

  #channel(id: string): Channel | undefined {
    return this.layout.team.channels.find((channel) => channel.id === id)
  }

  keep(): StoredMessage[] {
    return this.messages.slice(-keptMessages)
  }

  /** Shows what was said earlier. */
  restore(messages: readonly StoredMessage[]): void {
    this.messages.push(...messages)
  }

  setInstalled(place: Place, installed: boolean): void {
    const key = this.#installKey(place)
    if (installed) this.#uninstalled.delete(key)
    else this.#uninstalled.add(key)
  }

  /** @throws ConnectorError 403 where the app is not installed */
  requireInstalled(place: Place): void {
    if (this.#uninstalled.has(this.#installKey(place))) throw notInRoster()
  }

  #installKey(place: Place): string {
    return place.kind === 'chat' ? place.id : this.layout.team.id
  }

  /** Adds a message. In a channel it starts a thread, in a thread it is a reply. */
  add(place: Place, from: StoredMessage['from'], content: MessageContent): StoredMessage {
    const id = this.nextId()
    const message: StoredMessage = {
      id,
      ...messageLocation(place, id),
      from,
      ...content,
      sentAt: this.now(),
      editedAt: null,
      deleted: false,
      views: new Map(),
      notes: new Map(),
    }
    this.messages.push(message)
    this.notifyListeners()
    return message
  }

  /** A message of a chat, channel or thread. @throws ConnectorError 404 where there is none, or it is deleted */
  message(place: Place, activityId: string): StoredMessage {
    const base = messageLocation(place, '').base
    const message = this.messages.find((one) => one.base === base && one.id === activityId)
    if (!message || message.deleted) throw activityNotFound()
    return message
  }

  /** The chat or the thread of a message. */
  placeOf({ base, rootId }: StoredMessage): Place {
    return this.place(rootId === null ? base : threadId(base, rootId))
  }

  /** Shows everyone the new content, also those who had a card of their own in its place. */
  edit(message: StoredMessage, content: MessageContent): void {
    Object.assign(message, content, { editedAt: this.now() })
    message.views.clear()
    message.notes.clear()
    this.notifyListeners()
  }

  remove(message: StoredMessage): void {
    message.deleted = true
    this.edit(message, { text: null, card: null })
  }

  /** Shows one person a card in place of the message's own. */
  showCard(message: StoredMessage, person: Person, card: CardJson): void {
    message.views.set(person.id, card)
    message.notes.delete(person.id)
    this.notifyListeners()
  }

  showNote(message: StoredMessage, person: Person, kind: Note['kind'], text: string): void {
    message.notes.set(person.id, { kind, text, at: this.now().toISOString() })
    this.notifyListeners()
  }
}

function messageLocation(place: Place, ownId: string): { base: string; rootId: string | null } {
  switch (place.kind) {
    case 'chat':
      return { base: place.id, rootId: null }
    case 'channel':
      return { base: place.channel.id, rootId: ownId }
    case 'thread':
      return { base: place.channel.id, rootId: place.rootId }
  }
}

/** @throws ConnectorError 403 for a message that the bot did not send */
export function requireBotMessage(message: StoredMessage): void {
  if (!message.from.isBot) throw notOwnMessage()
}
