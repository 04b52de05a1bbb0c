import { type CivilDate, fullDate } from '../../../base/dates.ts'
import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace, fold, quoted } from '../../../base/text.ts'
import type { RiskScore } from '../../../domain/register/entry.ts'
import { parseScore, stateOfProduct } from '../../../domain/register/risk-score.ts'
import { isOnScale } from '../../../domain/scheme/schemes.ts'
import { parseDay, parseState } from '../cell-parsers.ts'
import { parseRating } from '../rating-parser.ts'
import type { RegisterColumn } from './register-columns.ts'
import { cellOf, type Draft, headingOf, type ParseContext, type Table } from './sheet-format.ts'
import { hasContent, splitOwners, stripHtml } from './split-cells.ts'

/** The cells of one row of a register. Each reader notes what it could not read. */

export interface RegisterRow {
  readonly row: SheetRow
  readonly table: Table
  readonly frame: ParseContext
  readonly draft: Draft
}

/** Its text; null where there is none. */
export function textIn({ row, table }: RegisterRow, column: RegisterColumn): string | null {
  const text = collapseWhitespace(stripHtml(cellOf(row, table.columns, column)))
  return hasContent(text) ? text : null
}

/** The texts of all columns that describe it, each once: "Supplier fails: no bids came". */
export function describedIn({ row, table }: RegisterRow): string {
  const texts = (table.columns.get('text') ?? []).map(({ index }) =>
    collapseWhitespace(stripHtml(row.cells[index] ?? '')),
  )
  const filled = [...texts, ...proseOfImpact(row, table)].filter(hasContent)
  const each = filled.filter(
    (text, at) => !filled.some((one, other) => isPart(text, one, at, other)),
  )
  return each
    .map((text, at) => (at < each.length - 1 ? text.replace(/[.:;]$/, '') : text))
    .join(': ')
}

/** "Impact" may be a level, or say in words what would happen. */
function proseOfImpact(row: SheetRow, { columns }: Table): string[] {
  const text = collapseWhitespace(stripHtml(cellOf(row, columns, 'impact')))
  return text.split(' ').length > 3 ? [text] : []
}

const isPart = (text: string, of: string, at: number, other: number) =>
  at !== other && of.includes(text) && (of.length > text.length || other < at)

/** The first person or post of the cell: an entry is one person's. */
export function ownerIn(cells: RegisterRow, column: RegisterColumn = 'owner'): string | null {
  const text = textIn(cells, column)
  const [first, ...others] = text === null ? [] : splitOwners(text)
  if (first === undefined || /^(?:tbc|tba|tbd|unassigned|unknown|all)$/.test(fold(first)))
    return null
  if (others.length > 0) {
    note(cells, column, `${quoted(text ?? '')} names several. ${quoted(first)} is asked about it.`)
  }
  return first
}

export function dayIn({ row, table, frame, draft }: RegisterRow, column: RegisterColumn) {
  const text = cellOf(row, table.columns, column)
  if (
    !hasContent(text) ||
    /^(?:ongoing|on-going|monthly|weekly|quarterly|asap|tbc)$/.test(fold(text))
  )
    return null
  const isDue = column === 'review' || column === 'neededBy'
  return parseDay(row, table, column, frame, draft, isDue ? 'last' : 'first') ?? null
}

/** The day of its review; where a register has none, the day by which something is to happen is the day to look again. */
export function reviewIn(cells: RegisterRow): CivilDate | null {
  const review = dayIn(cells, 'review')
  if (review !== null) return review
  const due = dayIn(cells, 'neededBy')
  if (due !== null)
    correction(cells, 'neededBy', `${fullDate(due)} was read as the day to look at it again.`)
  return due
}

/** 1 to 5, as a number or in the words of the 5 × 5 matrix that public bodies use. */
const likelihoodWords = ['rare', 'unlikely', 'possible', 'likely', 'almost certain']
const impactWords = ['insignificant', 'minor', 'moderate', 'major', 'catastrophic']
const sameWords: Readonly<Record<string, string>> = {
  ...{
    remote: 'rare',
    'very unlikely': 'rare',
    probable: 'likely',
    'very likely': 'almost certain',
  },
  ...{ certain: 'almost certain', negligible: 'insignificant', severe: 'catastrophic' },
  ...{ critical: 'catastrophic', extreme: 'catastrophic', significant: 'major' },
}

