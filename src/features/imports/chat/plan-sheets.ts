import { fullDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import type { SheetNote } from '../../../base/sheets/read-sheet.ts'
import { capitalised, plural, quoted, shorten } from '../../../base/text.ts'
import type { CommandContext } from '../../../chat/commands.ts'
import { undoButton } from '../../../chat/notice.ts'
import { requirePersonId } from '../../../domain/plan/lookup.ts'
import { schemeOf } from '../../../domain/scheme/schemes.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { isOfRegister, type PlanAddition } from '../diff-types.ts'
import type { ImportDraft } from '../drafts/draft.ts'
import { newlyKept } from '../earlier-answers.ts'
import { countEntries } from '../format.ts'
import { withoutMapHints } from '../heading-problems.ts'
import { importPlan, type PlanReading, readPlan } from '../import-plan.ts'
import { type ColumnView, columnViews } from '../preview/column-views.ts'
import { countByKind, effectLines } from '../preview/effect-lines.ts'
import {
  formatGroup,
  groupNotes,
  groupQuestions,
  type NoteGroup,
} from '../preview/grouped-notes.ts'
import { formatPeople, loadMembersByName, peopleInSheet } from '../preview/people-in-sheet.ts'
import {
  type FullSection,
  fitSections,
  plainLine,
  type SheetPreview,
} from '../preview/sheet-preview.ts'
import type { ImportRequest } from '../result.ts'
import { applyFates, fateLines } from './absent-projects.ts'
import { absentButton, headingsButton, matchButton } from './buttons.ts'
import type { ImportPart, PlacedDraft, SavedSheet, SheetKind } from './sheet-kind.ts'

/** A plan that was sent in chat. */
export const planSheets: SheetKind = {
  key: 'plan',
  subject: 'The plan',
  // Whatever is no people file: what it lacks as a plan, its preview says.
  recognises: () => true,
  preview: async ({ tx }, draft) => {
    const reading = await tryToRead(tx, draft)
    if (reading instanceof Refusal) return unreadablePreview(draft, reading)
    const members = await loadMembersByName(tx, draft.programme.id)
    const people = formatPeople(peopleInSheet(reading.file, members))
    return planPreview(draft, reading, people)
  },
  save: savePlan,
}

async function tryToRead(tx: ReadTx, draft: PlacedDraft): Promise<PlanReading | Refusal> {
  try {
    return await readPlan(tx, requestOf(draft))
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function requestOf({ bytes, fileName, asOf, choices, programme }: PlacedDraft): ImportRequest {
  const { shape, mapping, sheet, answers, newRows } = choices
  return {
    ...{ bytes, fileName, asOf, shape, sheet, answers, newRows, dryRun: true },
    programme: { key: programme.key },
    ...(Object.keys(mapping).length > 0 ? { mapping } : {}),
  }
}

/** The reading of a draft, for the forms that correct it. @throws Refusal */
export const readDraft = (tx: ReadTx, draft: PlacedDraft): Promise<PlanReading> =>
  readPlan(tx, requestOf(draft))

/** As a whole it is no plan for this programme; what its headings mean can still be said. */
function unreadablePreview(draft: ImportDraft, refusal: Refusal): SheetPreview {
  return {
    intro: [withoutMapHints(refusal.message)],
    sections: [],
    effects: [],
    obstacle: refusal.message,
    problemRows: [],
    corrections: [headingsButton(draft)],
  }
}

/** Pure, of what was read. `people`: lines about whom the sheet names. */
export function planPreview(
  draft: PlacedDraft,
  { sheet, file, settings, result }: PlanReading,
  people: readonly string[],
): SheetPreview {
  const scheme = schemeOf(settings)
  const { difference, problems, attention, changed, lost, understood } = result
  const lines = effectLines(difference, scheme)
  const fates = fateLines(difference, draft.choices)
  // An answer that changes nothing of the plan is worth an import all the same: the next sheet is read by it.
  const kept = newlyKept(
    draft.choices.answers,
    settings,
    result.blankRatings.map(({ item }) => item),
  ).map((item) => `Remembered: ${item} stays as it is while its cell is empty`)
  const columns = columnViews(sheet, file, { asOf: draft.asOf, scheme })
  const absentProjects = difference.missing.filter(({ what }) => what === 'project')
  const sections: FullSection[] = [
    section(
      'Problems: put them right in the sheet, leave these rows out, or accept them',
      groupQuestions(problems).map(formatProblemWith(sheet.rows)),
      10,
    ),
    section('Changes', [...lines.changed, ...fates, ...kept], 12),
    section('New in the plan', lines.addedToPlan, 8),
    section('New in the register', lines.addedToRegister, 8),
    section('In the plan, but not in the sheet: kept unless you choose otherwise', lines.absent, 8),
    section('Needs an eye', noteLines([...attention, ...lost]), 8),
    section('Read for certain, though written otherwise', noteLines(changed), 4),
    section('People', people, 3),
    { heading: 'How each heading was read', lines: columns.map(columnLine), most: 16 },
  ]
  const isRegister = file.headings.sheetFormat.isRegister ?? false
  const ofPlan = [
    plural(understood.workstreams, 'workstream'),
    plural(understood.projects, 'project'),
    plural(understood.milestones, 'milestone'),
  ]
  const counts = [
    ...(isRegister ? [] : ofPlan),
    ...countEntries(understood),
    ...(understood.measures > 0 ? [plural(understood.measures, 'measure')] : []),
  ]
  const isOfPlan = (one: PlanAddition) => !isOfRegister(one)
  return {
    intro: [
      `${capitalised(result.what)} as at ${fullDate(draft.asOf)}: ${counts.join(', ')}.`,
      ...newsLine('plan', difference.added.filter(isOfPlan)),
      ...newsLine('register', difference.added.filter(isOfRegister)),
      ...(asksByMenu(file, result) ? [menusText] : []),
    ],
    sections: fitSections(sections),
    effects: [...lines.changed, ...fates, ...kept, ...lines.addedToPlan, ...lines.addedToRegister],
    obstacle: '',
    problemRows: [
      ...problemRowsOf(problems, file.headings.row),
      ...Object.values(problemsOfSheets(problems, file)).flat(),
    ],
    asksAcceptance: problems.length > 0,
    corrections: [
      headingsButton(draft),
      ...(absentProjects.length > 0 ? [absentButton(draft, absentProjects.length)] : []),
    ],
  }
}

const section = (heading: string, lines: readonly string[], most: number): FullSection => ({
  heading: `${heading} (${lines.length.toLocaleString('en-GB')})`,
  lines: lines.map(plainLine),
  most,
})

/** Of the rows below the headings: a problem of the headings themselves leaves no row out. */
const problemRowsOf = (problems: PlanReading['file']['problems'], headingRow: number): number[] => [
  ...new Set(
    problems.flatMap(({ row, sheet }) => (sheet === undefined && row > headingRow ? row : [])),
  ),
]

/** The same of registers beside the plan, by the names of their sheets. */
function problemsOfSheets(
  problems: PlanReading['file']['problems'],
  { entries = [] }: Pick<PlanReading['file'], 'entries'>,
): Record<string, number[]> {
  const rows = new Set(problems.map(({ sheet, row }) => `${sheet} ${row}`))
  const found = entries.flatMap(({ sheet, row }) =>
    sheet !== undefined && rows.has(`${sheet} ${row}`) ? [{ sheet, row }] : [],
  )
  const bySheet = [...Map.groupBy(found, ({ sheet }) => sheet)]
  return Object.fromEntries(bySheet.map(([sheet, same]) => [sheet, same.map(({ row }) => row)]))
}

const menusText = 'What is asked below is answered by menus: Correct the headings.'

/** Whether a question of the sheet has a menu. */
const asksByMenu = (
  { open }: PlanReading['file'],
  { blankRatings }: PlanReading['result'],
): boolean => open.isDateOrderOpen || open.states.length + blankRatings.length > 0

const newsLine = (where: string, added: readonly PlanAddition[]): string[] =>
  added.length > 0 ? [`New in the ${where}: ${countByKind(added)}.`] : []

const noteLines = (notes: readonly SheetNote[]): string[] =>
  groupNotes(notes).map((group) => formatGroup(group))

/** "Row 7, RAG (1.4 | Pay review | Purple): …": where it stands, and what would mend it. */
function formatProblemWith(rows: PlanReading['sheet']['rows']) {
  const cells = new Map(rows.map((row) => [row.number, row.cells]))
  const textOf = (row: number) =>
    shorten((cells.get(row) ?? []).filter((cell) => cell.trim() !== '').join(' | '), 60)
  return ({ message, ...group }: NoteGroup): string =>
    `⚠ ${formatGroup({ ...group, message: withoutMapHints(message) }, textOf)}`
}

function columnLine({ column, heading, over, title, examples }: ColumnView) {
  const shown = examples.map(({ raw, read }) => {
    const text = `“${shorten(raw, 40)}”`
    return read === null ? text : `${text} → ${shorten(read, 40)}`
  })
  return {
    title: `${column} “${shorten(over ? `${over} / ${heading}` : heading, 40)}”: `,
    text: `${title ?? 'not read'}${shown.length > 0 ? `. ${shown.join('; ')}` : ''}`,
  }
}

async function savePlan(
  context: CommandContext,
  draft: PlacedDraft,
  part: ImportPart,
): Promise<SavedSheet> {
  const { tx, now, actor } = context
  const byId = requirePersonId(actor)
  const request = { ...requestOf(draft), dryRun: false, accept: true, byId }
  const { file, result } = await readPlan(tx, request)
  const isRest = part === 'rest'
  const leftOutRows = isRest ? problemRowsOf(result.problems, file.headings.row) : []
  const leftOutOfSheets = isRest ? problemsOfSheets(result.problems, file) : {}
  const saved = await importPlan(tx, { ...request, leftOutRows, leftOutOfSheets }, now)
  const { importId } = saved
  const fates = await applyFates(context, draft, result.difference, importId)
  const { added, changed } = saved.difference
  const [news, changes] = [countByKind(added), plural(changed.length, 'change')]
  const what = [...(news ? [`new: ${news}`] : []), ...(changed.length > 0 ? [changes] : [])]
  const lines = [
    `${draft.fileName} is in the ${file.headings.sheetFormat.isRegister ? 'register' : 'plan'} of ${draft.programme.title}${what.length > 0 ? `: ${what.join('; ')}` : ''}.`,
    ...leftOutLines(leftOutRows, leftOutOfSheets),
    ...fates,
  ]
  const members = await loadMembersByName(tx, draft.programme.id)
  const { withoutAccount } = peopleInSheet(file, members)
  const undo = importId ? [undoButton({ import: importId })] : []
  const match = withoutAccount.length > 0 ? [matchButton(draft.programme)] : []
  return { lines, buttons: [...undo, ...match] }
}

/** "Left out: row 4; of “Risks” rows 2, 3. Put them right in the sheet and send it again." */
function leftOutLines(
  ofPlan: readonly number[],
  ofSheets: Readonly<Record<string, readonly number[]>>,
): string[] {
  const rowsText = (rows: readonly number[]) =>
    `${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}`
  const parts = [
    ...(ofPlan.length > 0 ? [rowsText(ofPlan)] : []),
    ...Object.entries(ofSheets).map(([sheet, rows]) => `of ${quoted(sheet)} ${rowsText(rows)}`),
  ]
  if (parts.length === 0) return []
  return [`Left out: ${parts.join('; ')}. Put them right in the sheet and send it again.`]
}
