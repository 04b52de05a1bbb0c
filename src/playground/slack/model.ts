import type { Block } from './block-kit.ts'

/** The plain JSON of the Slack workspace. The page imports these as types only. */

export type { Block } from './block-kit.ts'
export type { Element, Option } from './elements.ts'

export interface Person {
  /** Slack's id, such as U0AMINA. */
  id: string
  /** The short name, as in @amina. */
  name: string
  realName: string
  /** IANA zone. */
  tz: string
  /** Told to apps with the scope users:read.email. */
  email?: string
  /** Their post. */
  title?: string
  /** Absent: an ordinary member. */
  standing?: 'guest' | 'bot' | 'deactivated' | 'outsider'
}

export interface Bot {
  userId: string
  botId: string
  appId: string
  name: string
  realName: string
}

export interface Team {
  id: string
  name: string
}

export interface MessageMetadata {
  event_type: string
  event_payload: Record<string, unknown>
}

/** The value of one element in `view.state.values`, in Slack's shape for its kind. */
export interface ElementValue {
  type: string
  value?: string | null
  selected_option?: object | null
  selected_options?: object[]
  selected_date?: string | null
  selected_time?: string | null
  selected_user?: string | null
  selected_users?: string[]
  selected_channel?: string | null
  selected_conversation?: string | null
}

/** `view.state.values`: by block id, then by action id. */
export type ViewStateValues = Record<string, Record<string, ElementValue>>

interface PlainText {
  type: 'plain_text'
  text: string
  emoji?: boolean | undefined
}

/** A view as Slack returns it and sends it in payloads. */
export interface View {
  id: string
  team_id: string
  app_id: string
  bot_id: string
  app_installed_team_id: string
  type: 'modal' | 'home'
  title: PlainText | null
  submit: PlainText | null
  close: PlainText | null
  blocks: Block[]
  private_metadata: string
  callback_id: string
  external_id: string
  state: { values: ViewStateValues }
  hash: string
  clear_on_close: boolean
  notify_on_close: boolean
  root_view_id: string
  previous_view_id: string | null
}

/** An open modal as its person sees it. */
export interface OpenView {
  view: View
  /** The errors of the last submission, by block id. */
  errors: Record<string, string>
}

/** A failure that Slack shows to one person. */
export interface Notice {
  ts: string
  error: 'operation_timeout' | 'dispatch_failed' | 'invalid_response'
  /** What failed. */
  about: 'command' | 'action' | 'form'
  text: string
}

/** A file of a message. `size`: in bytes. */
export interface FileSnapshot {
  id: string
  name: string
  size: number
}

export interface MessageSnapshot {
  ts: string
  author: { id: string; name: string; isBot: boolean }
  text: string
  blocks: Block[]
  files: FileSnapshot[]
  edited: boolean
  /** Visible to this person only. */
  ephemeral: boolean
  /** Oldest first. */
  replies: MessageSnapshot[]
}

export interface ConversationSnapshot {
  id: string
  kind: 'channel' | 'dm'
  /** Without the #; for a direct message the bot's name. */
  name: string
  archived: boolean
  members: string[]
  unread: number
  /** Oldest first, replies nested. */
  messages: MessageSnapshot[]
}

/** Everything one person sees of the workspace. */
export interface Snapshot {
  team: Team
  me: Person
  bot: Bot
  people: Person[]
  conversations: ConversationSnapshot[]
  /** The stack of modals, the top one last. */
  views: OpenView[]
  home: View | null
  notices: Notice[]
}
