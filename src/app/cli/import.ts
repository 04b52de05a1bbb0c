import { basename } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Nation, nations } from '../../base/bank-holidays.ts'
import { systemClock } from '../../base/clock.ts'
import { type CivilDate, dateIn } from '../../base/dates.ts'
import { builtInSchemes } from '../../domain/scheme/schemes.ts'
import { parseBlankAnswers } from '../../features/imports/blank-ratings.ts'
import { formatImportResult } from '../../features/imports/format.ts'
import { sheetFormats } from '../../features/imports/formats/index.ts'
import { importPlan } from '../../features/imports/import-plan.ts'
import { withKinds } from '../../features/imports/preview/kinds.ts'
import { readBytes } from './files.ts'
import { createProgress } from './import-progress.ts'
import { formatOption, type SharedOptions } from './options.ts'
import { withStore } from './store.ts'

export interface ImportOptions {
  readonly programme: string
  readonly format: 'text' | 'json'
  readonly title?: string
  readonly scheme?: keyof typeof builtInSchemes
  readonly calendar?: Nation
  readonly asOf?: CivilDate
  readonly sheet?: string
  readonly shape?: string
  readonly map?: Readonly<Record<string, string>>
  readonly state?: Readonly<Record<string, string>>
  readonly dates?: 'day-first' | 'month-first'
  readonly newRow?: readonly number[]
  readonly blank?: Readonly<Record<string, string>>
  readonly because?: string
  readonly accept: boolean
  readonly dryRun: boolean
}

/** `import`: reads a sheet into a programme, or says what it would read. */
export function addImportCommand(
  program: Command,
  { programmeOption, parseDay }: SharedOptions,
): void {
  program
    .command('import')
    .description('read a plan or a register (CSV or XLSX) into a programme, whole or not at all')
    .argument('<file>', 'the plan or the register')
    .addOption(programmeOption)
    .option('--title <title>', 'the name of a programme that is new')
    .addOption(
      new Option(
        '--scheme <scheme>',
        'how a programme that is new says where things stand',
      ).choices(Object.keys(builtInSchemes)),
    )
    .addOption(
      new Option(
        '--calendar <nation>',
        'whose bank holidays a programme that is new keeps',
      ).choices(nations),
    )
    .option(
      '--as-of <day>',
      'the day the plan speaks for, as 2017-02-24; today if left out',
      parseDay,
    )
    .option('--sheet <name>', 'which sheet of a workbook, where several hold a plan')
    .addOption(
      new Option(
        '--shape <shape>',
        'what kind of sheet it is, where its headings do not tell',
      ).choices(sheetFormats.map(({ key }) => key)),
    )
    .option(
      '--map <heading=meaning>',
      'what a heading means, as "Action Owner=leads" or "Notes=ignore"; remembered. Again for each',
      parsePair,
    )
    .option(
      '--state <word=state>',
      'what a word in a column of states means, as "In progress=green" or "Closed=done"; remembered. Again for each',
      parsePair,
    )
    .addOption(
      new Option(
        '--dates <order>',
        'how dates in figures are written, where the sheet does not tell; remembered',
      ).choices(['day-first', 'month-first']),
    )
    .option(
      '--new-row <number>',
      'a row that is new, although it was taken for something in the plan in nearly its words. Again for each',
      parseRow,
    )
    .option(
      '--blank <project=answer>',
      'what an empty cell beside an earlier Red or Amber means: "1.1=keep" (remembered) or "1.1 2=not rated"; "all" for all. Again for each',
      parsePair,
    )
    .option(
      '--because <reason>',
      'why those are not rated any more of which the sheet does not say it',
    )
    .option('--accept', 'import the rest where there are problems', false)
    .option('--dry-run', 'say what would happen and change nothing', false)
    .addOption(formatOption)
    .action(async (file: string, options: ImportOptions) => {
      const bytes = await readBytes(file)
      const now = systemClock.now()
      const progress = createProgress(systemClock, (line) => console.error(line))
      const request = { ...importRequestOf(file, bytes, options, now), onStep: progress.onStep }
      const result = await withStore(program, (tx) => importPlan(tx, request, now))
      progress.end(result)
      const text =
        options.format === 'json' ? JSON.stringify(withKinds(result), null, 2) : undefined
      console.log(text ?? formatImportResult(result))
    })
}

/** What the options ask for. */
export function importRequestOf(
  file: string,
  bytes: Uint8Array,
  options: ImportOptions,
  now: Date,
) {
  const {
    programme: key,
    title,
    scheme,
    calendar,
    asOf,
    shape,
    sheet,
    map,
    accept,
    dryRun,
  } = options
  return {
    ...{ bytes, fileName: basename(file), shape, sheet, mapping: map, accept, dryRun },
    programme: { key, title, scheme, calendar },
    asOf: asOf ?? dateIn('Europe/London', now),
    answers: answersIn(options),
    newRows: options.newRow,
  }
}

/** Undefined where nothing was answered. */
function answersIn({ state, dates, blank, because }: ImportOptions) {
  if (!state && !dates && !blank) return undefined
  const order = dates === 'month-first' ? ('month first' as const) : ('day first' as const)
  return {
    ...(state ? { states: { ...state } } : {}),
    ...(dates ? { dates: order } : {}),
    ...(blank ? blankAnswers(blank, because) : {}),
  }
}

function blankAnswers(blank: Readonly<Record<string, string>>, because: string | undefined) {
  const blanks = parseBlankAnswers(blank)
  return { blanks, ...(because ? { blankReason: because } : {}) }
}

/** Adds "Action Owner=leads" to the pairs before it. A heading may contain an equals sign, a meaning may not. */
function parsePair(text: string, before: Readonly<Record<string, string>> = {}) {
  const [, name, meaning] = /^(.+)=([^=]+)$/.exec(text) ?? []
  if (!name || !meaning) throw new InvalidArgumentError('Write it as "Action Owner=leads".')
  return { ...before, [name.trim()]: meaning.trim() }
}

function parseRow(text: string, before: readonly number[] = []): number[] {
  if (/^[1-9]\d{0,6}$/.test(text)) return [...before, Number(text)]
  throw new InvalidArgumentError('Write the number of the row, as 7.')
}
