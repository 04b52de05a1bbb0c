import type { Sheet, SheetRow } from '../../base/sheets/read-sheet.ts'
import { fold } from '../../base/text.ts'
import { kindOfWord } from './formats/register-kinds.ts'
import { spaced } from './name-words.ts'
import { otherLog } from './other-logs.ts'

/** Registers of risks, issues, actions, decisions and dependencies: their rows are no projects. */

const chance =
  /^(?:(?:inherent |gross |current |residual |net |target )?(?:likelihood|probability))\b/
const remedy = /^(?:mitigat\w+(?: (?:actions?|measures?|plan))?|controls?|countermeasures?)\b/
const riskTitle =
  /^(?:risks?|risk (?:title|description|name|event|id|no|ref)|risk and (?:issue|impact).*)$/
const otherTitle =
  /^(?:issue|decision|dependency)(?: (?:title|description|name|no|ref|needed|required|made))?$/
/** Of a plan that has its risks beside each row. */
const planTitle = /^(?:milestones?|milestone name|tasks?|task name|deliverables?|activity)$/
/** What else stands in a log of issues, decisions or dependencies. */
const otherSign =
  /^(?:raised(?: by| on)?|date raised|date identified|severity|resolution|impact|decision maker|decided by|decision date|date of decision|date decided|needed from|rationale|depends on|dependent on|waits for|provider|giving project|date closed|milepost number)$/

/** How far down a sheet its headings are looked for. */
const rowsSearched = 30

export function isRegister(sheet: Sheet): boolean {
  const { rows, name = '', fileName, format } = sheet
  // A log of changes has a decision for each of them.
  if (otherLog(sheet) !== undefined) return false
  if (registerName.test(spaced(format === 'csv' ? fileName : name))) return true
  return rows
    .slice(0, rowsSearched)
    .some(
      (row, at) =>
        isTitle(row) || namesRisks(row) || namesOthers(row) || listsKinds(row, rows.slice(at + 1)),
    )
}

/** "Risk register", "issues_log.csv", "RAID". */
const registerName =
  /^(?:.* )?(?:raid|(?:risk|issue|decision|dependenc(?:y|ie)|action)s?(?: (?:and|&) (?:risk|issue|action|decision)s?)?) ?(?:log|register)s?\b|^(?:raid|risks|issues|decisions|dependencies|risks (?:and|&) issues)$/

/** Of a line above the headings. Logs of actions are not among them: boards keep their plans so. */
const registerTitle =
  /(?:^|[ :–-])(?:raid|(?:risk|issue|decision|dependenc(?:y|ie))s?(?: (?:and|&) (?:risk|issue)s?)?) (?:log|register)s?$/

function isTitle({ cells }: SheetRow): boolean {
  const [title, ...others] = cells.filter((cell) => cell.trim() !== '')
  return title !== undefined && others.length === 0 && registerTitle.test(fold(title))
}

function namesRisks({ cells }: SheetRow): boolean {
  const has = hasHeading(cells)
  return (
    (has(chance) && (has(remedy) || has(riskTitle) || has(/^(?:impact|severity)\b/))) ||
    (has(riskTitle) && has(remedy) && !has(planTitle))
  )
}

function namesOthers({ cells }: SheetRow): boolean {
  const has = hasHeading(cells)
  return (has(otherTitle) && has(otherSign)) || has(/^milepost number$/)
}

function hasHeading(cells: readonly string[]) {
  const headings = cells.map(fold)
  return (pattern: RegExp) => headings.some((heading) => pattern.test(heading))
}

const kindHeading = /^(?:(?:raid |item |entry |log )?(?:type|kind|category)|raid|r\/a\/i\/d)$/

/** A column Type whose cells say Risk, Issue, Assumption, Dependency. */
function listsKinds({ cells }: SheetRow, below: readonly SheetRow[]): boolean {
  const at = cells.findIndex((cell) => kindHeading.test(fold(cell)))
  if (at === -1) return false
  const types = below.map((row) => row.cells[at] ?? '').filter((type) => type.trim() !== '')
  const kinds = types.flatMap((type) => kindOfWord(type) ?? [])
  // A plan's tool calls its rows actions, too.
  return kinds.some((kind) => kind !== 'action') && kinds.length * 2 >= types.length
}
