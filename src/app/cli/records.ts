import type { Command } from 'commander'
import { type CivilDate, civilDate, fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { plural, shorten } from '../../base/text.ts'
import { namesOf } from '../../domain/people/names.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { type FoundRecord, searchRecords } from '../../domain/records/search.ts'
import { programmeMessages } from '../../outbox/programme-messages.ts'
import { writeFileAtomically } from './files.ts'
import type { SharedOptions } from './options.ts'
import { addHoldCommands } from './record-holds.ts'
import { withStore } from './store.ts'

/** `records search` and its neighbours: for whoever answers a request for information. */
export function addRecordCommands(
  program: Command,
  { programmeOption, parseDay }: SharedOptions,
): void {
  const records = program
    .command('records')
    .description('what is kept of a programme, for an answer to a request for information')
  addHoldCommands(program, records)
  records
    .command('search')
    .argument('<words>', 'what the records hold, capitals or not')
    .description('list every record of a programme that holds the words, the oldest first')
    .addOption(programmeOption)
    .option('--from <day>', 'not before this day', parseDay)
    .option('--to <day>', 'not after this day', parseDay)
    .option('--out <file>', 'write them whole into a JSON file, to be read before any is given out')
    .action(async (words: string, options: SearchOptions) => {
      if (words.trim() === '') throw new Refusal('Say which words to look for.')
      const { programme: key, from, to, out } = options
      const { found, names } = await withStore(program, async (tx) => {
        const { id: programmeId } = await programmeByKey(tx, key)
        const found = await searchRecords(tx, { programmeId, words, from, to }, programmeMessages)
        const authors = found.flatMap(({ byId }) => byId ?? [])
        return { found, names: await namesOf(tx, [...new Set(authors)]) }
      })
      const summary = `${plural(found.length, 'record')} of ${key} with “${words}”.`
      if (out === undefined) {
        console.log([...found.map((one) => formatRecord(one, names)), summary].join('\n'))
        return
      }
      await writeFileAtomically(out, Buffer.from(`${JSON.stringify(found, null, 2)}\n`))
      console.log(`${summary} Wrote ${out}.`)
    })
}

interface SearchOptions {
  readonly programme: string
  readonly from?: CivilDate
  readonly to?: CivilDate
  readonly out?: string
}

/** How much of a text a line shows; the file has all of it. */
const textShown = 200

/** 'Fri 27 Feb 2026  StatusUpdate, Asha Verity: The supplier is late' */
export function formatRecord(
  { table, at, byId, columns, row }: FoundRecord,
  names: ReadonlyMap<string, string>,
): string {
  const day = at === null ? 'no date' : fullDate(civilDate(at.slice(0, 10)))
  const author = byId === null ? undefined : names.get(byId)
  const texts = columns.map((column) => {
    const value = row[column]
    return typeof value === 'string' ? value : JSON.stringify(value)
  })
  return `${day}  ${table}${author ? `, ${author}` : ''}: ${shorten(texts.join(' · '), textShown)}`
}
