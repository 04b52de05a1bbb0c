import { type CivilDate, fullDate } from '../../../base/dates.ts'
import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace, listOf, quoted } from '../../../base/text.ts'
import { parsePeriod } from '../../../domain/measures/periods.ts'
import {
  lacksYears,
  lastStageDay,
  stagesOf,
  type TargetStage,
} from '../../../domain/measures/staged-target.ts'
import { targetDayOf } from '../../../domain/measures/value-parser.ts'
import type { Draft, HeadingCell, ParseContext, Table } from './sheet-format.ts'

/** The target of a measure: of one cell, or of several columns each with its period. */

interface Target {
  readonly target: string | null
  readonly targetOn: CivilDate | null
}

interface TargetContext {
  readonly table: Table
  readonly frame: ParseContext
  readonly draft: Draft
}

export function parseTargetCells(
  row: SheetRow,
  { table, frame: { asOf }, draft }: TargetContext,
): Target {
  const filled = (table.columns.get('target') ?? []).flatMap((column) => {
    const text = (row.cells[column.index] ?? '').trim()
    return text === '' ? [] : [{ column, text, period: periodIn(column, asOf) }]
  })
  const [first, second] = filled
  if (!first) return { target: null, targetOn: null }
  const place = { row: row.number, column: first.column.heading }
  // "Target June 2026 | Target December 2026" are stages of one target.
  const target = second ? joined(filled) : first.text
  if (target === undefined) {
    const message = `The row has ${filled.length} targets, and not each has a period in its heading or a figure alone in its cell. Head them “Target June 2026”, or accept that only the first is read.`
    draft.problems.push({ ...place, message })
    return { target: first.text, targetOn: first.period?.last ?? null }
  }
  const staged = stagedDay(target, asOf, place, draft)
  return { target, targetOn: staged ?? targetDayOf(target) ?? first.period?.last ?? null }
}

interface FilledTarget {
  readonly column: HeadingCell
  readonly text: string
  readonly period: { readonly text: string; readonly last: CivilDate } | undefined
}

/** "80% by June 2026; 90% by December 2026"; undefined where that is not read as so many stages. */
function joined(filled: readonly FilledTarget[]): string | undefined {
  const inOrder = filled.toSorted((a, b) =>
    (a.period?.last ?? '').localeCompare(b.period?.last ?? ''),
  )
  const stages = inOrder.map(({ text, period }) => period && `${text} by ${period.text}`)
  const target = stages.join('; ')
  const isRead = stagesOf({ target, targetOn: null }).length === filled.length
  return stages.every((stage) => stage !== undefined) && isRead ? target : undefined
}

/** "Target June 2026", "2026/27 target", or "Target" below "Q1 2026/27". */
function periodIn({ heading, over }: HeadingCell, asOf: CivilDate) {
  for (const text of [heading, over]) {
    const named = collapseWhitespace(text)
      .replace(/^targets?(?: for| by)?\s*:?\s*|\s+targets?$/gi, '')
      .replace(/^\((.*)\)$/, '$1')
      .trim()
    const period = named === '' ? undefined : parsePeriod(named, asOf)
    if (period) return { text: named, last: period.last }
  }
  return undefined
}

/** The day of the last stage, where the target has stages; says how they were read. */
function stagedDay(
  target: string,
  asOf: CivilDate,
  place: { readonly row: number; readonly column: string },
  draft: Draft,
): CivilDate | undefined {
  const targetOn = lastStageDay(target, asOf)
  if (!targetOn) return undefined
  const stages = stagesOf({ target, targetOn }).map(stageText)
  const message = `${quoted(target)} was read as ${listOf(stages)}.`
  // Targets look ahead: where the nearest days are past and no year is written, the next may be meant.
  if (targetOn < asOf && lacksYears({ target, targetOn: null })) {
    const question = `${message} Write the years, or accept that it is meant so.`
    draft.problems.push({ ...place, message: question })
  } else draft.corrections.push({ ...place, message })
  return targetOn
}

const stageText = ({ raw, on }: TargetStage): string => `${raw} by ${fullDate(on)}`
