import { archivedAmong, mayInAll, type ReaderAction } from '../authority/members.ts'
import type { Address } from '../base/addresses.ts'
import type { Clock } from '../base/clock.ts'
import { type Card, inLanguageOfCard } from '../chat/cards.ts'
import type { Database, ReadTx, Tx } from '../infra/db.ts'
import { type SentMessage, sentMessageAt } from './find-message.ts'
import type { PendingMessage, RevalidationResult } from './revalidate.ts'

/** A kind of message that Milepost sends on its own initiative. Its feature defines it, and app/message-kinds.ts lists it. */
export interface MessageKind {
  /** Stored with each message and a label of the metrics, so it never changes: "reminder". */
  readonly kind: string
  /** For lists of messages: "Reminder". */
  readonly title: string
  /**
   * Whether the programme office is told of such a message that could not be delivered. Not where the message itself was
   * to the office: there would be no end of it.
   */
  readonly isFailureReported: boolean
  /** What its reader must be allowed to do in each programme that it tells of, still when it is sent or shown again. */
  readonly authority: ReaderAction
  /** Whether the programme office is told of one that was dropped because its time was over. */
  readonly isDropReported: boolean
  /** Whether its content is still true just before it is sent. Absent: it is. */
  revalidate?(context: RevalidationContext, message: PendingMessage): Promise<RevalidationResult>
  /**
   * The card to show in place of one whose button was pressed. `note`: what was just saved; undefined where a form was
   * opened and closed. Undefined: the platform leaves the message alone. Absent: always so.
   */
  redraw?(
    tx: Tx,
    message: SentMessage,
    note: string | undefined,
    now: Date,
  ): Promise<Card | undefined>
}

export interface RevalidationContext {
  readonly db: Database
  readonly clock: Clock
}

type Reporting = 'isFailureReported' | 'isDropReported'
type NewMessageKind = Omit<MessageKind, Reporting> & Partial<Pick<MessageKind, Reporting>>

/** Only what this returns can be enqueued. */
export function defineMessageKind(kind: NewMessageKind): MessageKind {
  return { isFailureReported: true, isDropReported: false, ...kind }
}

/** All kinds of one installation. */
export interface MessageKindRegistry {
  /** For a kind that no longer exists, "Message". */
  title(kind: string): string
  isFailureReported(kind: string): boolean
  /** What the reader of a kind must be allowed to do; undefined for a kind that no longer exists. */
  authorityOf(kind: string): ReaderAction | undefined
  /** Names of the kinds that tell the office something: nothing counts as told by one that died. */
  readonly toOffice: readonly string[]
  /** Names of the kinds of which the office is told where one was dropped. */
  readonly withReportedDrops: readonly string[]
  revalidate(context: RevalidationContext, message: PendingMessage): Promise<RevalidationResult>
  /** Undefined where no message of the outbox is at that address, or the person may not read it. */
  redraw(
    tx: Tx,
    address: Address,
    reader: { readonly personId: string | null },
    note: string | undefined,
    now: Date,
  ): Promise<Card | undefined>
}

/** @throws where two kinds have one name */
export function createMessageKindRegistry(kinds: readonly MessageKind[]): MessageKindRegistry {
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]))
  if (byName.size < kinds.length) {
    throw new Error(`Two message kinds have one name: ${kinds.map(({ kind }) => kind).join(', ')}`)
  }
  return {
    title: (kind) => byName.get(kind)?.title ?? 'Message',
    authorityOf: (kind) => byName.get(kind)?.authority,
    toOffice: namesOf(kinds, ({ isFailureReported }) => !isFailureReported),
    withReportedDrops: namesOf(kinds, ({ isDropReported }) => isDropReported),
    isFailureReported: (kind) => byName.get(kind)?.isFailureReported ?? true,
    async revalidate(context, message) {
      const kind = byName.get(message.kind)
      if (!kind) return 'unchanged'
      if (await isAllArchived(context.db, message))
        return { dropReason: 'its programme was archived' }
      const { personId } = message
      if (personId && !(await mayRead(context.db, kind, message, personId)))
        return {
          dropReason: 'it is not for them any more: their rights in its programme have changed',
        }
      return (await kind.revalidate?.(context, message)) ?? 'unchanged'
    },
    async redraw(tx, address, { personId }, note, now) {
      const message = await sentMessageAt(tx, address)
      const kind = byName.get(message?.kind ?? '')
      const redraw = kind?.redraw
      if (!message || !redraw || personId === null) return undefined
      // The address comes from a request: a private message is shown to its recipient alone.
      if (message.personId !== undefined && message.personId !== personId) return undefined
      return (await mayRead(tx, kind, message, personId))
        ? inLanguageOfCard(message.card, () => redraw(tx, message, note, now))
        : undefined
    },
  }
}

/** Whether all that a message tells of was archived since. */
async function isAllArchived(
  tx: ReadTx,
  { programmeIds }: { readonly programmeIds: readonly string[] },
): Promise<boolean> {
  if (programmeIds.length === 0) return false
  const archived = await archivedAmong(tx, programmeIds)
  return programmeIds.every((id) => archived.has(id))
}

function mayRead(
  tx: ReadTx,
  { authority }: MessageKind,
  { programmeIds }: { readonly programmeIds: readonly string[] },
  personId: string,
): Promise<boolean> {
  return mayInAll(tx, personId, authority, programmeIds)
}

function namesOf(
  kinds: readonly MessageKind[],
  isMeant: (kind: MessageKind) => boolean,
): readonly string[] {
  return kinds.filter(isMeant).map(({ kind }) => kind)
}
