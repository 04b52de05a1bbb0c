import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { dateIn, fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { type Disposal, loadDisposals } from '../../domain/records/disposal-log.ts'
import { addHold, type Hold, holdText, loadHolds, releaseHold } from '../../domain/records/holds.ts'
import { withStore } from './store.ts'

/** `records hold`, `release`, `holds` and `disposals`: what must be kept, and what was not. */
export function addHoldCommands(program: Command, records: Command): void {
  records
    .command('hold')
    .argument('[words]', 'what the records hold; left out: everything of the programme')
    .description('keep records from deletion and erasure, because somebody asked for them')
    .option('--programme <key>', 'of this programme alone')
    .requiredOption('--because <reason>', 'the request or the claim: “FOI 1234”')
    .option('--by <name>', 'who asks for it; left out: the account that runs this')
    .action(async (words: string | undefined, options: HoldOptions) => {
      const { programme, because, by = operatorName() } = options
      const hold = await withStore(program, async (tx) => {
        const programmeId = programme ? (await programmeByKey(tx, programme)).id : null
        const scope = { programmeId, words: words?.trim() || null }
        const number = await addHold(tx, { ...scope, reason: because, by }, systemClock.now())
        return (await loadHolds(tx)).find((one) => one.number === number)
      })
      if (hold) console.log(`${holdText(hold)}. It is kept until: records release ${hold.number}.`)
    })

  records
    .command('release')
    .argument('<number>', 'of the hold, as records holds lists it')
    .description('end a hold: what it kept goes once its time is over')
    .requiredOption('--because <reason>', 'why nobody needs it any more')
    .option('--by <name>', 'who says so; left out: the account that runs this')
    .action(async (number: string, { because, by = operatorName() }: HoldOptions) => {
      if (!/^\d{1,9}$/.test(number)) throw new Refusal(`“${number}” is no number of a hold.`)
      const release = { reason: because, by, at: systemClock.now() }
      await withStore(program, (tx) => releaseHold(tx, Number(number), release))
      console.log(`Hold ${number} is released. What it kept goes once its time is over.`)
    })

  records
    .command('holds')
    .description('list the holds, also those that were released')
    .action(async () => {
      const holds = await withStore(program, loadHolds)
      console.log(holds.length === 0 ? 'Nothing is held.' : holds.map(formatHold).join('\n'))
    })

  records
    .command('disposals')
    .description('list how much was deleted by which rule, day by day; no content')
    .option('--programme <key>', 'of this programme alone')
    .action(async ({ programme }: { readonly programme?: string }) => {
      const disposals = await withStore(program, async (tx) =>
        loadDisposals(tx, programme && (await programmeByKey(tx, programme)).id),
      )
      const none = 'Nothing was deleted yet.'
      console.log(disposals.length === 0 ? none : disposals.map(formatDisposal).join('\n'))
    })
}

interface HoldOptions {
  readonly programme?: string
  readonly because: string
  readonly by?: string
}

/** The account of this machine that runs the command; in a container it may have no name. */
export function operatorName(): string {
  try {
    return userInfo().username
  } catch {
    return `account ${process.getuid?.() ?? 'without a name'}`
  }
}

const day = (at: Date) => fullDate(dateIn('UTC', at))

/** 'Hold 3 (W17, “supplier”): FOI 1234. By Omar Field, Mon 30 Nov 2026' */
export function formatHold(hold: Hold): string {
  const { by, at, release } = hold
  const held = `${holdText(hold)}. By ${by}, ${day(at)}.`
  if (release === null) return held
  return `${held} Released by ${release.by}, ${day(release.at)}: ${release.reason}`
}

/** 'Mon 30 Nov 2026  W17  messages: 12 (kept for 730 days). By Milepost' */
export function formatDisposal({ day, what, rule, programme, by, count }: Disposal): string {
  const of = programme ?? 'no programme'
  return `${fullDate(day)}  ${of}  ${what}: ${count} (${rule}). By ${by ?? 'Milepost'}`
}
