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
  const visible =
    named === undefined ? sheets.filter(({ isHidden }) => !isHidden) : sheetsNamed(sheets, named)
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
  const isPart = ({ sheet }: (typeof others)[number]) => sheet.name === best.sheet.name
  const parts = others.filter(isPart)
  if (parts.length > 0) {
    return withOtherTables(
      best.sheet,
      parts.map(({ sheet }) => sheet),
    )
  }
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

/** Of a sheet that holds several tables of a plan (stacked-parts.ts), one is read. */
function withOtherTables(sheet: Sheet, others: readonly Sheet[]): Sheet {
  const questions = others.map(({ rows }) => {
    const [from, to] = [rows[0]?.number ?? 0, rows.at(-1)?.number ?? 0]
    const message = `Rows ${from} to ${to} hold another table of a plan, and one of a sheet is read. Put it into a sheet of its own, or accept that it is left out.`
    return { row: from, message }
  })
  return { ...sheet, questions: [...(sheet.questions ?? []), ...questions] }
}

/** The registers that a workbook holds beside the table that was chosen; of a sheet that was named, those in it. */
export const registersBeside = (
  sheets: readonly Sheet[],
  chosen: Sheet,
  named?: string,
): readonly Sheet[] =>
  sheets.filter((one) => {
    const isBeside = named === undefined ? !one.isHidden : one.name === chosen.name
    return isBeside && one.rows !== chosen.rows && isRegister(one)
  })

/** Of a workbook's sheets that a person sees; none of a text file. */
export const visibleNames = (sheets: readonly Sheet[]): string[] => [
  ...new Set(
    sheets.flatMap(({ name, isHidden }) => (name === undefined || isHidden ? [] : [name])),
  ),
]

function sheetsNamed(sheets: readonly Sheet[], named: string): readonly Sheet[] {
  const found = sheets.filter(({ name }) => fold(name ?? '') === fold(named))
  if (found.length > 0) return found
  const names = [...new Set(sheets.map(({ name }) => quoted(name ?? '')))]
  throw new Refusal(
    `There is no sheet ${quoted(named)}. There are: ${listOf(names)}. Nothing was imported.`,
  )
}

function withQuestion(sheet: Sheet, names: readonly string[]): Sheet {
  const message = `${names.length} sheets hold a plan: ${listOf(names.map(quoted))}. ${quoted(sheet.name ?? '')} was read. Say which: --sheet "…", or accept that it is this one.`
  return { ...sheet, questions: [{ row: 0, message }] }
}
