import type { CivilDate } from '../../base/dates.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import { listOf, quoted } from '../../base/text.ts'
import { loadAcceptedWords } from '../../domain/checks/accepted-words.ts'
import { type CheckAnswer, fingerprint } from '../../domain/checks/check.ts'
import {
  buildNameAllowlist,
  detectPersonalData,
  type NameAllowlist,
} from '../../domain/checks/personal-data-detector.ts'
import {
  type CheckedTexts,
  isWithheld,
  mayTellOfChild,
} from '../../domain/checks/safeguarding-check.ts'
import { loadCheckAnswers, loadNameAllowlist } from '../../domain/checks/store.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { PlanAddition, PlanChange, PlanDiff } from './diff-types.ts'
import type { MeasureRow, ParsedPlan, ProjectRow } from './parsed-plan.ts'
import type { RegisterDiff } from './registers/diff-register.ts'
import { entryNote } from './registers/entry-note.ts'

/** What a row of a sheet would write that Milepost does not have yet. */
export interface RowTexts {
  readonly row: number
  /** The name of a register's sheet beside the plan's. */
  readonly sheet?: string | undefined
  readonly texts: CheckedTexts
}

export interface ChildWords {
  /** The question of each row. */
  readonly notes: readonly SheetNote[]
  /** Of the sentences that are asked about. */
  readonly fingerprints: readonly string[]
}

/** What was answered of such words before, and who of the programme may be named. */
interface Settled {
  readonly answers: readonly CheckAnswer[]
  readonly names: NameAllowlist
}

/**
 * The question that typed words meet (domain/checks/safeguarding-guard.ts), for the words of a sheet: one problem a
 * row, so that a person leaves those rows out or accepts them all at once. What a sheet only repeats is not asked again.
 * `programmeId` undefined: there is no programme yet.
 */
export async function findChildWords(
  tx: ReadTx,
  programmeId: string | undefined,
  asOf: CivilDate,
  file: ParsedPlan,
  changes: { readonly ofPlan: PlanDiff; readonly ofRegister: RegisterDiff },
): Promise<ChildWords> {
  const rows = [...planTexts(file, changes.ofPlan), ...registerTexts(changes.ofRegister)]
  const suspect = rows.filter(({ texts }) => mayTellOfChild(texts))
  // Most sheets need no question to the database.
  if (suspect.length === 0) return { notes: [], fingerprints: [] }
  const known = programmeId ? await loadNameAllowlist(tx, programmeId) : []
  const answers = programmeId
    ? [
        ...(await loadCheckAnswers(tx, programmeId, asOf)),
        ...(await loadAcceptedWords(tx, programmeId, asOf)),
      ]
    : []
  return findInRows(suspect, { answers, names: new Set([...known, ...ownersOf(file)]) })
}

/** One problem for each row whose words look as if they told of a child, unless somebody has answered for them. */
export function findInRows(rows: readonly RowTexts[], settled: Settled): ChildWords {
  const byRow = Map.groupBy(rows, ({ row, sheet = '' }) => `${row} ${sheet}`)
  const found = [...byRow.values()].flatMap((same) => {
    const [first] = same
    const matches = same
      .flatMap(({ texts }) => texts.flatMap((text) => text || []))
      .filter((text) => isWithheld(text, settled))
      .flatMap((text) => detectPersonalData(text, settled.names))
    if (!first || matches.length === 0) return []
    const phrases = [...new Set(matches.map(({ phrase }) => quoted(phrase)))]
    const message = `This looks as if it told of one child or case: ${listOf(phrases.slice(0, 3))}. Change the words in the sheet, or accept that they are fine.`
    const fingerprints = matches.map(({ sentence }) => fingerprint(sentence))
    return [{ note: entryNote(first, message), fingerprints }]
  })
  return {
    notes: found.map(({ note }) => note),
    fingerprints: [...new Set(found.flatMap((one) => one.fingerprints))],
  }
}

