import { fullDate } from '../../base/dates.ts'
import { inLanguageOfChannel } from '../../base/language.ts'
import type { CommandContext } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import {
  type DecisionDigest,
  digestsTellingOf,
} from '../../domain/digests/archive/decision-digests.ts'
import { audienceOfMessage } from '../../domain/digests/archive/digest-store.ts'
import { entryName, entryTitle } from '../../domain/register/format.ts'
import type { FoundEntry } from '../../domain/register/lookup.ts'
import type { Tx } from '../../infra/db.ts'
import { channelMessageAt, findEnqueuedKeys } from '../../outbox/find-message.ts'
import { defineMessageKind } from '../../outbox/message-kinds.ts'
import { enqueue } from '../../outbox/outbox.ts'

/** What was decided, in the thread of the digest that asked for the decision. */
export const decisionKind = defineMessageKind({
  kind: 'decided',
  title: 'Decision',
  authority: 'read plan',
})

/**
 * Says what was decided where it was asked for, whichever way it was recorded: in the thread of each channel's last
 * digest that lists it, and of the message whose button was pressed. Returns whether anybody hears it.
 */
export function enqueueDecision(
  context: CommandContext,
  found: FoundEntry,
  outcome: string,
): Promise<boolean> {
  return enqueueInThreads(context, found, {
    heading: 'Decided',
    line: `Decided on ${fullDate(context.today)}: ${outcome}`,
  })
}

/** Says where it was decided that it is open again. Returns whether anybody hears it. */
export function enqueueReopened(
  context: CommandContext,
  found: FoundEntry,
  reason: string,
): Promise<boolean> {
  return enqueueInThreads(context, found, {
    heading: 'Open again',
    line: `Opened again on ${fullDate(context.today)}, because ${reason}`,
  })
}

interface DecisionNews {
  readonly heading: 'Decided' | 'Open again'
  readonly line: string
}

async function enqueueInThreads(
  context: CommandContext,
  { entry, programme }: FoundEntry,
  { heading, line }: DecisionNews,
): Promise<boolean> {
  const { tx, actor, now } = context
  const lines = [entryTitle(entry), entry.text, line, `Recorded by ${actor.name}`]
  const card = inLanguageOfChannel(() => noticeCard({ heading, lines, buttons: [] }))
  const threads = await threadsFor(context, programme.id, entry.id)
  for (const { key: afterKey, place } of threads) {
    // One that was opened again is decided anew, and said anew.
    const key = `${heading.toLowerCase()}:${entry.id}:${entry.reopenings.length}:${afterKey}`
    const why = [`${entryName(entry)} stands in the digest above.`]
    const message = { key, kind: decisionKind, place, card, afterKey, why }
    await enqueue(tx, { ...message, programmeIds: [programme.id] }, now)
  }
  return threads.length > 0
}

async function threadsFor(
  { tx, message }: Pick<CommandContext, 'tx' | 'message'>,
  programmeId: string,
  entryId: string,
): Promise<DecisionDigest[]> {
  const digests = await digestsTellingOf(tx, programmeId, entryId)
  const enqueued = await findEnqueuedKeys(
    tx,
    digests.map(({ key }) => key),
  )
  const pressed = message ? await threadOf(tx, message, programmeId) : undefined
  const all = [...(pressed ? [pressed] : []), ...digests.filter(({ key }) => enqueued.has(key))]
  return [...new Map(all.map((thread) => [thread.key, thread])).values()]
}

/** The address comes from a request, so it may be of any message: only those of the programme's own readers count. */
async function threadOf(
  tx: Tx,
  message: NonNullable<CommandContext['message']>,
  programmeId: string,
): Promise<DecisionDigest | undefined> {
  const found = await channelMessageAt(tx, message)
  if (!found?.programmeIds.includes(programmeId)) return undefined
  if ((await audienceOfMessage(tx, found.key)) === 'public') return undefined
  return { key: found.rootKey, place: found.place }
}
