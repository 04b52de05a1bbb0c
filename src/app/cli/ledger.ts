import { type Command, InvalidArgumentError } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { Refusal } from '../../base/errors.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { formatMessageLines, formatMessageTitle } from '../../features/delivery-log/format.ts'
import { type LoggedMessage, listMessages } from '../../features/delivery-log/logged-messages.ts'
import type { ReadTx } from '../../infra/db.ts'
import { cancel, requeue } from '../../outbox/outbox.ts'
import type { DeliveryState } from '../../outbox/row-mapping.ts'
import { messageKinds } from '../message-kinds.ts'
import { platforms } from '../platforms.ts'
import { formatOption } from './options.ts'
import { withStore } from './store.ts'

const stateFilters = {
  problems: ['dead', 'uncertain'],
  waiting: ['waiting', 'sending'],
  sent: ['sent'],
  dropped: ['dropped'],
  all: ['waiting', 'sending', 'sent', 'uncertain', 'dead', 'dropped'],
} as const satisfies Record<string, readonly DeliveryState[]>

/** `ledger list|explain|retry|drop`: the delivery log, while the service keeps running. */
export function addLedgerCommands(program: Command): void {
  const ledger = program
    .command('ledger')
    .description('what became of the messages that Milepost sent by itself; never what they say')

  ledger
    .command('list')
    .argument('[view]', `${Object.keys(stateFilters).join(', ')}`, parseView, 'problems')
    .description('list messages, the latest first')
    .option('--programme <key>', 'of one programme alone')
    .option('--most <count>', 'at most so many', parseCount, 50)
    .addOption(formatOption)
    .action(
      async (
        view: keyof typeof stateFilters,
        options: OutputOptions & { programme?: string; most: number },
      ) => {
        const rows = await withStore(program, async (tx) => {
          const programme =
            options.programme === undefined
              ? undefined
              : await programmeByKey(tx, options.programme)
          const wanted = { states: stateFilters[view], programmeIds: programme && [programme.id] }
          return listMessages(tx, wanted, options.most)
        })
        if (options.format === 'json') console.log(JSON.stringify(rows.map(messageJson), null, 2))
        else console.log(rows.length === 0 ? 'None.' : rows.map(formatMessage).join('\n\n'))
      },
    )

  ledger
    .command('explain')
    .argument('<number>', 'of the message', parseMessageNumber)
    .description('say what becomes of a message, or why it was not sent and what to do')
    .addOption(formatOption)
    .action(async (number: bigint, options: OutputOptions) => {
      const row = await withStore(program, (tx) => findMessage(tx, number))
      console.log(
        options.format === 'json' ? JSON.stringify(messageJson(row), null, 2) : formatMessage(row),
      )
    })

  ledger
    .command('retry')
    .argument('<number>', 'of the message', parseMessageNumber)
    .description('send a message again that was given up or possibly sent')
    .action(async (number: bigint) => {
      const row = await withStore(program, async (tx) => {
        const found = await findMessage(tx, number)
        if (await requeue(tx, found.key, systemClock.now())) return found
        throw new Refusal(`No. ${number} is ${found.state}, so it is not sent again.`)
      })
      console.log(
        `${formatMessageTitle(row, messageKinds)} is sent again within seconds, once the service runs.`,
      )
    })

  ledger
    .command('drop')
    .argument('<number>', 'of the message', parseMessageNumber)
    .description('take back a message that is not to be sent any more')
    .action(async (number: bigint) => {
      const row = await withStore(program, async (tx) => {
        const found = await findMessage(tx, number)
        if (await cancel(tx, found.key, 'the operator took it back')) return found
        throw new Refusal(`No. ${number} is ${found.state}, so it cannot be taken back.`)
      })
      console.log(`${formatMessageTitle(row, messageKinds)} will not be sent.`)
    })
}

interface OutputOptions {
  readonly format: 'text' | 'json'
}

function parseView(text: string): keyof typeof stateFilters {
  const found = Object.keys(stateFilters).find((view) => view === text)
  if (found) return found as keyof typeof stateFilters
  throw new InvalidArgumentError(`Say one of ${Object.keys(stateFilters).join(', ')}.`)
}

function parseMessageNumber(text: string): bigint {
  if (/^#?\d{1,18}$/.test(text)) return BigInt(text.replace('#', ''))
  throw new InvalidArgumentError('Give the number that "ledger list" shows, such as 1041.')
}

function parseCount(text: string): number {
  const most = Number(text)
  if (Number.isInteger(most) && most > 0) return most
  throw new InvalidArgumentError('Give a whole number above 0.')
}

async function findMessage(tx: ReadTx, number: bigint): Promise<LoggedMessage> {
  const [row] = await listMessages(tx, { sequence: number }, 1)
  if (row) return row
  throw new Refusal(`There is no message No. ${number}. Nothing was changed.`)
}

function formatMessage(row: LoggedMessage): string {
  return [
    formatMessageTitle(row, messageKinds),
    ...formatMessageLines(row, {
      ...{ explain: platforms.explain, zone: 'UTC' },
      platform: platforms.title(row.platform),
    }),
  ].join('\n  ')
}

/** For JSON output: no bigint, and nothing of what a message says. */
function messageJson({ sequence, ...row }: LoggedMessage): object {
  const { id, key, kind, person, platform, conversation, state, attempts, error, why } = row
  const { createdAt, notBefore, sentAt } = row
  return {
    ...{ number: Number(sequence), id, key, kind, person, platform, conversation },
    ...{ state, attempts, error, why, createdAt, notBefore, sentAt },
  }
}
