import type { Clock } from '../../base/clock.ts'
import { ApiError } from './api-error.ts'
import type { Block } from './block-kit.ts'
import { Files, type KeptFiles } from './files.ts'
import { type ParseResult, parseBlocks, type Surface } from './limits.ts'
import type { Bot, MessageMetadata, Notice, Person, Team } from './model.ts'
import { createTimestamps } from './timestamps.ts'

export interface StoredMessage {
  ts: string
  user: string
  text: string
  blocks: Block[]
  threadTs?: string
  metadata?: MessageMetadata
  editedTs?: string
  /** The one person who sees it, when it is ephemeral. */
  ephemeralFor?: string
  /** Ids of the files that it brings. */
  files?: string[]
  /** Deleted, but kept for its replies. */
  tombstone?: boolean
}

export interface Conversation {
  id: string
  kind: 'channel' | 'dm'
  /** Without the #; for a direct message the person's id. */
  name: string
  members: Set<string>
  archived: boolean
  reach: ChannelReach
  /** In the order of their timestamps. */
  messages: StoredMessage[]
  /** The last timestamp that each person has read. */
  readUpTo: Map<string, string>
}

/** Who can be in a channel: invited people, everyone of the workspace, or people of another organisation as well. */
export type ChannelReach = 'private' | 'everyone' | 'with outsiders'

export interface ChannelOptions {
  id: string
  name: string
  /** People's ids. */
  members: string[]
  /** False: nobody has invited the bot. Default: true. */
  botIsMember?: boolean
  /** Default: everyone. */
  reach?: ChannelReach
}

export interface StateOptions {
  clock: Clock
  newId: () => string
  team: Team
  bot: Bot
  people: Person[]
  channels: ChannelOptions[]
}

export type NewMessage = Omit<StoredMessage, 'ts'>

/** What was said, by conversation, and its files. */
export interface KeptWorkspace {
  readonly conversations: readonly Pick<Conversation, 'id' | 'messages' | 'readUpTo'>[]
  readonly files: KeptFiles
}

/** Of each conversation: as much as somebody scrolls back. */
const keptMessages = 500

/** The data of the workspace: people, conversations, messages, files, and the failures shown to each person. */
export class WorkspaceState {
  readonly clock: Clock
  readonly team: Team
  readonly bot: Bot
  readonly people: ReadonlyMap<string, Person>
  readonly conversations: ReadonlyMap<string, Conversation>
  readonly files: Files
  readonly nextTs: () => string
  /** Makes an id with Slack's prefix for its kind, such as V for a view. */
  readonly newId: (prefix: string) => string
  readonly #notices = new Map<string, Notice[]>()
  readonly #listeners = new Set<() => void>()

  constructor(options: StateOptions) {
    this.clock = options.clock
    this.team = options.team
    this.bot = options.bot
    this.people = new Map(options.people.map((person) => [person.id, person]))
    this.nextTs = createTimestamps(options.clock)
    this.newId = (prefix) => prefix + options.newId().replaceAll('-', '').slice(0, 12).toUpperCase()
    this.files = new Files(this.newId)
    const all = [
      ...options.channels.map((channel) => newChannel(channel, options.bot)),
      ...options.people.map((person) => newDirectMessage(person, options.bot)),
    ]
    this.conversations = new Map(all.map((each) => [each.id, each]))
  }

  keep(): KeptWorkspace {
    const conversations = [...this.conversations.values()].map(({ id, messages, readUpTo }) => ({
      ...{ id, messages: messages.slice(-keptMessages), readUpTo },
    }))
    return { conversations, files: this.files.keep() }
  }

