import type { CivilDate } from '../../../base/dates.ts'
import type { Sheet, SheetNote } from '../../../base/sheets/read-sheet.ts'
import { quoted } from '../../../base/text.ts'
import { namesOf } from '../../../domain/people/names.ts'
import { loadSheetEntries } from '../../../domain/register/imported-entries.ts'
import type { Scheme } from '../../../domain/scheme/schemes.ts'
import type { ReadTx } from '../../../infra/db.ts'
import type { StoredPlan } from '../diff.ts'
import { register } from '../formats/register.ts'
import { countsOf, type ParseOptions, type PlanParseResult, parsePlan } from '../parse-plan.ts'
import type { ParsedPlan } from '../parsed-plan.ts'
import { diffRegister, type RegisterDiff } from './diff-register.ts'
import { entryNote, placedIn } from './entry-note.ts'
import { projectNamed } from './fixed-fields.ts'

/** The plan with the entries of the registers beside it in the same workbook; remarks name the sheet they are about. */
export function withRegisters(
  plan: PlanParseResult,
  sheets: readonly Sheet[],
  asOf: CivilDate,
  scheme: Scheme,
  how: ParseOptions,
): PlanParseResult {
  if (sheets.length === 0) return plan
  const parsed = sheets.map((sheet) => {
    const { name } = sheet
    const { mapping: _, ...others } = how
    const read = parsePlan(sheet, asOf, scheme, { ...others, shape: register.key })
    const inSheet = (notes: readonly SheetNote[]) =>
      name === undefined ? notes : notes.map((note) => placedIn(name, note))
    const entries = (read.entries ?? []).map((entry) =>
      name === undefined ? entry : { ...entry, sheet: name },
    )
    return { ...read, entries, inSheet }
  })
  const entries = [...(plan.entries ?? []), ...parsed.flatMap((one) => one.entries)]
  const states = new Set([...plan.open.states, ...parsed.flatMap(({ open }) => open.states)])
  return {
    ...plan,
    entries,
    counts: countsOf({ ...plan, entries }, scheme),
    open: {
      states: [...states],
      isDateOrderOpen: [plan, ...parsed].some(({ open }) => open.isDateOrderOpen),
    },
    corrections: [...plan.corrections, ...parsed.flatMap((one) => one.inSheet(one.corrections))],
    warnings: [...plan.warnings, ...parsed.flatMap((one) => one.inSheet(one.warnings))],
    problems: [...plan.problems, ...parsed.flatMap((one) => one.inSheet(one.problems))],
    unreadCells: [...plan.unreadCells, ...parsed.flatMap((one) => one.inSheet(one.unreadCells))],
  }
}

interface Comparison {
  readonly asOf: CivilDate
  readonly scheme: Scheme
  readonly before: StoredPlan
}

/** What the entries of a file change of the register; `programmeId` undefined: there is no programme yet. */
export async function compareRegister(
  tx: ReadTx,
  programmeId: string | undefined,
  file: ParsedPlan,
  { asOf, scheme, before }: Comparison,
): Promise<RegisterDiff> {
  const rows = file.entries ?? []
  const stored =
    programmeId === undefined || rows.length === 0
      ? []
      : await loadSheetEntries(tx, programmeId, asOf)
  const owners = stored.flatMap(({ entry, history }) => [
    ...('ownerId' in entry ? [entry.ownerId] : []),
    ...history.map(({ ownerId }) => ownerId),
  ])
  const ids = [...new Set(owners.flatMap((id) => id ?? []))]
  const names = ids.length === 0 ? new Map<string, string>() : await namesOf(tx, ids)
  const projects = [...before.projects, ...file.projects]
  const posts = before.posts ?? new Map()
  const diff = diffRegister(rows, stored, { asOf, scheme, names, posts, projects })
  return { ...diff, notes: [...diff.notes, ...unknownProjects(diff, projects), ...unowned(diff)] }
}

/** An entry of a project that is not in the plan concerns the whole programme. */
function unknownProjects(
  { added }: RegisterDiff,
  projects: readonly { readonly ref: string; readonly title: string }[],
): SheetNote[] {
  return added.flatMap((row) => {
    const { about } = row
    if (about === null || projectNamed(about, projects)) return []
    const message = `There is no project ${quoted(about)} in the plan: this is read as one of the whole programme.`
    return [entryNote(row, message)]
  })
}

/** Nobody is ever asked about an action without an owner or a day. */
function unowned({ added }: RegisterDiff): SheetNote[] {
  return added.flatMap((row) => {
    const { kind, owner, neededBy, isClosed } = row
    if (kind !== 'action' || isClosed === true || (owner !== null && neededBy !== null)) return []
    const lacks = [...(owner === null ? ['owner'] : []), ...(neededBy === null ? ['day'] : [])]
    return [
      entryNote(row, `The action has no ${lacks.join(' and no ')}: nobody is reminded of it.`),
    ]
  })
}
