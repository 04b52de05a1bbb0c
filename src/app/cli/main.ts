import { basename } from 'node:path'
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { type CivilDate, civilDate, dateIn, isCivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { readSheet } from '../../base/sheets/read-sheet.ts'
import { parseDeadlines } from '../../domain/deadlines/deadlines.ts'
import { formatDeadlines } from '../../domain/deadlines/format.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { type Audience, audiences } from '../../domain/programme/audience.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { parsePublishedFigures } from '../../domain/rollup/reconcile.ts'
import { dryRunDigest, formatDryRun } from '../../features/digests/dry-run.ts'
import { exportPlan, whereRegisterIs } from '../../features/imports/export.ts'
import { formatPeopleImport } from '../../features/people/format.ts'
import { importPeople } from '../../features/people/import-people.ts'
import { parsePeopleFile } from '../../features/people/people-file.ts'
import { describeReminders } from '../../features/reminders/describe-preview.ts'
import { formatPreview } from '../../features/reminders/preview-format.ts'
import { loadStatusReport } from '../../features/status/status-report.ts'
import { formatStatusReport } from '../../features/status/views.ts'
import type { Tx } from '../../infra/db.ts'
import { StoreOpenError } from '../../infra/open-store.ts'
import { platforms } from '../platforms.ts'
import { addComparePaperCommand } from './compare-paper.ts'
import { exportFigures, type FigureKind, figureKinds } from './figures.ts'
import { readBytes, writeFileAtomically } from './files.ts'
import { addImportCommand } from './import.ts'
import { addLedgerCommands } from './ledger.ts'
import { addManifestCommand } from './manifest.ts'
import { addOperationCommands, exportPerson } from './operations.ts'
import { formatOption } from './options.ts'
import { addOrganisationCommands } from './organisations.ts'
import { addPaperTemplateCommand } from './paper-template.ts'
import { addPaperCommand } from './papers.ts'
import { addRecordCommands } from './records.ts'
import { addReportCommands } from './reports.ts'
import { withStore } from './store.ts'
import { addTemplateCommand } from './template.ts'
import { addTokenCommands } from './tokens.ts'
import { addUnderstandCommand } from './understand.ts'

/** `npm run -s milepost -- …`: the operator's command line. Results go to stdout, everything else to stderr. */
const program = new Command('milepost')
  .description("Keeps an improvement programme's plan in Slack and Microsoft Teams.")
  .option('--playground', "work on the playground's data instead of your own")
  .configureHelp({ showGlobalOptions: true })
  .exitOverride()

const programmeOption = new Option(
  '--programme <key>',
  'the short name of the programme, such as W17',
).makeOptionMandatory()
const parseDay = (text: string): CivilDate => {
  if (!isCivilDate(text)) throw new InvalidArgumentError('Write a day as 2017-02-24.')
  return civilDate(text)
}

interface CommonOptions {
  readonly programme: string
  readonly format: 'text' | 'json'
}

interface ExportOptions {
  readonly programme?: string
  readonly person?: string
  readonly out: string
  readonly asOf?: CivilDate
  readonly audience: Audience
  readonly format: 'text' | 'json' | 'csv'
}

addImportCommand(program, { programmeOption, parseDay })

program
  .command('export')
  .description(
    'write a plan into a file (.csv or .xlsx) that imports again to the same plan, or all that is kept of a person',
  )
  .option('--programme <key>', 'the short name of the programme, such as W17')
  .option('--person <name>', 'their whole name, or their id: a JSON file, for them to read')
  .addArgument(
    new Argument(
      '[what]',
      'data: a table for each kind of thing, into the folder --out; dates: a calendar file (.ics)',
    ).choices(figureKinds),
  )
  .requiredOption('--out <file>', 'the file or, for data, the folder to write')
  .option('--as-of <day>', 'the day it speaks for; today if left out', parseDay)
  .addOption(
    new Option('--audience <audience>', 'of data and dates: nothing meant for fewer is in them')
      .choices(audiences)
      .default('board'),
  )
  .addOption(
    new Option('--format <format>', 'for people or for programs; of data: csv or json')
      .choices(['text', 'json', 'csv'])
      .default('text'),
  )
  .option(
    '--check-standard',
    'of data: names each attribute of the government’s data standard that is missing',
  )
  .action(async (what: FigureKind | undefined, asked: ExportOptions) => {
    const { out: file, person, programme: key } = asked
    if (what !== undefined) {
      if (key === undefined) throw new Refusal('Say --programme. Nothing was written.')
      const format = asked.format === 'json' ? 'json' : 'csv'
      return exportFigures(program, what, { ...asked, programme: key, format })
    }
    if ((person === undefined) === (key === undefined)) {
      throw new Refusal(
        'Say --programme for a plan or --person for one person. Nothing was written.',
      )
    }
    if (person !== undefined) return exportPerson(program, person, file)
    const format = asked.format === 'json' ? 'json' : 'text'
    const options = { programme: key ?? '', format, asOf: asked.asOf } as const
    const { bytes, register } = await withProgramme(options, async (tx, found) => {
      const asAt = options.asOf ?? todayIn(found.zone)
      const name = basename(file)
      return {
        bytes: await exportPlan(tx, found, asAt, name),
        register: await whereRegisterIs(tx, found, asAt, name),
      }
    })
    await writeFileAtomically(file, bytes)
    printResult(options, { file, bytes: bytes.length, register }, (written) =>
      [`Wrote ${written.file}.`, ...register].join('\n'),
    )
  })

const accountColumns = platforms.definitions.map(({ title }) => title)

program
  .command('people')
  .description(
    'read who is in a programme: names, posts, roles, what they lead, their accounts in chat',
  )
  .argument(
    '<file>',
    `CSV or XLSX with the columns Name, Post, Role, Leads, Sponsors, ${accountColumns.join(', ')}, Zone`,
  )
  .addOption(programmeOption)
  .option('--accept', 'save what it shows without this option', false)
  .addOption(
    new Option(
      '--unlisted <what>',
      'what becomes of those who can use the programme and are not in the file',
    ).choices(['keep', 'remove']),
  )
  .addOption(formatOption)
  .action(
    async (
      path: string,
      options: CommonOptions & { accept: boolean; unlisted?: 'keep' | 'remove' },
    ) => {
      const sheet = await readSheet(await readBytes(path), basename(path))
      const names = platforms.definitions.map(({ name }) => name)
      const { accept, unlisted } = options
      const asked = { file: parsePeopleFile(sheet, names), accept, unlisted }
      const result = await withProgramme(options, (tx, programme) =>
        importPeople(tx, { programme, ...asked }, systemClock.now()),
      )
      printResult(options, result, formatPeopleImport)
    },
  )

program
  .command('digest')
  .description('print the digest as it would be posted, to whom and when, without posting it')
  .addOption(programmeOption)
  .option('--as-of <day>', 'the day it speaks for; today if left out', parseDay)
  .addOption(formatOption)
  .action(async (options: CommonOptions & { asOf?: CivilDate }) => {
    const result = await withProgramme(options, (tx, { id, zone }) =>
      dryRunDigest(tx, {
        programmeId: id,
        asAt: options.asOf ?? todayIn(zone),
      }),
    )
    printResult(options, result, formatDryRun)
  })

program
  .command('reminders')
  .description('print the reminders that would be sent, to whom and when, without sending them')
  .addOption(programmeOption)
  .requiredOption('--from <day>', 'the first day', parseDay)
  .requiredOption('--to <day>', 'the last day', parseDay)
  .addOption(formatOption)
  .action(async (options: CommonOptions & { from: CivilDate; to: CivilDate }) => {
    const { from, to } = options
    if (to < from) throw new Refusal('--to is before --from. Nothing to print.')
    const result = await withProgramme(options, (tx, { id }) =>
      describeReminders(tx, { programmeId: id, from, to }),
    )
    printResult(options, result, formatPreview)
  })

program
  .command('deadline')
  .description('print how the text of a plan is read as deadlines; needs no programme')
  .argument('<text>', 'the text of a cell, such as "By Mar 20"')
  .option('--as-of <day>', 'the day the plan speaks for; today if left out', parseDay)
  .addOption(formatOption)
  .action((text: string, options: Pick<CommonOptions, 'format'> & { asOf?: CivilDate }) => {
    const asOf = options.asOf ?? todayIn('Europe/London')
    printResult(options, parseDeadlines(text, asOf), formatDeadlines)
  })

program
  .command('status')
  .description(
    'print where a programme stands: colours, counts, exceptions and what does not add up',
  )
  .addOption(programmeOption)
  .option('--as-of <day>', 'the day it speaks for; today if left out', parseDay)
  .option('--since <day>', 'also what changed since that day', parseDay)
  .option('--published <file>', 'figures as a paper printed them, to be held against the plan')
  .addOption(formatOption)
  .action(
    async (
      options: CommonOptions & { asOf?: CivilDate; since?: CivilDate; published?: string },
    ) => {
      const { since, published: file } = options
      const published = file
        ? parsePublishedFigures(await readSheet(await readBytes(file), basename(file)))
        : []
      const result = await withProgramme(options, (tx, { id, zone }) =>
        loadStatusReport(tx, {
          programmeId: id,
          asAt: options.asOf ?? todayIn(zone),
          since,
          published,
        }),
      )
      printResult(options, result, formatStatusReport)
    },
  )

addManifestCommand(program)
addOperationCommands(program)
addReportCommands(program, { programmeOption, parseDay })
addPaperCommand(program, { programmeOption, parseDay })
addPaperTemplateCommand(program, { programmeOption })
addComparePaperCommand(program, { programmeOption, parseDay })
addLedgerCommands(program)
addRecordCommands(program, { programmeOption, parseDay })
addOrganisationCommands(program)
addTemplateCommand(program, { programmeOption })
addTokenCommands(program)
addUnderstandCommand(program)

function todayIn(zone: string): CivilDate {
  return dateIn(zone, systemClock.now())
}

function withProgramme<T>(
  options: CommonOptions,
  work: (tx: Tx, found: Programme) => Promise<T>,
): Promise<T> {
  return withStore(program, async (tx) => work(tx, await programmeByKey(tx, options.programme)))
}

function printResult<T>(
  options: Pick<CommonOptions, 'format'>,
  result: T,
  inWords: (result: T) => string,
): void {
  console.log(options.format === 'json' ? JSON.stringify(result, null, 2) : inWords(result))
}

program.parseAsync().catch((error: unknown) => {
  // Commander has printed the message already.
  if (error instanceof CommanderError) process.exit(error.exitCode)
  const expected = error instanceof Refusal || error instanceof StoreOpenError
  console.error(expected ? error.message : error)
  process.exit(1)
})
