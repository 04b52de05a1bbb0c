import type { Clock } from '../base/clock.ts'
import { dateIn } from '../base/dates.ts'
import { Refusal } from '../base/errors.ts'
import { shorten } from '../base/text.ts'
import { type Database, inTransaction, isDatabaseAway, type Tx } from '../infra/db.ts'
import * as receipts from '../infra/idempotency-keys.ts'
import type { Card } from './cards.ts'
import { inAMoment } from './channel-deadline.ts'
import { type Actor, type Command, type Context, recognise } from './commands.ts'
import { type NoticeButton, noticeCard } from './notice.ts'
import type { Channel, Handle } from './port.ts'
import { type Reply, reply as replySchema } from './reply.ts'
import type { Address, ChatIdentity, Invocation, Place, PlatformName } from './request.ts'

export interface RouterParts {
  readonly db: Database
  readonly clock: Clock
  readonly commands: readonly Command[]
  /** How a command begins there: "/rag", "@Milepost". */
  prefix(platform: PlatformName): string
  recogniseActor(tx: Tx, identity: ChatIdentity, place: Place): Promise<Actor>
  /** Who can read a channel, as far as its platform tells; left out where no platform is asked. */
  channel?: (place: Place) => Promise<Channel>
  /** How a message of ours looks now that `note` was done from it; undefined where it stays as it was. */
  redraw(tx: Tx, message: Address, note: string | undefined, now: Date): Promise<Card | undefined>
  /** Told of every fault of ours, before the person gets an apology. */
  onFault(error: unknown, invocation: Invocation): void
  /** Told how each invocation ended. */
  onHandled?: (told: Told) => void
}

/** How an invocation ended, for figures. */
export interface Told {
  readonly platform: PlatformName
  /** The command's name; undefined where none was understood. */
  readonly command: string | undefined
  readonly ending: Ending
  /** From receiving it to its answer. */
  readonly ms: number
}

export type Ending = 'answered' | 'form' | 'refused' | 'repeat' | 'fault'

interface Ended {
  readonly reply: Reply
  readonly ending: Ending
}

/**
 * Turns an invocation into a reply: one transaction holds the receipt, what the command wrote and the answer,
 * so that a request which is repeated, even at the same moment, is done once and answered the same.
 */
export function createRouter(parts: RouterParts): Handle {
  return async (received) => {
    const begun = performance.now()
    const invocation = storable(received)
    const { reply, ending } = await handled(parts, invocation)
    const ms = performance.now() - begun
    if (parts.onHandled) {
      const { platform } = invocation.place
      const command = understood(parts, invocation)?.command.name
      parts.onHandled({ platform, command, ending, ms })
    }
    return reply
  }
}

async function handled(parts: RouterParts, invocation: Invocation): Promise<Ended> {
  try {
    const reply = (await byAppending(parts, invocation)) ?? (await once(parts, invocation, answer))
    return { reply, ending: endingOf(reply) }
  } catch (error) {
    if (error instanceof Refusal) return refuse(parts, invocation, error)
    return fault(parts, invocation, error)
  }
}

function endingOf({ kind, repeat }: Reply): Ending {
  if (repeat) return 'repeat'
  return kind === 'form' ? 'form' : 'answered'
}

/** What PostgreSQL cannot keep, as JSON writes it: NUL, and halves of a surrogate pair. */
const unstorable = /\\u(?:0000|d[89a-f])/

/** What was asked, without the characters that PostgreSQL cannot keep. */
function storable(received: Invocation): Invocation {
  const written = JSON.stringify(received)
  if (!unstorable.test(written)) return received
  return JSON.parse(written, (_key, value) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  )
}

/** Works out the answer to an invocation. Throws Refusal. */
type Work = (parts: RouterParts, tx: Tx, invocation: Invocation) => Promise<Reply>

function once(parts: RouterParts, invocation: Invocation, work: Work): Promise<Reply> {
  return inTransaction(parts.db, async (tx) => {
    const claim = await receipts.claim(tx, invocation.key, parts.clock.now())
    if (claim !== 'new') return repeated(claim.reply)
    const reply = await work(parts, tx, invocation)
    await receipts.answer(tx, invocation.key, jsonOf(reply))
    return reply
  })
}

const repeated = (reply: unknown): Reply => ({ ...replySchema.parse(reply), repeat: true })

/**
 * The short way, for the command that comes most: it reads without a transaction, and the receipt, the answer and the
 * new row are one statement, shared with whoever else asks at this moment. Undefined for all other commands, where
 * there is nothing to append, and for what changes the message it was asked from.
 */
async function byAppending(parts: RouterParts, invocation: Invocation): Promise<Reply | undefined> {
  const asked = understood(parts, invocation)
  if (!asked?.command.appends || asked.opensForm || invocation.message) return undefined
  const { db } = parts
  const context = await contextOf(parts, db, invocation)
  const { card, appends } = await asked.command.run(context, asked.raw)
  if (!appends) return undefined
  const reply: Reply = { kind: 'answer', card }
  const { key } = invocation
  const request = { key, at: context.now, reply: jsonOf(reply), row: appends.row }
  if (await appends.to.take(db, request)) return reply
  return repeated(await receipts.replyTo(db, key))
}

/** A reply is plain data already; this only lets go of what is undefined. */
function jsonOf(reply: Reply): receipts.Reply {
  return JSON.parse(JSON.stringify(reply))
}

interface Meant {
  readonly command: Command
  readonly raw: Readonly<Record<string, unknown>>
  readonly opensForm: boolean
}

const formSuffix = ':form'

