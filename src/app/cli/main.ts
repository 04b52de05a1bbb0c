import { basename } from 'node:path'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { type Nation, nations } from '../../base/bank-holidays.ts'
import { systemClock } from '../../base/clock.ts'
import { type CivilDate, civilDate, dateIn, isCivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { readSheet } from '../../base/sheets/read-sheet.ts'
import { readDeadlines } from '../../domain/deadlines/deadlines.ts'
import { deadlinesInWords } from '../../domain/deadlines/format.ts'
import type { Programme } from '../../domain/plan/plan.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { readPublished } from '../../domain/rollup/reconcile.ts'
import { published } from '../../domain/scheme/schemes.ts'
import { describeDigest, digestInWords } from '../../features/digests/dry-run.ts'
import { exportPlan } from '../../features/imports/export.ts'
import { importInWords } from '../../features/imports/format.ts'
import { allShapes } from '../../features/imports/formats/index.ts'
import { importPlan } from '../../features/imports/import-plan.ts'
import { storePeople } from '../../features/people/import-people.ts'
import { readPeople } from '../../features/people/people-file.ts'
import { describeReminders } from '../../features/reminders/jobs.ts'
import { previewInWords } from '../../features/reminders/preview-format.ts'
import { describeStatus } from '../../features/status/status-report.ts'
import { statusInWords } from '../../features/status/views.ts'
import type { Tx } from '../../infra/db.ts'
import { StoreClosed } from '../../infra/open-store.ts'
import { environmentOf, readConfig } from '../config.ts'
import { bytesOf, writeBytes } from './files.ts'
import { addLedger } from './ledger.ts'
import { manifestFor } from './manifest.ts'
import { addOperations, exportPerson } from './operations.ts'
import { format } from './options.ts'
import { addReports } from './reports.ts'
import { withStore } from './store.ts'

/** `npm run -s milepost -- …`: what an operator does from a terminal. Prints to stdout what programs may read. */
const program = new Command('milepost')
  .description("Keeps an improvement programme's plan in Slack and Microsoft Teams.")
  .option('--playground', "work on the playground's data instead of your own")
  .configureHelp({ showGlobalOptions: true })
  .exitOverride()

const programme = new Option(
  '--programme <key>',
  'the short name of the programme, such as W17',
).makeOptionMandatory()
const day = (text: string): CivilDate => {
  if (!isCivilDate(text)) throw new InvalidArgumentError('Write a day as 2017-02-24.')
  return civilDate(text)
}

/** "Action Owner=leads", beside what was said before. A heading may hold an equals sign; a meaning holds none. */
const mapped = (text: string, before: Readonly<Record<string, string>> = {}) => {
  const [, heading, meaning] = /^(.+)=([^=]+)$/.exec(text) ?? []
  if (!heading || !meaning) throw new InvalidArgumentError('Write it as "Action Owner=leads".')
  return { ...before, [heading.trim()]: meaning.trim() }
}

interface Common {
  readonly programme: string
  readonly format: 'text' | 'json'
}

program
  .command('import')
  .description('read a plan (CSV or XLSX) into a programme, whole or not at all')
  .argument('<file>', 'the plan')
  .addOption(programme)
  .option('--title <title>', 'the name of a programme that is new')
  .addOption(
    new Option('--scheme <scheme>', 'how a programme that is new says where things stand').choices(
      Object.keys(published),
    ),
  )
  .addOption(
    new Option('--calendar <nation>', 'whose bank holidays a programme that is new keeps').choices(
      nations,
    ),
  )
  .option('--as-of <day>', 'the day the plan speaks for, as 2017-02-24; today if left out', day)
  .addOption(
    new Option(
      '--shape <shape>',
      'what kind of sheet it is, where its headings do not tell',
    ).choices(allShapes.map(({ key }) => key)),
  )
  .option(
    '--map <heading=meaning>',
    'what a heading means, as "Action Owner=leads" or "Notes=ignore"; remembered. Again for each',
    mapped,
  )
  .option('--accept', 'import the rest where there are problems', false)
  .option('--dry-run', 'say what would happen and change nothing', false)
  .addOption(format)
  .action(
    async (
      file: string,
      options: Common & {
        title?: string
        scheme?: keyof typeof published
        calendar?: Nation
        asOf?: CivilDate
        shape?: string
        map?: Readonly<Record<string, string>>
        accept: boolean
        dryRun: boolean
      },
    ) => {
      const asked = {
        bytes: await bytesOf(file),
        fileName: basename(file),
        programme: {
          key: options.programme,
          ...{ title: options.title, scheme: options.scheme, calendar: options.calendar },
        },
        asOf: options.asOf ?? today('Europe/London'),
        shape: options.shape,
        mapping: options.map,
        accept: options.accept,
        dryRun: options.dryRun,
      }
      const result = await withStore(program, (tx) => importPlan(tx, asked, systemClock.now()))
      print(options, result, importInWords)
    },
  )

program
  .command('export')
  .description(
    'write a plan into a file (.csv or .xlsx) that imports again to the same plan, or all that is kept of a person',
  )
  .option('--programme <key>', 'the short name of the programme, such as W17')
  .option('--person <name>', 'their whole name, or their id: a JSON file, for them to read')
  .requiredOption('--out <file>', 'the file to write')
  .option('--as-of <day>', 'the day it speaks for; today if left out', day)
  .addOption(format)
  .action(async (asked: Partial<Common> & { out: string; person?: string; asOf?: CivilDate }) => {
    const { out: file, person, programme: key } = asked
    if ((person === undefined) === (key === undefined)) {
      throw new Refusal(
        'Say --programme for a plan or --person for one person. Nothing was written.',
      )
    }
    if (person !== undefined) return exportPerson(program, person, file)
    const options = { programme: key ?? '', format: asked.format ?? 'text', asOf: asked.asOf }
    const bytes = await withProgramme(options, (tx, found) =>
      exportPlan(tx, found, options.asOf ?? today(found.zone), basename(file)),
    )
    await writeBytes(file, bytes)
    print(options, { file, bytes: bytes.length }, (told) => `Wrote ${told.file}.`)
  })

program
  .command('people')
  .description(
    'read who is in a programme: names, posts, roles, what they lead, their accounts in chat',
  )
  .argument(
    '<file>',
    'CSV or XLSX with the columns Name, Post, Role, Leads, Sponsors, Slack, Teams, Zone',
  )
  .addOption(programme)
  .addOption(format)
  .action(async (file: string, options: Common) => {
    const people = readPeople(await readSheet(await bytesOf(file), basename(file)))
    const result = await withProgramme(options, (tx, found) =>
      storePeople(tx, found, people, systemClock.now()),
    )
    print(
      options,
      result,
      (told) => `Stored: ${told.people} people with ${told.accounts} accounts.`,
    )
  })

program
  .command('digest')
  .description('print the digest as it would be posted, to whom and when, without posting it')
  .addOption(programme)
  .option('--as-of <day>', 'the day it speaks for; today if left out', day)
  .addOption(format)
  .action(async (options: Common & { asOf?: CivilDate }) => {
    const result = await withProgramme(options, (tx, { id, zone }) =>
      describeDigest(tx, {
        programmeId: id,
        asAt: options.asOf ?? today(zone),
      }),
    )
    print(options, result, digestInWords)
  })

program
  .command('reminders')
  .description('print the reminders that would be sent, to whom and when, without sending them')
  .addOption(programme)
  .requiredOption('--from <day>', 'the first day', day)
  .requiredOption('--to <day>', 'the last day', day)
  .addOption(format)
  .action(async (options: Common & { from: CivilDate; to: CivilDate }) => {
    const { from, to } = options
    if (to < from) throw new Refusal('--to is before --from. Nothing to print.')
    const result = await withProgramme(options, (tx, { id }) =>
      describeReminders(tx, { programmeId: id, from, to }),
    )
    print(options, result, previewInWords)
  })

program
  .command('deadline')
  .description('print how the text of a plan is read as deadlines; needs no programme')
  .argument('<text>', 'the text of a cell, such as "By Mar 20"')
  .option('--as-of <day>', 'the day the plan speaks for; today if left out', day)
  .addOption(format)
  .action((text: string, options: Pick<Common, 'format'> & { asOf?: CivilDate }) => {
    const asOf = options.asOf ?? today('Europe/London')
    print(options, readDeadlines(text, asOf), deadlinesInWords)
  })

program
  .command('status')
  .description(
    'print where a programme stands: colours, counts, exceptions and what does not add up',
  )
  .addOption(programme)
  .option('--as-of <day>', 'the day it speaks for; today if left out', day)
  .option('--since <day>', 'also what changed since that day', day)
  .option('--published <file>', 'figures as a paper printed them, to be held against the plan')
  .addOption(format)
  .action(async (options: Common & { asOf?: CivilDate; since?: CivilDate; published?: string }) => {
    const { since, published: file } = options
    const published = file
      ? readPublished(await readSheet(await bytesOf(file), basename(file)))
      : []
    const result = await withProgramme(options, (tx, { id, zone }) =>
      describeStatus(tx, {
        programmeId: id,
        asAt: options.asOf ?? today(zone),
        since,
        published,
      }),
    )
    print(options, result, statusInWords)
  })

program
  .command('manifest')
  .description('print the app manifest that matches the commands')
  .argument('<platform>', 'slack or teams')
  .action((platform: string) => {
    const manifest = manifestFor(platform, readConfig(environmentOf()))
    console.log(JSON.stringify(manifest, null, 2))
  })

addOperations(program)
addReports(program, { programme, format, day })
addLedger(program)

function today(zone: string): CivilDate {
  return dateIn(zone, systemClock.now())
}

function withProgramme<T>(
  options: Common,
  work: (tx: Tx, found: Programme) => Promise<T>,
): Promise<T> {
  return withStore(program, async (tx) => work(tx, await programmeByKey(tx, options.programme)))
}

function print<T>(
  options: Pick<Common, 'format'>,
  result: T,
  inWords: (result: T) => string,
): void {
  console.log(options.format === 'json' ? JSON.stringify(result, null, 2) : inWords(result))
}

program.parseAsync().catch((error: unknown) => {
  // Commander has said it already.
  if (error instanceof CommanderError) process.exit(error.exitCode)
  const expected = error instanceof Refusal || error instanceof StoreClosed
  console.error(expected ? error.message : error)
  process.exit(1)
})
