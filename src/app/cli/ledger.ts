import { type Command, InvalidArgumentError } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { Refusal } from '../../base/errors.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { linesOf, titleOf } from '../../features/delivery-log/format.ts'
import type { Tx } from '../../infra/db.ts'
import { type DeliveryState, drop, sendAgain } from '../../outbox/outbox.ts'
import { type Listed, listDeliveries } from '../../outbox/queries.ts'
import { format } from './options.ts'
import { withStore } from './store.ts'

const views = {
  problems: ['dead', 'uncertain'],
  waiting: ['waiting', 'sending'],
  sent: ['sent'],
  dropped: ['dropped'],
  all: ['waiting', 'sending', 'sent', 'uncertain', 'dead', 'dropped'],
} as const satisfies Record<string, readonly DeliveryState[]>

/** `ledger list|explain|retry|drop`: what became of messages, beside a service that goes on working. */
export function addLedger(program: Command): void {
  const ledger = program
    .command('ledger')
    .description('what became of the messages that Milepost sent by itself; never what they say')

  ledger
    .command('list')
    .argument('[view]', `${Object.keys(views).join(', ')}`, viewNamed, 'problems')
    .description('list deliveries, the latest first')
    .option('--programme <key>', 'of one programme alone')
    .option('--most <count>', 'at most so many', count, 50)
    .addOption(format)
    .action(
      async (view: keyof typeof views, options: Shown & { programme?: string; most: number }) => {
        const rows = await withStore(program, async (tx) => {
          const programme =
            options.programme === undefined
              ? undefined
              : await programmeByKey(tx, options.programme)
          const wanted = { states: views[view], programmeIds: programme && [programme.id] }
          return listDeliveries(tx, wanted, options.most)
        })
        if (options.format === 'json') console.log(JSON.stringify(rows.map(plain), null, 2))
        else console.log(rows.length === 0 ? 'None.' : rows.map(inWords).join('\n\n'))
      },
    )

  ledger
    .command('explain')
    .argument('<number>', 'of the delivery', numbered)
    .description('say what a delivery is about to do, or why it was not sent and what to do')
    .addOption(format)
    .action(async (number: bigint, options: Shown) => {
      const row = await withStore(program, (tx) => theOne(tx, number))
      console.log(options.format === 'json' ? JSON.stringify(plain(row), null, 2) : inWords(row))
    })

  ledger
    .command('retry')
    .argument('<number>', 'of the delivery', numbered)
    .description('have a delivery sent again that was given up or is uncertain')
    .action(async (number: bigint) => {
      const row = await withStore(program, async (tx) => {
        const found = await theOne(tx, number)
        if (await sendAgain(tx, found.key, systemClock.now())) return found
        throw new Refusal(`No. ${number} is ${found.state}, so it is not sent again.`)
      })
      console.log(`${titleOf(row)} is sent again within seconds, once the service runs.`)
    })

  ledger
    .command('drop')
    .argument('<number>', 'of the delivery', numbered)
    .description('take back a delivery that is not to be sent any more')
    .action(async (number: bigint) => {
      const row = await withStore(program, async (tx) => {
        const found = await theOne(tx, number)
        if (await drop(tx, found.key, 'the operator took it back')) return found
        throw new Refusal(`No. ${number} is ${found.state}, so it cannot be taken back.`)
      })
      console.log(`${titleOf(row)} will not be sent.`)
    })
}

interface Shown {
  readonly format: 'text' | 'json'
}

function viewNamed(text: string): keyof typeof views {
  const found = Object.keys(views).find((view) => view === text)
  if (found) return found as keyof typeof views
  throw new InvalidArgumentError(`Say one of ${Object.keys(views).join(', ')}.`)
}

function numbered(text: string): bigint {
  if (/^#?\d{1,18}$/.test(text)) return BigInt(text.replace('#', ''))
  throw new InvalidArgumentError('Give the number that "ledger list" shows, such as 1041.')
}

function count(text: string): number {
  const most = Number(text)
  if (Number.isInteger(most) && most > 0) return most
  throw new InvalidArgumentError('Give a whole number above 0.')
}

async function theOne(tx: Tx, number: bigint): Promise<Listed> {
  const [row] = await listDeliveries(tx, { number }, 1)
  if (row) return row
  throw new Refusal(`There is no delivery No. ${number}. Nothing was changed.`)
}

function inWords(row: Listed): string {
  return [titleOf(row), ...linesOf(row, 'UTC')].join('\n  ')
}

/** As JSON has it: no bigint, and only what may be seen. */
function plain({ number, ...row }: Listed): object {
  const { id, key, kind, person, platform, conversation, state, attempts, error, why } = row
  const { createdAt, notBefore, sentAt } = row
  return {
    ...{ number: Number(number), id, key, kind, person, platform, conversation },
    ...{ state, attempts, error, why, createdAt, notBefore, sentAt },
  }
}
