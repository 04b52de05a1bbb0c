import { createHash } from 'node:crypto'
import { Refusal } from '../../base/errors.ts'
import { readSheets, type Sheet } from '../../base/sheets/read-sheet.ts'
import { fold, plural } from '../../base/text.ts'
import { nationSetting } from '../../domain/calendars/settings.ts'
import { saveAcceptedWords } from '../../domain/checks/accepted-words.ts'
import { recordImport } from '../../domain/imports/import-store.ts'
import { thresholdsSetting } from '../../domain/measures/settings.ts'
import { createProgramme } from '../../domain/programme/programme-store.ts'
import {
  noSettings,
  type ProgrammeSettings,
  parseSettings,
} from '../../domain/programme/setting.ts'
import { reviseSettings } from '../../domain/programme/settings-store.ts'
import { formatState, schemeOf } from '../../domain/scheme/schemes.ts'
import { schemeSetting } from '../../domain/scheme/settings.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { applyDiff } from './apply-diff.ts'
import type { BlankAnswers } from './blank-ratings.ts'
import { type ChildWords, findChildWords } from './child-words.ts'
import { chooseSheet, registersBeside, visibleNames } from './choose-sheet.ts'
import { comparePlan } from './compare-plan.ts'
import { mergeDiffs, type StoredPlan } from './diff.ts'
import type { PlanDiff } from './diff-types.ts'
import { answersToKeep, earlierAnswers, withEarlierAnswers } from './earlier-answers.ts'
import { loadEarlierRefs, withPresentRefs } from './earlier-refs.ts'
import type { GatedFile } from './gated-file.ts'
import { passGates } from './gates.ts'
import { findHeadings, type HeadingOptions, type Headings } from './headings.ts'
import { importProvenance } from './import-context.ts'
import { type PlanParseResult, parsePlan } from './parse-plan.ts'
import type { ParsedPlan } from './parsed-plan.ts'
import { columnViews } from './preview/column-views.ts'
import { formatGroup, groupQuestions } from './preview/grouped-notes.ts'
import { applyRegister } from './registers/apply-register.ts'
import type { RegisterDiff } from './registers/diff-register.ts'
import { compareRegister, withRegisters } from './registers/read-registers.ts'
import type { ImportRegistries } from './registries.ts'
import { refsOf, renumberingNotes } from './renumbered-rows.ts'
import type { ImportRequest, ImportResult } from './result.ts'
import { mappingSetting, sheetAnswersSetting } from './settings.ts'
import { isKeySheet } from './sheet-key.ts'
import { withStackedParts } from './stacked-parts.ts'
import { assertStateWords, schemeNamed } from './state-words.ts'
import { assertNotStale, emptyPlan, loadStoredPlan } from './stored-plan.ts'

export type { ImportRequest as ImportAsked, ImportResult } from './result.ts'

/** A file read and compared with the plan; nothing is written yet. */
export interface PlanReading {
  readonly sheet: Sheet
  /** The names of the sheets that a person sees, of a workbook; of which `sheet` is one. */
  readonly sheetNames: readonly string[]
  readonly file: PlanParseResult
  readonly before: StoredPlan
  /** Undefined for a programme that its first import creates. */
  readonly programmeId: string | undefined
  readonly settings: ProgrammeSettings
  /** Refs of projects whose new ratings count once somebody has confirmed them. */
  readonly toConfirm: ReadonlySet<string>
  /** What changes of the plan, and of the register. */
  readonly ofPlan: PlanDiff
  readonly ofRegister: RegisterDiff
  /** Words that look as if they told of a child: the rows' questions are among the result's problems. */
  readonly childWords: ChildWords
  readonly result: ImportResult
}