/** "4", "4 - Likely", "Likely"; undefined for any other text: "High" is another number in each office. */
function levelOf(text: string, words: readonly string[]): number | undefined {
  const folded = fold(text)
  const [, digit] =
    /^([1-5])(?:\.0+)?$/.exec(folded) ?? /(?:^|\()([1-5])(?: ?[-–:.()]|$)/.exec(folded) ?? []
  if (digit) return Number(digit)
  const at = words.indexOf(sameWords[folded] ?? folded)
  return at === -1 ? undefined : at + 1
}

/** Likelihood × impact; null where one of them is missing or is no number from 1 to 5. */
export function scoreIn(cells: RegisterRow): RiskScore | null {
  const said = textIn(cells, 'score')
  const typed = said === null ? undefined : parseScore(said)
  if (typed) return typed
  const [likely, hard] = [textIn(cells, 'likelihood'), textIn(cells, 'impact')]
  if (hard !== null && hard.split(' ').length > 3 && levelOf(hard, impactWords) === undefined)
    return null
  if (likely === null || hard === null) return null
  const likelihood = levelOf(likely, likelihoodWords)
  const impact = levelOf(hard, impactWords)
  if (likelihood === undefined || impact === undefined) {
    const column = likelihood === undefined ? 'likelihood' : 'impact'
    const text = likelihood === undefined ? likely : hard
    problem(
      cells,
      column,
      `${quoted(text)} is no number from 1 to 5. Write likelihood and impact as 1 to 5, or accept that the risk is rated without them.`,
    )
    return null
  }
  const product = Number(said)
  if (said !== null && Number.isFinite(product) && product !== likelihood * impact) {
    const sum = `${likelihood} × ${impact} is ${likelihood * impact}`
    problem(cells, 'score', `The score is ${said}, but ${sum}. Put it right, or accept ${sum}.`)
  }
  return { likelihood, impact }
}

interface EntryState {
  readonly state: string | null
  readonly rawState: string
}

/** By its rating; without one by its severity; a score of 1 to 25 alone comes to a state too. */
export function stateIn(cells: RegisterRow): EntryState {
  const { row, table, frame, draft } = cells
  const column = ['state', 'severity'].find((one) => hasContent(cellOf(row, table.columns, one)))
  // "Rating 12" beside likelihood 3 and impact 4 is their product.
  if (column === 'state' && isProductOf(cells)) return noState
  if (column) {
    const rawState = cellOf(row, table.columns, column)
    const { state } = parseState(row, table, column, frame, draft)
    return { state: isOnScale(state) ? state.key : null, rawState }
  }
  const said = textIn(cells, 'score')
  const product = Number(said)
  if (said === null || parseScore(said) || !Number.isInteger(product)) return noState
  if (textIn(cells, 'likelihood') !== null) return noState
  if (product < 1 || product > 25) {
    problem(
      cells,
      'score',
      `${said} is no score from 1 to 25. Add a column RAG, or accept that the risk is not rated.`,
    )
    return { state: null, rawState: said }
  }
  const state = stateOfProduct(product, frame.scheme)
  correction(
    cells,
    'score',
    `A score of ${said} was read as ${state.label}: 15 and more is the worst, 4 and less the best.`,
  )
  return { state: state.key, rawState: said }
}

function isProductOf(cells: RegisterRow): boolean {
  const [likelihood, impact, rating] = [
    levelOf(textIn(cells, 'likelihood') ?? '', likelihoodWords),
    levelOf(textIn(cells, 'impact') ?? '', impactWords),
    Number(textIn(cells, 'state') ?? Number.NaN),
  ]
  return likelihood !== undefined && impact !== undefined && likelihood * impact === rating
}

const noState: EntryState = { state: null, rawState: '' }

const openWords =
  /^(?:open|new|live|active|in progress|in-progress|ongoing|on-going|not started|pending|monitor(?:ed|ing)?|on hold|overdue|escalated|under review|in review|raised|identified|mitigating|treat(?:ing|ed)?|tolerate[d]?|transfer(?:red)?|accepted|outstanding|to do|awaiting decision|required|proposed|draft|started|on track|delayed|assigned)$/
const closedWords =
  /^(?:resolved|decided|agreed|approved|rejected|declined|withdrawn|cancelled|canceled|expired|retired|superseded|realised|realized|materialised|occurred|no longer (?:a risk|relevant|needed)|made|closed\b.*|archived|dropped|merged)$/

/** Whether it is over; null where nothing says so. A colour in this column is a rating. */
export function isClosedIn(cells: RegisterRow): { isClosed: boolean | null } & Partial<EntryState> {
  const { row, table, frame, draft } = cells
  const raw = cellOf(row, table.columns, 'status')
  if (!hasContent(raw)) return { isClosed: null }
  const said = frame.stateWords[fold(raw)]
  if (said === 'done' || said === 'not rated') return { isClosed: said === 'done' }
  const text = fold(raw)
  if (openWords.test(text)) return { isClosed: false }
  if (closedWords.test(text)) return { isClosed: true }
  const rating = parseRating(raw, frame.scheme, frame.stateWords)
  if (rating.isDone) return { isClosed: true }
  if (rating.certainty !== 'unknown') {
    return {
      isClosed: false,
      state: isOnScale(rating.state) ? rating.state.key : null,
      rawState: raw,
    }
  }
  const column = headingOf(table.columns, 'status')
  draft.unknownStates.push({ row: row.number, column, raw })
  return { isClosed: null }
}

/** A day that has not come yet cannot be the day on which something was raised or ended. */
export function pastDayIn(cells: RegisterRow, column: RegisterColumn): CivilDate | null {
  const day = dayIn(cells, column)
  if (day === null || day <= cells.frame.asOf) return day
  const text = quoted(textIn(cells, column) ?? '')
  problem(
    cells,
    column,
    `${text} is still to come. Put the day right, or accept that it is left out.`,
  )
  return null
}

function place({ row, table }: RegisterRow, column: RegisterColumn) {
  return { row: row.number, column: headingOf(table.columns, column) }
}

function note(cells: RegisterRow, column: RegisterColumn, message: string): void {
  cells.draft.warnings.push({ ...place(cells, column), message })
}

function correction(cells: RegisterRow, column: RegisterColumn, message: string): void {
  cells.draft.corrections.push({ ...place(cells, column), message })
}

function problem(cells: RegisterRow, column: RegisterColumn, message: string): void {
  cells.draft.problems.push({ ...place(cells, column), message })
}
