import { fold } from '../../../base/text.ts'
import { type Table, textOf } from './sheet-format.ts'

const importanceWords =
  /^(?:(?:very )?high(?:est)?|medium|med|moderate|(?:very )?low(?:est)?|critical|major|minor|urgent|important|normal|must(?: have)?|should(?: have)?|could(?: have)?|won'?t(?: have)?|essential|desirable|p[0-5]|[1-5]|[hml]|none)$/

/** Whether a column headed Priority says how much a row matters, and not to which part of the plan it belongs. */
export function saysImportance({ columns, rows }: Table, meaning: string): boolean {
  if (fold(columns.get(meaning)?.[0]?.heading ?? '') !== 'priority') return false
  const cells = rows.map((row) => fold(textOf(row, columns, meaning))).filter((cell) => cell !== '')
  return cells.length > 0 && cells.every((cell) => importanceWords.test(cell))
}
