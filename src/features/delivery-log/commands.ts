import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { plural, quoted } from '../../base/text.ts'
import { type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { nothingToChange, stored } from '../../chat/notice.ts'
import { officeProgramme } from '../../domain/plan/lookup.ts'
import { changeSettings } from '../../domain/programme/settings-store.ts'
import { drop, sendAgain } from '../../outbox/outbox.ts'
import { countDeliveries, type Listed, listDeliveries, type Wanted } from '../../outbox/queries.ts'
import { ledgerCard } from './cards.ts'
import { buttonsOf } from './failure-notices.ts'
import { linesOf, mostShown, titleOf } from './format.ts'
import { deliveryToChange, officeOf, peopleNamed } from './lookup.ts'

const problems = ['dead', 'uncertain'] as const

export const ledger = defineCommand({
  name: 'ledger',
  usages: ['ledger [<view>]'],
  summary:
    'What became of messages: ledger problems, ledger waiting, or of one person or channel. For the programme office.',
  tells: true,
  args: z.object({ view: optionalText }),
  run: async (context, { view }) => {
    const { tx, actor } = context
    const wanted = await wantedBy(context, view ?? 'problems')
    const rows = await listDeliveries(tx, wanted.which, mostShown)
    const left = (await countDeliveries(tx, wanted.which)) - rows.length
    return {
      card: ledgerCard({
        heading: wanted.heading,
        intro: rows.length > 0 ? wanted.intro : wanted.none,
        rows: rows.map((row) => ({
          title: titleOf(row),
          lines: linesOf(row, actor.zone),
          buttons: buttonsOf(row),
        })),
        more: left > 0 ? `${plural(left, 'older message')} not listed.` : '',
      }),
    }
  },
})

interface View {
  readonly which: Wanted
  readonly heading: string
  readonly intro: string
  readonly none: string
}

async function wantedBy(context: Context, view: string): Promise<View> {
  const programmeIds = await officeOf(context)
  const of = (more: Wanted): Wanted => ({ programmeIds, ...more })
  switch (view.toLowerCase()) {
    case 'problems':
      return {
        which: of({ states: problems }),
        heading: 'Messages that were not delivered',
        intro: 'Mend the cause, then have them sent again; or drop what is not needed any more.',
        none: 'Every message was delivered, or is on its way.',
      }
    case 'waiting':
      return {
        which: of({ states: ['waiting', 'sending'] }),
        heading: 'Messages on their way',
        intro: 'Each is sent as soon as it can be.',
        none: 'No message is waiting.',
      }
    default: {
      const conversation = conversationIn(context, view)
      const personIds = conversation ? undefined : await peopleNamed(context, programmeIds, view)
      if (personIds?.length === 0) {
        throw new Refusal(
          `Nobody in your programmes is called ${quoted(view)}. Try: ${context.prefix} ledger problems, ${context.prefix} ledger waiting, ${context.prefix} ledger here.`,
        )
      }
      return {
        which: of({ personIds, conversation }),
        heading: conversation ? 'Messages to that channel' : `Messages to ${view}`,
        intro: 'The latest first.',
        none: 'There is no message yet.',
      }
    }
  }
}

/** "here", or a channel as Slack writes it when it is mentioned: <#C0BOARD|board>. */
function conversationIn({ place }: Context, view: string): string | undefined {
  if (view.toLowerCase() === 'here') return place.conversation
  return /^<#(\w+)(\|.*)?>$/.exec(view)?.[1]
}

const numbered = z.object({ number: z.string() })

export const ledgerRetry = defineCommand({
  name: 'ledger-retry',
  usages: ['ledger retry <number>'],
  summary: 'Have a message sent again that was not delivered, once its cause is mended.',
  args: numbered,
  run: async (context, { number }) => {
    const row = await deliveryToChange(context, number)
    if (await sendAgain(context.tx, row.key, context.now)) {
      return stored([`${titleOf(row)} is sent again within seconds.`], againNote(row))
    }
    return nothingToChange([`${titleOf(row)} is sent already, or on its way.`])
  },
})

const againNote = (row: Listed) => `${titleOf(row)} is sent again.`

export const ledgerDrop = defineCommand({
  name: 'ledger-drop',
  usages: ['ledger drop <number>'],
  summary: 'Take back a message that is not to be sent any more.',
  args: numbered,
  run: async (context, { number }) => {
    const row = await deliveryToChange(context, number)
    if (await drop(context.tx, row.key, `${context.actor.name} took it back`)) {
      return stored([`${titleOf(row)} will not be sent.`], `${titleOf(row)} was taken back.`)
    }
    return nothingToChange([`${titleOf(row)} is sent already, or was taken back before.`])
  },
})

export const ledgerRepeat = defineCommand({
  name: 'ledger-repeat',
  usages: ['ledger repeat <onoff> [for <programme>]'],
  summary:
    'Whether a message that may have got lost in Teams is sent again, marked “In case you missed it”. Off at first.',
  args: z.object({
    onoff: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['on', 'off'])),
    programme: optionalText,
  }),
  run: async (context, { onoff, programme: key }) => {
    const programme = await officeProgramme(context, key)
    const uncertain = onoff === 'on' ? 'again' : 'leave'
    await changeSettings(context.tx, programme.id, (now) => ({ ...now, uncertain }))
    const what = onoff === 'on' ? 'is sent once more, and says so' : 'is left as it is'
    return stored([`${programme.title}: a message that may have got lost in Teams ${what}.`])
  },
})

export const ledgerCommands = [ledgerRetry, ledgerDrop, ledgerRepeat, ledger]