/** @throws Refusal that names the row and the remedy, where the file as a whole is no plan for this programme */
export async function readPlan(
  tx: ReadTx,
  request: ImportRequest,
  registries?: ImportRegistries,
): Promise<PlanReading> {
  const { bytes, fileName, asOf, dryRun } = request
  const existing = await tx.programme.findUnique({ where: { key: request.programme.key } })
  const choices = { ...headingOptions(request, existing?.settings), registries }
  const sheets = withStackedParts(await readSheets(bytes, fileName), asOf, choices)
  const chosen = chooseSheet(sheets, asOf, choices, request.sheet)
  const sheet = withoutRows(chosen, request.leftOutRows ?? [])
  const headings = findHeadings(sheet, asOf, choices)
  const settings = settingsFor(request, sheet, headings, existing?.settings)
  if (existing) await assertNotStale(tx, existing.id, asOf)
  const own = headings.sheetFormat.isOwnExport ?? false
  const stored = existing ? await loadStoredPlan(tx, existing.id, own) : emptyPlan
  const thresholds = thresholdsSetting.of(settings)
  const scheme = schemeOf(settings)
  assertStateWords(request.answers?.states, scheme)
  const answers = withEarlierAnswers(request.answers, existing?.settings)
  const { newRows } = request
  const keySheets = sheets.filter((one) => one.name !== chosen.name && isKeySheet(one))
  const options = { ...choices, storedPlan: stored, thresholds, answers, newRows, keySheets }
  const rows = sheet.rows.filter(({ number }) => number > headings.row).length
  const chosenPlan = parsePlan(sheet, asOf, scheme, options)
  const registers = registersBeside(sheets, chosen, request.sheet).map((one) =>
    withoutRows(one, leftOutOf(one, request)),
  )
  request.onStep?.({ step: 'read', rows })
  const parsed = withRegisters(chosenPlan, registers, asOf, scheme, options)
  const asSent = existing
    ? withPresentRefs(parsed, stored, await loadEarlierRefs(tx, existing.id), newRows)
    : parsed
  const { before, renumbered, difference: whole } = comparePlan(asSent, stored, newRows)
  const newNumberOf = refsOf(renumbered, 'project')
  const gated = { id: existing?.id, asOf, settings, newNumberOf }
  const answered = { now: request.answers ?? {}, earlier: earlierAnswers(existing?.settings) }
  const gate = await passGates(tx, gated, gatedFileOf(asSent, answered), whole)
  const { difference: ofPlan, notes, toConfirm } = gate
  const file = { ...asSent, projects: gate.projects }
  const ofRegister = await compareRegister(tx, existing?.id, file, { asOf, scheme, before })
  const childWords = await findChildWords(tx, existing?.id, asOf, file, { ofPlan, ofRegister })
  const difference = mergeDiffs([ofPlan, ofRegister.difference])
  const differences = difference.added.length + difference.changed.length
  request.onStep?.({ step: 'compared', differences })
  const somethingNew = differences > 0
  const result: ImportResult = {
    programme: request.programme.key,
    asOf,
    file: fileName,
    dryRun,
    stored: somethingNew && !dryRun,
    shape: file.headings.sheetFormat.key,
    what: file.headings.sheetFormat.description,
    ratesMilestones: hasStates(file) && (file.headings.sheetFormat.ratesMilestones ?? false),
    mapping: file.headings.columnMappings,
    columns: columnViews(sheet, file, { asOf, scheme }),
    scheme: scheme.key,
    understood: file.counts,
    changed: [...file.corrections, ...ofRegister.corrections],
    // First what the sheet does not change: a preview shows as many lines as a message has room for.
    attention: [...notes, ...renumberingNotes(renumbered), ...ofRegister.notes, ...file.warnings],
    problems: [...file.problems, ...gate.problems, ...ofRegister.problems, ...childWords.notes],
    lost: file.unreadCells,
    difference,
    blankRatings: gate.blanks.map(({ item, title, row, state }) => ({
      ...{ item, title, row },
      state: formatState(state),
    })),
  }
  const programmeId = existing?.id
  const sheetNames = visibleNames(sheets)
  return {
    sheet,
    sheetNames,
    file,
    before,
    programmeId,
    settings,
    toConfirm,
    ofPlan,
    ofRegister,
    childWords,
    result,
  }
}

/** What the gates look at of a sheet besides its rows. */
function gatedFileOf(file: PlanParseResult, answers: BlankAnswers): GatedFile {
  const { isOwnExport: knowsPlan = false, ratesMilestones = false } = file.headings.sheetFormat
  return { ...file, knowsPlan, ratesProjects: hasStates(file) && !ratesMilestones, answers }
}

const hasStates = ({ headings: { columns } }: Pick<PlanParseResult, 'headings'>): boolean =>
  ['state', 'status'].some((one) => columns.has(one))

/** A text file has one sheet, whatever stands in it. */
const leftOutOf = ({ name }: Sheet, { leftOutRows, leftOutOfSheets }: ImportRequest) =>
  (name === undefined ? leftOutRows : leftOutOfSheets?.[name]) ?? []

function withoutRows(sheet: Sheet, leftOut: readonly number[]): Sheet {
  return { ...sheet, rows: sheet.rows.filter(({ number }) => !leftOut.includes(number)) }
}

/**
 * Reads a plan into a programme, whole or not at all: run it in one transaction.
 * @throws Refusal that names the row and the remedy; also where there are problems that nobody accepted.
 */