/** `verb` of a button: a command's name, or "<name>:form"; "back" returns to the message as it was. */
function meant(parts: RouterParts, { ask, place }: Invocation): Meant {
  if (ask.by === 'text') {
    return {
      ...recognise(parts.commands, ask.text, parts.prefix(place.platform)),
      opensForm: false,
    }
  }
  const opensForm = ask.verb.endsWith(formSuffix)
  const name = opensForm ? ask.verb.slice(0, -formSuffix.length) : ask.verb
  const command = parts.commands.find((candidate) => candidate.name === name)
  if (!command || (opensForm && !command.form)) {
    throw new Refusal(
      'That button belongs to an older version of me. Nothing was stored. Please ask again.',
    )
  }
  return { command, raw: ask.args, opensForm }
}

const answer: Work = async (parts, tx, invocation) => {
  const context = await contextOf(parts, tx, invocation)
  const { message } = invocation
  if (invocation.ask.by !== 'text' && invocation.ask.verb === 'back') {
    const card = message && (await parts.redraw(tx, message, undefined, context.now))
    return {
      kind: 'answer',
      card: card ?? noticeCard({ heading: 'Closed', lines: ['Nothing was changed.'], buttons: [] }),
    }
  }
  const { command, raw, opensForm } = meant(parts, invocation)
  if (opensForm && command.form) {
    return { kind: 'form', card: await command.form(context, { values: raw, problems: {} }) }
  }
  const { card, note, appends } = await command.run(context, raw)
  await appends?.to.append(tx, appends.row)
  const refresh = note && message ? await parts.redraw(tx, message, note, context.now) : undefined
  return { kind: 'answer', card, refresh }
}

async function contextOf(
  parts: RouterParts,
  tx: Tx,
  { actor, place, message }: Invocation,
): Promise<Context> {
  const now = parts.clock.now()
  const known = await parts.recogniseActor(tx, actor, place)
  return {
    tx,
    now,
    today: dateIn(known.zone, now),
    actor: known,
    place,
    message,
    prefix: parts.prefix(place.platform),
    channel: (asked) => inAMoment(parts.channel?.(asked)),
  }
}

/**
 * Says what was not understood. What the command had written is rolled back; the receipt is written for itself,
 * with the note of where the person can be reached.
 */
async function refuse(
  parts: RouterParts,
  invocation: Invocation,
  refusal: Refusal,
): Promise<Ended> {
  try {
    const inWords: Work = (_, tx) => refusalReply(parts, tx, invocation, refusal)
    return { reply: await once(parts, invocation, inWords), ending: 'refused' }
  } catch (error) {
    // The form was refused in its turn (not theirs to change, say): then that is the answer.
    if (error instanceof Refusal) return refuse(parts, invocation, new Refusal(error.message))
    return fault(parts, invocation, error)
  }
}

async function refusalReply(
  parts: RouterParts,
  tx: Tx,
  invocation: Invocation,
  refusal: Refusal,
): Promise<Reply> {
  const context = await contextOf(parts, tx, invocation)
  if (tells(parts, invocation)) {
    const notice = { heading: 'I cannot tell', lines: [refusal.message], buttons: [] }
    return { kind: 'answer', card: noticeCard(notice) }
  }
  const inWords: Reply = { kind: 'answer', card: refusedCard([refusal.message]) }
  if (Object.keys(refusal.fields).length === 0) return inWords
  const { command, raw } = meant(parts, invocation)
  if (!command.form) return inWords
  if (invocation.ask.by === 'form') {
    const card = await command.form(context, { values: raw, problems: refusal.fields })
    return { kind: 'invalid', card, fields: refusal.fields }
  }
  return { kind: 'answer', card: withForm(command, raw, refusal) }
}

/** Whether only an answer was asked for. What was not understood may have been meant to be stored. */
function tells(parts: RouterParts, invocation: Invocation): boolean {
  return understood(parts, invocation)?.command.tells === true
}

function understood(parts: RouterParts, invocation: Invocation): Meant | undefined {
  try {
    return meant(parts, invocation)
  } catch {
    return undefined
  }
}

/** Of JSON: Slack's buttons take 2,000 characters. */
const mostCarried = 1900

/** A refusal with a button that opens the form with what was typed; what a button cannot carry is shown to be copied. */
function withForm({ name }: Command, raw: Meant['raw'], { message }: Refusal): Card {
  const button = (data: Record<string, unknown>) => [
    { title: 'Fill in the form', verb: `${name}${formSuffix}`, data },
  ]
  if (JSON.stringify(raw).length <= mostCarried) return refusedCard([message], button({ ...raw }))
  const entries = Object.entries(raw)
  const long = entries.filter(([, value]) => JSON.stringify(value).length > 100)
  const short = Object.fromEntries(entries.filter((entry) => !long.includes(entry)))
  const lines = long.map(([, value]) => shorten(String(value), 3000))
  return refusedCard(
    [message, 'To copy into the form, this is what you wrote:', ...lines],
    button(short),
  )
}

function refusedCard(lines: string[], buttons: NoticeButton[] = []): Card {
  return noticeCard({ heading: 'Not stored yet', lines, buttons })
}

function fault(parts: RouterParts, invocation: Invocation, error: unknown): Ended {
  parts.onFault(error, invocation)
  const lines = isDatabaseAway(error)
    ? [
        'I cannot reach my records just now, so I cannot say that this is stored.',
        'Please try again in a minute.',
      ]
    : [
        'Something went wrong on my side, and nothing was stored.',
        'Please try again. Your administrator can find it in the log.',
      ]
  const card = noticeCard({ heading: 'Sorry', lines, buttons: [] })
  return { reply: { kind: 'answer', card }, ending: 'fault' }
}
