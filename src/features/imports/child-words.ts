import type { CivilDate } from '../../base/dates.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import { listOf, quoted } from '../../base/text.ts'
import type { CheckAnswer } from '../../domain/checks/check.ts'
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
import type { PlanChange, PlanDiff } from './diff-types.ts'
import type { ParsedPlan, ProjectRow } from './parsed-plan.ts'
import type { RegisterDiff } from './registers/diff-register.ts'

/** What a row of a sheet would write that Milepost does not have yet. */
export interface RowTexts {
  readonly row: number
  readonly texts: CheckedTexts
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
): Promise<SheetNote[]> {
  const rows = [...planTexts(file, changes.ofPlan), ...registerTexts(changes.ofRegister)]
  const suspect = rows.filter(({ texts }) => mayTellOfChild(texts))
  // Most sheets need no question to the database.
  if (suspect.length === 0) return []
  const known = programmeId ? await loadNameAllowlist(tx, programmeId) : []
  const answers = programmeId ? await loadCheckAnswers(tx, programmeId, asOf) : []
  return childWordNotes(suspect, { answers, names: new Set([...known, ...ownersOf(file)]) })
}

/** One problem for each row whose words look as if they told of a child, unless somebody has answered for them. */
export function childWordNotes(rows: readonly RowTexts[], settled: Settled): SheetNote[] {
  const byRow = Map.groupBy(rows, ({ row }) => row)
  return [...byRow].flatMap(([row, same]): SheetNote[] => {
    const phrases = same
      .flatMap(({ texts }) => texts.flatMap((text) => text || []))
      .filter((text) => isWithheld(text, settled))
      .flatMap((text) => detectPersonalData(text, settled.names))
      .map(({ phrase }) => quoted(phrase))
    if (phrases.length === 0) return []
    const message = `This looks as if it told of one child or case: ${listOf([...new Set(phrases)].slice(0, 3))}. Change the words in the sheet, or accept that they are fine.`
    return [{ row, message }]
  })
}

/** The words of a register that are new or change. */
export function registerTexts({ added, words }: Pick<RegisterDiff, 'added' | 'words'>): RowTexts[] {
  return [
    ...added.map(({ row, text, mitigation, proximity, askedOf, dependsOn, outcome }) => ({
      row,
      texts: [text, mitigation, proximity, askedOf, dependsOn, outcome],
    })),
    ...words.map(({ row, fields, closing }) => ({
      row: row.row,
      texts: [fields.mitigation, fields.proximity, closing?.outcome],
    })),
  ]
}

/** The words of a plan that are new or change. */
export function planTexts(
  { projects }: Pick<ParsedPlan, 'projects'>,
  { added, changed }: Pick<PlanDiff, 'added' | 'changed'>,
): RowTexts[] {
  const byRef = new Map(projects.map((project) => [project.ref, project]))
  return [
    ...added.flatMap((one): RowTexts[] => {
      if (one.what === 'milestone') return [{ row: one.milestone.row, texts: [one.title] }]
      const project = one.what === 'project' && byRef.get(one.ref)
      return project ? [{ row: project.row, texts: projectTexts(project) }] : []
    }),
    ...changed.flatMap((change): RowTexts[] => {
      if (change.what === 'milestone' && change.reason) {
        return [{ row: change.milestone.row, texts: [change.reason] }]
      }
      const row = rowOf(change, byRef)
      return row === undefined ? [] : [{ row, texts: [change.to] }]
    }),
  ]
}

const projectTexts = ({ title, commentary, attributes = {}, milestones }: ProjectRow) => [
  ...[title, commentary, ...Object.values(attributes)],
  ...milestones.map(({ raw }) => raw),
]

/** Fields that hold people or lists of the plan's own words, and no free text. */
const fieldsOfNames: ReadonlySet<string> = new Set(['sponsors', 'leads', 'outcomes', 'state'])

function rowOf(change: PlanChange, byRef: ReadonlyMap<string, ProjectRow>): number | undefined {
  if (change.what === 'milestone')
    return change.field === 'about' ? change.milestone.row : undefined
  if (change.what !== 'project' || fieldsOfNames.has(change.field)) return undefined
  return byRef.get(change.ref)?.row
}

/** Who is named as an owner in the sheet is an adult of the programme. */
function ownersOf({ workstreams, projects, entries = [] }: ParsedPlan): NameAllowlist {
  return buildNameAllowlist([
    ...workstreams.flatMap(({ leads, sponsors }) => [...leads, ...sponsors]),
    ...projects.flatMap(({ leads }) => leads),
    ...entries.flatMap(({ owner }) => owner ?? []),
  ])
}