export async function importPlan(
  tx: Tx,
  request: ImportRequest,
  now: Date,
  registries?: ImportRegistries,
): Promise<ImportResult> {
  const { fileName, asOf } = request
  const { file, before, settings, toConfirm, result, ...read } = await readPlan(
    tx,
    request,
    registries,
  )
  if (request.dryRun) return result
  if (!request.accept) assertNoProblems(result, fileName)
  if (!result.stored && !request.mapping && !request.answers) return result
  const { key, title = key, zone } = request.programme
  const programmeId =
    read.programmeId ?? (await createProgramme(tx, { key, title, zone, settings }, now)).id
  await saveMapping(tx, programmeId, request, { file, result }, now)
  if (!result.stored) return result
  const importId = await saveImport(tx, programmeId, request, result, now)
  const byId = request.byId ?? null
  const { newRows = [] } = request
  const to = { tx, programmeId, importId, asOf, fileName, now, byId, toConfirm, newRows }
  await applyDiff(to, file, before, read.ofPlan)
  await applyRegister(to, read.ofRegister, schemeOf(settings))
  const { fingerprints } = read.childWords
  const accepted = { programmeId, fingerprints, fileName }
  await saveAcceptedWords(tx, accepted, { ...importProvenance(to), byId })
  return { ...result, importId }
}

async function saveImport(
  tx: Tx,
  programmeId: string,
  { bytes, fileName, asOf, byId }: ImportRequest,
  result: ImportResult,
  at: Date,
): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const record = { programmeId, fileName, asOf, at, byId: byId ?? null, sha256 }
  return recordImport(tx, { ...record, result: JSON.parse(JSON.stringify(result)) })
}

function headingOptions({ shape, mapping }: ImportRequest, stored: unknown): HeadingOptions {
  return { shape, mapping, savedMapping: mappingSetting.of(parseSettings(stored)) }
}

/** How the programme works. @throws Refusal where another scheme or calendar is requested than it has */
function settingsFor(
  { programme }: ImportRequest,
  sheet: Sheet,
  headings: Headings,
  stored: unknown,
): ProgrammeSettings {
  if (stored === undefined) {
    const scheme = programme.scheme ?? schemeNamed(sheet, headings) ?? 'rag'
    return nationSetting.with(schemeSetting.with(noSettings, scheme), programme.calendar)
  }
  const settings = parseSettings(stored)
  const scheme = schemeSetting.of(settings)
  const nation = nationSetting.of(settings)
  if (programme.scheme && programme.scheme !== scheme) {
    throw new Refusal(
      `${programme.key} uses the scheme ${scheme}. It is changed in chat, with “admin scheme ${programme.scheme}”. Nothing was imported.`,
    )
  }
  if (programme.calendar && programme.calendar !== nation) {
    throw new Refusal(
      `${programme.key} has the calendar ${nation}. It is changed in chat, with “admin calendar ${programme.calendar}”. Nothing was imported.`,
    )
  }
  return settings
}

const uncapitalised = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

/** How many lines of problems a refusal has. */
const maxListedProblems = 20

function assertNoProblems({ problems }: Pick<ParsedPlan, 'problems'>, fileName: string): void {
  if (problems.length === 0) return
  const kinds = groupQuestions(problems)
  const lines = kinds
    .slice(0, maxListedProblems)
    .map((group) => `  ${uncapitalised(formatGroup(group))}`)
  const more = kinds.length - lines.length
  if (more > 0) lines.push(`  and ${more} more; --dry-run --format json lists them all`)
  throw new Refusal(
    `${fileName} has ${plural(problems.length, 'problem')}. Nothing was imported.\n${lines.join('\n')}\n` +
      'Put them right and try again, or import the rest with --accept.',
  )
}

/** Remembers what headings mean, and what was answered, for the next sheet; what a person stated wins. */
async function saveMapping(
  tx: Tx,
  programmeId: string,
  { mapping = {}, answers, asOf }: ImportRequest,
  { file: { headings }, result }: Pick<PlanReading, 'file' | 'result'>,
  now: Date,
): Promise<void> {
  const { sheetFormat, columnMappings } = headings
  // A heading whose meaning depends on its neighbours, or that occurs twice, means nothing by itself.
  const once = [...Map.groupBy(columnMappings, ({ heading }) => fold(heading)).values()].flatMap(
    ([first, second]) =>
      first && !second && !sheetFormat.isOwnExport && !sheetFormat.mapColumns ? [first] : [],
  )
  const read = once.flatMap(({ heading, meaning }): [string, string][] =>
    meaning && !sheetFormat.columns[meaning]?.isRepeatable ? [[heading, meaning]] : [],
  )
  const said = { ...Object.fromEntries(read), ...mapping }
  if (Object.keys(said).length === 0 && !answers) return
  const change = (settings: ProgrammeSettings) => {
    const mapped = mappingSetting.with(settings, { ...mappingSetting.of(settings), ...said })
    return answers
      ? sheetAnswersSetting.with(mapped, answersToKeep(answers, settings, result))
      : mapped
  }
  await reviseSettings(tx, programmeId, change, importProvenance({ asOf, now }))
}
