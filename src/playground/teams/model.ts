/** The plain JSON of the Teams tenant. The page imports these as types only. */

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** An Adaptive Card, or a part of one, as JSON. */
export type CardJson = { [name: string]: Json }

export interface Person {
  /** The id of this person for one bot: `29:…`. */
  id: string
  /** The id of the same person in the directory, a UUID. */
  aadObjectId: string
  name: string
}

export interface Channel {
  /** `19:…@thread.tacv2` */
  id: string
  name: string
}

export interface Team {
  /** The id of the team's General channel: `19:…@thread.tacv2`. */
  id: string
  name: string
  channels: Channel[]
}

/** A line under a message that only one person sees: the response to a button that they pressed. */
export interface Note {
  kind: 'message' | 'error'
  text: string
  /** ISO moment, UTC. */
  at: string
}

/** A file in a person's OneDrive. `size`: in bytes. */
export interface DriveFile {
  id: string
  name: string
  size: number
}

/** A file of a message: sent by a person, offered by the bot, or put into the person's OneDrive by it. */
export type MessageFile =
  | ({ kind: 'sent' } & DriveFile)
  | { kind: 'offered'; name: string; size: number; description: string; context: Json }
  | { kind: 'put'; id: string; name: string }

/** A message as one person sees it now. */
export interface Message {
  id: string
  from: { id: string; name: string; isBot: boolean }
  /** ISO moments, UTC. */
  sentAt: string
  editedAt: string | null
  deleted: boolean
  text: string | null
  card: CardJson | null
  files: MessageFile[]
  note: Note | null
}

export interface Thread {
  /** `<channel>;messageid=<root>` */
  conversationId: string
  root: Message
  replies: Message[]
}

/** Everything that one person sees: the chat with the bot and the team's channels. */
export interface Snapshot {
  tenant: { id: string; name: string }
  person: Person
  bot: { id: string; name: string }
  chat: { conversationId: string; messages: Message[] }
  team: { id: string; name: string; channels: (Channel & { threads: Thread[] })[] }
}
