import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { fold, quoted, shorten } from '../../../base/text.ts'
import { kindNouns } from '../../../domain/register/format.ts'
import { noteUnreadRow } from '../cell-parsers.ts'
import type { EntryRow, SheetEntryKind } from '../parsed-plan.ts'
import {
  dayIn,
  describedIn,
  isClosedIn,
  ownerIn,
  pastDayIn,
  type RegisterRow,
  reviewIn,
  scoreIn,
  stateIn,
  textIn,
} from './register-cells.ts'
import { mapRegisterColumns, type RegisterColumn, registerColumns } from './register-columns.ts'
import { type KindWord, kindOfWord, kindsNamed } from './register-kinds.ts'
import {
  headingOf,
  mapColumnsByName,
  type ParseContext,
  type SheetFormat,
  type Table,
  textOf,
} from './sheet-format.ts'
import { saysTotal } from './split-cells.ts'

/** A register: a row for each risk, issue, action, decision or dependency, of one kind or with a column that says which. */
export const register: SheetFormat = {
  key: 'register',
  description: 'a register of risks, issues, actions, decisions or dependencies',
  columns: registerColumns,
  mapColumns: (cells, asOf) =>
    mapRegisterColumns(cells, (some) => mapColumnsByName(registerColumns, some, asOf)),
  hasNoProjects: true,
  isRegister: true,
  isExportable: true,
  parse(tables, frame, draft) {
    for (const table of tables) {
      const ofSheet = kindOfSheet(table, frame)
      for (const row of table.rows) {
        const cells: RegisterRow = { row, table, frame, draft }
        const kind = kindOfRow(cells, ofSheet)
        if (kind !== undefined) draft.entries.push(...entryOf(cells, kind))
      }
    }
  },
}

/** The kind of the rows of a sheet without a column that says it: by its name, else by its headings. */
function kindOfSheet({ columns }: Table, { sheetName, fileName }: ParseContext) {
  const headings = [...columns.values()].flat().map(({ heading }) => heading)
  const bySigns: SheetEntryKind[] = columns.has('likelihood') ? ['risk'] : []
  const named = [
    kindsNamed(sheetName),
    kindsNamed(fileName),
    bySigns,
    kindsNamed(headings.join('; ')),
  ]
  return named.find((kinds) => kinds.length === 1)?.[0]
}

/** Undefined for a row that is left out, with what became of it noted. */
function kindOfRow(cells: RegisterRow, ofSheet: SheetEntryKind | undefined) {
  const { row, table, draft } = cells
  const said = textOf(row, table.columns, 'kind')
  const word: KindWord | undefined = kindOfWord(said)
  const place = { row: row.number, column: headingOf(table.columns, 'kind') }
  if (word === 'assumption') {
    draft.warnings.push({
      ...place,
      message: 'Not read: an assumption is no part of the register.',
    })
    return undefined
  }
  if (word === 'unclear' && ofSheet === undefined) {
    const message = `${quoted(said)} has two meanings in registers: Assumption or Action, Dependency or Decision. Write the word, or accept that the row is left out.`
    draft.problems.push({ ...place, message })
    return undefined
  }
  const kind = word === 'unclear' ? ofSheet : (word ?? ofSheet)
  if (kind === undefined && !isBlank(row)) {
    const message =
      'Nothing says whether this is a risk, an issue, an action, a decision or a dependency. Add a column Type that says it, or accept that the row is left out.'
    draft.problems.push({ ...place, message })
  }
  return kind
}

const isBlank = ({ cells }: SheetRow) => cells.filter((cell) => cell.trim() !== '').length < 2

function entryOf(cells: RegisterRow, kind: SheetEntryKind): EntryRow[] {
  const { row, table, draft } = cells
  const text = describedIn(cells)
  const dependsOn = kind === 'dependency' ? textIn(cells, 'dependsOn') : null
  if ((text === '' && dependsOn === null) || isBlank(row) || saysTotal(text)) {
    noteUnreadRow(row, `it names no ${kindNouns[kind][0]}`, draft)
    return []
  }
  const score = kind === 'risk' ? scoreIn(cells) : null
  const status = isClosedIn(cells)
  const isRated = kind === 'risk' || kind === 'issue'
  const ofCells = isRated ? stateIn(cells) : { state: null, rawState: '' }
  const { state = null, rawState = '' } = ofCells.rawState === '' ? status : ofCells
  const hasDecided = kind === 'decision' && table.columns.has('closed')
  const isDecided = kind === 'decision' && saysDecided(cells)
  const closedOn = pastDayIn(cells, 'closed')
  noteUnkept(cells, kind)
  return [
    {
      ...{ kind, text, score, row: row.number },
      ref: textOf(row, table.columns, 'entryRef').replace(/\.0+$/, ''),
      number: ownNumber(textOf(row, table.columns, 'milepostRef'), kind),
      about: textIn(cells, 'about'),
      state: isRated ? state : null,
      rawState: isRated ? rawState : '',
      mitigation: textIn(cells, 'mitigation'),
      proximity: textIn(cells, 'proximity'),
      owner: kind === 'decision' ? null : ownerIn(cells),
      reviewOn: isRated ? reviewIn(cells) : null,
      neededBy: isRated ? null : dayIn(cells, 'neededBy'),
      askedOf: kind === 'decision' ? (textIn(cells, 'askedOf') ?? ownerIn(cells)) : null,
      dependsOn,
      raisedOn: pastDayIn(cells, 'raised'),
      isClosed:
        status.isClosed ?? (closedOn !== null || isDecided ? true : hasDecided ? false : null),
      closedOn,
      outcome: textIn(cells, 'outcome'),
    },
  ]
}

/** "Made by" and "Decided by" with a name below say that a decision is made. */
function saysDecided(cells: RegisterRow): boolean {
  const heading = fold(headingOf(cells.table.columns, 'askedOf'))
  const isPast = /^(?:made|decided|agreed|approved|taken) by$/.test(heading)
  const isOpen = ['closed', 'neededBy'].some((one) => cells.table.columns.has(one))
  return isPast && !isOpen && textIn(cells, 'askedOf') !== null
}

/** What only some kinds have. */
const columnsOfKinds: readonly (readonly [RegisterColumn, readonly SheetEntryKind[]])[] = [
  ['likelihood', ['risk']],
  ['impact', ['risk', 'issue']],
  ['score', ['risk']],
  ['state', ['risk', 'issue']],
  ['severity', ['risk', 'issue']],
  ['mitigation', ['risk', 'issue']],
  ['proximity', ['risk']],
  ['review', ['risk', 'issue']],
  ['dependsOn', ['dependency']],
  ['askedOf', ['decision']],
]

function noteUnkept(cells: RegisterRow, kind: SheetEntryKind): void {
  for (const [column, kinds] of columnsOfKinds) {
    const text = kinds.includes(kind) ? null : textIn(cells, column)
    if (text === null) continue
    const message = `Not kept, since ${kindNouns[kind][1]} have none: ${shorten(text, 80)}`
    const heading = headingOf(cells.table.columns, column)
    cells.draft.warnings.push({ row: cells.row.number, column: heading, message })
  }
}

/** "Risk 3" of our own export; null in any other sheet. */
function ownNumber(text: string, kind: SheetEntryKind): number | null {
  const [, noun, digits] = /^(\w+) (\d{1,9})$/.exec(fold(text)) ?? []
  return noun === kind ? Number(digits) : null
}