/** The words of a register that are new or change. */
export function registerTexts({ added, words }: Pick<RegisterDiff, 'added' | 'words'>): RowTexts[] {
  return [
    ...added.map(({ row, sheet, text, mitigation, proximity, askedOf, dependsOn, outcome }) => ({
      ...{ row, sheet },
      texts: [text, mitigation, proximity, askedOf, dependsOn, outcome],
    })),
    ...words.map(({ row, fields, closing }) => ({
      ...{ row: row.row, sheet: row.sheet },
      texts: [fields.mitigation, fields.proximity, closing?.outcome],
    })),
  ]
}

type PlanWithTexts = Pick<ParsedPlan, 'workstreams' | 'projects' | 'measures'>

/** The words of a plan that are new or change. */
export function planTexts(
  file: PlanWithTexts,
  { added, changed }: Pick<PlanDiff, 'added' | 'changed'>,
): RowTexts[] {
  const rows = rowsOf(file)
  return [
    ...added.map((one) => ({ row: rows.of(one), texts: addedTexts(one, rows) })),
    ...changed.map((change) => ({ row: rows.of(change), texts: changedTexts(change) })),
  ]
}

function addedTexts(one: PlanAddition, { projects, measures }: FileRows): CheckedTexts {
  switch (one.what) {
    case 'project': {
      const project = projects.get(one.ref)
      return project ? projectTexts(project) : [one.title]
    }
    case 'measure': {
      const measure = measures.get(one.title)
      return measure ? [one.title, ...measureFields.map((field) => measure[field])] : [one.title]
    }
    case 'reading':
      return [one.reading.raw, one.reading.direction]
    default:
      return [one.title]
  }
}

const projectTexts = ({ title, commentary, attributes = {}, milestones }: ProjectRow) => [
  ...[title, commentary, ...Object.values(attributes)],
  ...milestones.map(({ raw }) => raw),
]

/** Fields of a measure that are free text. */
const measureFields = ['baseline', 'target', 'frequency', 'method'] as const

/** Fields that hold people or lists of the plan's own words, and no free text. */
const fieldsOfNames: ReadonlySet<string> = new Set(['sponsors', 'leads', 'outcomes', 'state'])

function changedTexts(change: PlanChange): CheckedTexts {
  switch (change.what) {
    case 'workstream':
    case 'project':
      return fieldsOfNames.has(change.field) ? [] : [change.to]
    case 'milestone':
      return [change.reason, change.field === 'about' ? change.to : null]
    case 'measure':
      return measureFields.some((field) => field === change.field) ? [change.to] : []
    default:
      return []
  }
}

interface FileRows {
  readonly projects: ReadonlyMap<string, ProjectRow>
  /** By title. */
  readonly measures: ReadonlyMap<string, MeasureRow>
  /** In which row something stands; 0: the file. */
  of(item: PlanAddition | PlanChange): number
}

function rowsOf({ workstreams, projects, measures }: PlanWithTexts): FileRows {
  const byRef = new Map(projects.map((project) => [project.ref, project]))
  const byTitle = new Map(measures.map((measure) => [measure.title, measure]))
  const workstreamRows = new Map(workstreams.map(({ ref, row }) => [ref, row]))
  const outcomeRow = (text: string) =>
    [...projects, ...measures].find(({ outcomes }) => outcomes.includes(text))?.row
  const rowOf = (item: PlanAddition | PlanChange): number | undefined => {
    switch (item.what) {
      case 'milestone':
        return item.milestone.row
      case 'project':
        return byRef.get(item.ref)?.row
      case 'workstream':
        return workstreamRows.get(item.ref)
      case 'reading':
        return item.reading.row
      case 'measure':
        return byTitle.get(item.title)?.row
      case 'outcome':
        return outcomeRow(item.title)
      case 'recommendation':
        return projects.find(({ recommendations }) => recommendations.includes(item.ref))?.row
      default:
        return undefined
    }
  }
  return { projects: byRef, measures: byTitle, of: (item) => rowOf(item) ?? 0 }
}

/** Who is named as an owner in the sheet is an adult of the programme. */
function ownersOf({ workstreams, projects, entries = [] }: ParsedPlan): NameAllowlist {
  return buildNameAllowlist([
    ...workstreams.flatMap(({ leads, sponsors }) => [...leads, ...sponsors]),
    ...projects.flatMap(({ leads }) => leads),
    ...entries.flatMap(({ owner }) => owner ?? []),
  ])
}
