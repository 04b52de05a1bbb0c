import { Refusal } from '../../base/errors.ts'
import type { Sheet, SheetRow } from '../../base/sheets/read-sheet.ts'
import { fold } from '../../base/text.ts'

/** Registers of risks, issues and the like: their rows are no projects. */

const chance =
  /^(?:(?:inherent |gross |current |residual |net |target )?(?:likelihood|probability))\b/
const remedy = /^(?:mitigat\w+(?: (?:actions?|measures?|plan))?|controls?|countermeasures?)\b/
const riskTitle =
  /^(?:risks?|risk (?:title|description|name|event|id|no|ref)|risk and (?:issue|impact).*)$/
const kinds = /^(?:risks?|issues?|assumptions?|dependenc(?:y|ies)|decisions?|r|i|a|d)$/

/** How far down a sheet its headings are looked for. */
const rowsSearched = 30

export function isRegister({ rows }: Sheet): boolean {
  return rows
    .slice(0, rowsSearched)
    .some((row, at) => namesRisks(row) || listsKinds(row, rows.slice(at + 1)))
}

/** @throws Refusal for a register, which would be read as projects by its headings */
export function assertNoRegister(sheet: Sheet): void {
  if (!isRegister(sheet)) return
  const { fileName } = sheet
  throw new Refusal(
    `${fileName} looks like a register of risks, issues or decisions, and not like a plan: its rows would become projects. ` +
      'Nothing was imported. Risks, decisions and dependencies are entered in chat, with “risk”, “decision” and “dependency”. ' +
      'If it is a plan all the same, say of which kind: --shape tracker.',
  )
}

function namesRisks({ cells }: SheetRow): boolean {
  const headings = cells.map(fold)
  const has = (pattern: RegExp) => headings.some((heading) => pattern.test(heading))
  return (
    (has(chance) && (has(remedy) || has(riskTitle) || has(/^(?:impact|severity)\b/))) ||
    (has(riskTitle) && has(remedy))
  )
}

/** A column Type whose cells say Risk, Issue, Assumption, Dependency. */
function listsKinds({ cells }: SheetRow, below: readonly SheetRow[]): boolean {
  const at = cells.findIndex((cell) => /^(?:type|raid type|category|raid)$/.test(fold(cell)))
  if (at === -1) return false
  const types = below.map((row) => fold(row.cells[at] ?? '')).filter((type) => type !== '')
  return types.length > 0 && types.filter((type) => kinds.test(type)).length * 2 >= types.length
}
