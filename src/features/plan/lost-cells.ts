import { shorten } from '../../base/text.ts'
import type { PlanFile } from './plan-file.ts'
import type { Note, Sheet } from './sheet.ts'
import { columnName } from './sheet.ts'

/**
 * The cells below the headings whose text the plan does not hold: an independent check of the reading, cell by cell.
 * A cell without a letter or digit (a dot, a dash) says nothing and is not counted.
 */
export function lostCells(sheet: Sheet, plan: Pick<PlanFile, 'workstreams' | 'projects'>): Note[] {
  const kept = keptByRow(plan)
  const first = Math.min(...kept.keys())
  return sheet.rows
    .filter(({ number }) => number >= first)
    .flatMap(({ number, cells }) => {
      const texts = kept.get(number) ?? []
      return cells.flatMap((cell, index) => {
        const text = squeezed(cell)
        if (!/[\p{L}\p{N}]/u.test(text) || texts.some((one) => one.includes(text))) return []
        const message = `Not kept: ${shorten(cell.trim(), 120)}`
        return [{ row: number, column: columnName(index), message }]
      })
    })
}

const squeezed = (text: string): string => text.replace(/\s+/gu, '')

/** What the plan holds of each row, a text for each cell that it came from. */
function keptByRow({ workstreams, projects }: Pick<PlanFile, 'workstreams' | 'projects'>) {
  const kept = new Map<number, string[]>()
  for (const { row, ref, title, leads, sponsors } of workstreams) {
    kept.set(
      row,
      [ref, `${ref}.`, title, ...inAnyStyle(leads), ...inAnyStyle(sponsors)].map(squeezed),
    )
  }
  for (const { row, ref, title, rawState, commentary, leads, milestones } of projects) {
    const columns = Map.groupBy(milestones, ({ column }) => column)
    const cells = [...columns.values()].map((entries) => entries.map(({ raw }) => raw).join(''))
    kept.set(
      row,
      [ref, `${ref}.`, title, rawState, commentary, ...inAnyStyle(leads), ...cells].map(squeezed),
    )
  }
  return kept
}

/** Owners as a cell writes them, with either of the signs that part them. */
function inAnyStyle(owners: readonly string[]): string[] {
  return [owners.join(';'), owners.join('/')]
}