  /** Shows what was said earlier; of conversations that are there no more, nothing. */
  restore({ conversations, files }: KeptWorkspace): void {
    for (const { id, messages, readUpTo } of conversations) {
      const conversation = this.conversations.get(id)
      if (conversation) Object.assign(conversation, { messages, readUpTo })
    }
    this.files.restore(files)
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Tells the listeners that a snapshot may have changed. */
  notifyListeners(): void {
    for (const listener of this.#listeners) listener()
  }

  person(id: string): Person {
    const person = this.people.get(id)
    if (!person) throw new ApiError('user_not_found')
    return person
  }

  /** The conversation of this id, or the direct message with the person of this id. */
  conversation(id: string): Conversation {
    const found = this.conversations.get(this.people.has(id) ? directMessageId(id) : id)
    if (!found) throw new ApiError('channel_not_found')
    return found
  }

  directMessage(userId: string): Conversation {
    return this.conversation(this.person(userId).id)
  }

  /** Adds a message; a reply to a reply joins the thread of its root, as in Slack. */
  post(conversation: Conversation, message: NewMessage): StoredMessage {
    const root = message.threadTs && this.find(conversation, message.threadTs)
    const stored: StoredMessage = {
      ...message,
      ...(root && { threadTs: root.threadTs ?? root.ts }),
      ts: this.nextTs(),
      blocks: this.withIds(message.blocks),
    }
    conversation.messages.push(stored)
    if (!stored.ephemeralFor) conversation.readUpTo.set(stored.user, stored.ts)
    this.notifyListeners()
    return stored
  }

  find(conversation: Conversation, ts: string): StoredMessage | undefined {
    return conversation.messages.find((message) => message.ts === ts && !message.tombstone)
  }

  edit(message: StoredMessage, change: Partial<NewMessage>): void {
    Object.assign(message, change, { editedTs: this.nextTs() })
    message.blocks = this.withIds(message.blocks)
    this.notifyListeners()
  }

  remove(conversation: Conversation, message: StoredMessage): void {
    if (conversation.messages.some((each) => each.threadTs === message.ts)) {
      Object.assign(message, { tombstone: true, text: 'This message was deleted.', blocks: [] })
    } else {
      conversation.messages = conversation.messages.filter((each) => each !== message)
    }
    this.notifyListeners()
  }

  /** Parses blocks. @throws ApiError with Slack's error for those that it would refuse */
  parseBlocks(value: unknown, surface: Surface): Block[] {
    const blocks = valueOrThrow(parseBlocks(value, surface))
    const problems = this.files.problemsIn(blocks)
    if (problems.length > 0) throw new ApiError('invalid_blocks', problems)
    return blocks
  }

  /** Slack gives an id to each block and element that the app sent without one. */
  withIds(blocks: Block[]): Block[] {
    const withIds = structuredClone(blocks)
    for (const block of withIds) {
      block.block_id ??= this.newId('').slice(0, 5)
      addActionIds(block, () => this.newId('').slice(0, 5))
    }
    return withIds
  }

  addNotice(userId: string, notice: Omit<Notice, 'ts'>): void {
    this.#notices.set(userId, [...this.noticesOf(userId), { ts: this.nextTs(), ...notice }])
    this.notifyListeners()
  }

  noticesOf(userId: string): Notice[] {
    return this.#notices.get(userId) ?? []
  }
}

/** The parsed value. @throws ApiError with the problems as its messages */
export function valueOrThrow<T>(parsed: ParseResult<T>): T {
  if (parsed.ok) return parsed.value
  throw new ApiError(parsed.error, parsed.problems)
}

function addActionIds(block: Block, newId: () => string): void {
  if (block.type === 'input') block.element.action_id ??= newId()
  if (block.type === 'actions') for (const each of block.elements) each.action_id ??= newId()
  if (block.type === 'section' && block.accessory && block.accessory.type !== 'image') {
    block.accessory.action_id ??= newId()
  }
}

function newChannel(channel: ChannelOptions, bot: Bot): Conversation {
  const withBot = channel.botIsMember === false ? [] : [bot.userId]
  const members = [...channel.members, ...withBot]
  return { ...newConversation('channel', channel.id, channel.name, members), ...reachOf(channel) }
}

const reachOf = ({ reach = 'everyone' }: ChannelOptions) => ({ reach })

function newDirectMessage(person: Person, bot: Bot): Conversation {
  return newConversation('dm', directMessageId(person.id), person.id, [person.id, bot.userId])
}

function newConversation(
  kind: Conversation['kind'],
  id: string,
  name: string,
  members: string[],
): Conversation {
  return {
    id,
    kind,
    name,
    members: new Set(members),
    archived: false,
    reach: 'private',
    messages: [],
    readUpTo: new Map(),
  }
}

function directMessageId(userId: string): string {
  return `D${userId.slice(1)}`
}
