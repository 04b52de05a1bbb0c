import type { CivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import type { Sheet } from '../../base/sheets/read-sheet.ts'
import { fold, listOf, quoted } from '../../base/text.ts'
import { missingColumns } from './heading-candidates.ts'
import { guessHeadings, type HeadingOptions } from './headings.ts'
import { otherLog } from './other-logs.ts'
import { isRegister } from './register-sheets.ts'

/**
 * The sheet of a workbook that holds a plan: the one that was named, or the visible one whose headings fit best; a cover
 * sheet is passed over, and a register or a log of something else where there is a plan. Where two fit alike, it is a problem that names them.
 * @throws Refusal for a name that the workbook does not have
 */
export function chooseSheet(
  sheets: readonly [Sheet, ...Sheet[]],
  asOf: CivilDate,
  choices: HeadingOptions,
  named?: string,
): Sheet {
  const [first] = sheets
  if (named !== undefined) return sheetNamed(sheets, named)
  const visible = sheets.filter(({ isHidden }) => !isHidden)
  if (visible.length < 2) return visible[0] ?? first
  const fitting = visible
    .filter((sheet) => !isRegister(sheet) && otherLog(sheet) === undefined)
    .flatMap((sheet) => {
      const guess = guessHeadings(sheet, asOf, choices)
      const isComplete = guess && missingColumns(guess).length === 0 && guess.columns.size > 2
      return isComplete ? [{ sheet, format: guess.sheetFormat, size: guess.columns.size }] : []
    })
  // A table of measures beside a plan belongs to it and is imported by its name.
  const plans = fitting.filter(({ format }) => !format.hasNoProjects)
  const [best, ...others] = (plans.length > 0 ? plans : fitting).toSorted((a, b) => b.size - a.size)
  if (!best) return visible.find(isRegister) ?? visible[0] ?? first
  const alike = others.filter(({ format, size }) => {
    return format.key === best.format.key && Math.abs(size - best.size) <= 1
  })
  return alike.length === 0
    ? best.sheet
    : withQuestion(
        best.sheet,
        [best, ...alike].map(({ sheet }) => sheet.name ?? ''),
      )
}

/** The registers that a workbook holds beside the sheet that was chosen; none where a sheet was named. */
export const registersBeside = (
  sheets: readonly Sheet[],
  chosen: Sheet,
  named?: string,
): readonly Sheet[] =>
  named === undefined
    ? sheets.filter((one) => !one.isHidden && one.name !== chosen.name && isRegister(one))
    : []

/** Of a workbook's sheets that a person sees; none of a text file. */
export const visibleNames = (sheets: readonly Sheet[]): string[] =>
  sheets.flatMap(({ name, isHidden }) => (name === undefined || isHidden ? [] : [name]))

function sheetNamed(sheets: readonly Sheet[], named: string): Sheet {
  const found = sheets.find(({ name }) => fold(name ?? '') === fold(named))
  if (found) return found
  const names = sheets.map(({ name }) => quoted(name ?? ''))
  throw new Refusal(
    `There is no sheet ${quoted(named)}. There are: ${listOf(names)}. Nothing was imported.`,
  )
}

function withQuestion(sheet: Sheet, names: readonly string[]): Sheet {
  const message = `${names.length} sheets hold a plan: ${listOf(names.map(quoted))}. ${quoted(sheet.name ?? '')} was read. Say which: --sheet "…", or accept that it is this one.`
  return { ...sheet, questions: [{ row: 0, message }] }
}
