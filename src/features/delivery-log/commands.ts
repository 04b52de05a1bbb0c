import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { plural, quoted } from '../../base/text.ts'
import { onOff } from '../../chat/args.ts'
import {
  type Command,
  defineCommand,
  defineQuery,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { savedResult, unchangedResult } from '../../chat/notice.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import { changeSetting } from '../../domain/programme/settings-store.ts'
import { cancel, requeue } from '../../outbox/outbox.ts'
import { countOutboxMessages, type OutboxFilter } from '../../outbox/queries.ts'
import { ledgerCard } from './cards.ts'
import { formatMessageTitle, type KindTitles, type LogTexts, maxListed } from './format.ts'
import { listMessages } from './logged-messages.ts'
import { officeProgrammeIds, personIdsByName, requireOwnMessage } from './lookup.ts'
import { renderMessageRow } from './message-row.ts'
import { resendSetting } from './resend-policy.ts'

const problemStates = ['dead', 'uncertain'] as const

const ledger = (texts: LogTexts) =>
  defineQuery({
    name: 'ledger',
    usages: ['ledger [<view>]'],
    slots: { view: slot.text },
    examples: ['ledger', 'ledger waiting', 'ledger Asha Verity'],
    authority: ['see messages'],
    summary:
      'What became of messages: ledger problems, ledger waiting, or of one person or channel. For the programme office.',
    args: z.object({ view: optionalText }),
    run: async (context, { view }) => {
      const { tx, actor, platformTitle } = context
      const { filter, heading, intro, emptyText } = await parseView(context, view ?? 'problems')
      const rows = await listMessages(tx, filter, maxListed)
      const left = (await countOutboxMessages(tx, filter)) - rows.length
      return {
        card: ledgerCard({
          heading,
          intro: rows.length > 0 ? intro : emptyText,
          rows: rows.map((row) =>
            renderMessageRow(row, { ...texts, platformTitle, zone: actor.zone }),
          ),
          more: left > 0 ? `${plural(left, 'older message')} not listed.` : '',
        }),
      }
    },
  })

interface LogView {
  readonly filter: OutboxFilter
  readonly heading: string
  readonly intro: string
  readonly emptyText: string
}

async function parseView(context: QueryContext, view: string): Promise<LogView> {
  const programmeIds = await officeProgrammeIds(context)
  const of = (more: OutboxFilter): OutboxFilter => ({ programmeIds, ...more })
  switch (view.toLowerCase()) {
    case 'problems':
      return {
        filter: of({ states: problemStates }),
        heading: 'Messages that were not delivered',
        intro: 'Mend the cause, then have them sent again; or drop what is not needed any more.',
        emptyText: 'Every message was delivered, or is on its way.',
      }
    case 'waiting':
      return {
        filter: of({ states: ['waiting', 'sending'] }),
        heading: 'Messages on their way',
        intro: 'Each is sent as soon as it can be.',
        emptyText: 'No message is waiting.',
      }
    default: {
      const conversation = conversationIn(context, view)
      const personIds = conversation
        ? undefined
        : await personIdsByName(context, programmeIds, view)
      if (personIds?.length === 0) {
        throw new Refusal(
          `Nobody in your programmes is called ${quoted(view)}. Try: ${context.prefix} ledger problems, ${context.prefix} ledger waiting, ${context.prefix} ledger here.`,
        )
      }
      return {
        filter: of({ personIds, conversation }),
        heading: conversation ? 'Messages to that channel' : `Messages to ${view}`,
        intro: 'The latest first.',
        emptyText: 'There is no message yet.',
      }
    }
  }
}

/** "here", or a channel as Slack writes it when it is mentioned: <#C0BOARD|board>. */
function conversationIn({ place }: QueryContext, view: string): string | undefined {
  if (view.toLowerCase() === 'here') return place.conversation
  return /^<#(\w+)(\|.*)?>$/.exec(view)?.[1]
}

const numberArgs = z.object({ number: z.string() })

const ledgerRetry = (kinds: KindTitles) =>
  defineCommand({
    name: 'ledger-retry',
    usages: ['ledger retry <number>'],
    slots: { number: slot.number },
    examples: ['ledger retry 1041'],
    authority: ['see messages'],
    notifies: 'office',
    summary: 'Have a message sent again that was not delivered, once its cause is mended.',
    args: numberArgs,
    run: async (context, { number }) => {
      const row = await requireOwnMessage(context, number)
      if (await requeue(context.tx, row.key, context.now)) {
        const saved = savedResult(
          [`${formatMessageTitle(row, kinds)} is sent again within seconds.`],
          `${formatMessageTitle(row, kinds)} is sent again.`,
        )
        return { ...saved, heardIn: { programmeId: row.programmeIds[0] ?? null } }
      }
      return unchangedResult([`${formatMessageTitle(row, kinds)} is sent already, or on its way.`])
    },
  })

const ledgerDrop = (kinds: KindTitles) =>
  defineCommand({
    name: 'ledger-drop',
    usages: ['ledger drop <number>'],
    slots: { number: slot.number },
    examples: ['ledger drop 1041'],
    authority: ['see messages'],
    summary: 'Take back a message that is not to be sent any more.',
    args: numberArgs,
    run: async (context, { number }) => {
      const row = await requireOwnMessage(context, number)
      if (await cancel(context.tx, row.key, `${context.actor.name} took it back`)) {
        return savedResult(
          [`${formatMessageTitle(row, kinds)} will not be sent.`],
          `${formatMessageTitle(row, kinds)} was taken back.`,
        )
      }
      return unchangedResult([
        `${formatMessageTitle(row, kinds)} is sent already, or was taken back before.`,
      ])
    },
  })

const ledgerRepeat = defineCommand({
  name: 'ledger-repeat',
  usages: ['ledger repeat <onoff> [for <programme>]'],
  slots: { onoff: oneOf('on', 'off'), programme: slot.text },
  examples: ['ledger repeat on'],
  authority: ['run programme'],
  summary:
    'Whether a message that was possibly sent in Teams is sent again, marked “In case you missed it”. Off at first.',
  args: z.object({
    onoff: onOff,
    programme: optionalText,
  }),
  run: async (context, { onoff, programme: key }) => {
    const programme = await findProgrammeTo(context, 'run programme', key)
    const policy = onoff === 'on' ? 'again' : 'leave'
    await changeSetting(context, programme.id, resendSetting, () => policy)
    const what = onoff === 'on' ? 'is sent once more, and says so' : 'is left as it is'
    return savedResult([`${programme.title}: a message that was possibly sent in Teams ${what}.`])
  },
})

/** In the order of the help and of trying. */
export function createLedgerCommands(texts: LogTexts): readonly Command[] {
  const { kinds } = texts
  return [ledgerRetry(kinds), ledgerDrop(kinds), ledgerRepeat, ledger(texts)]
}
