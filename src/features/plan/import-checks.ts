import { fullDate } from '../../base/dates.ts'
import { latinLetters, shorten } from '../../base/text.ts'
import { needsReason } from '../status/schemes.ts'
import type { Headings } from './headings.ts'
import type { MilestoneCell, ProjectRow } from './plan-file.ts'
import { type Rating, spelledOut } from './rating.ts'
import type { Note, SheetRow } from './sheet.ts'

/** What of a workstream's row needs a person's eye. */
export function checkWorkstream(row: number, title: string): Note[] {
  return title === '' ? [{ row, message: 'The workstream has no title.' }] : []
}

interface Circumstances {
  readonly headings: Headings
  readonly rating: Rating
  /** Whether the project stands above its workstream. */
  readonly early: boolean
}

/** What of a project's row needs a person's eye. Everything named here was kept as it is. */
export function checkProject(project: ProjectRow, row: SheetRow, seen: Circumstances): Note[] {
  const { ref, title, workstreamRef } = project
  const plain: string[] = []
  if (title === '') plain.push(`${ref} has no title.`)
  if (seen.early) plain.push(`${ref} stands above its workstream ${workstreamRef}.`)
  if (project.milestones.length === 0) plain.push(`${ref} has no milestone.`)
  return [
    ...plain.map((message) => ({ row: row.number, message })),
    ...checkRating(project, seen),
    ...checkCells(project, row, seen.headings),
    ...project.milestones.flatMap((milestone) => checkMilestone(ref, milestone, seen.headings)),
  ]
}

/** Rule 3 of the domain: Red and Amber say why, Green has nothing to say. */
function checkRating({ ref, row, rawState, commentary }: ProjectRow, seen: Circumstances): Note[] {
  const { headings, rating } = seen
  const { heading } = headings.commentary
  const about = (column: string, message: string): Note => ({
    row,
    column,
    message: `${ref}${message}`,
  })
  if (rating.certainty === 'unknown') {
    return [
      about(
        headings.state.heading,
        `: ${spelledOut(rawState)} is no known state; taken as not rated.`,
      ),
    ]
  }
  if (commentary !== '' && !saysSomething(commentary)) {
    return [about(heading, `: the commentary is only ${spelledOut(commentary)}.`)]
  }
  if (needsReason(rating.state) && commentary === '') {
    return [about(heading, ` is ${rating.state.label} without a commentary.`)]
  }
  if (rating.state.severity === 0 && commentary !== '') {
    return [about(heading, ` is ${rating.state.label} but has a commentary.`)]
  }
  return []
}

function checkCells({ ref }: ProjectRow, row: SheetRow, { months }: Headings): Note[] {
  return months.flatMap(({ index, heading }) => {
    const cell = (row.cells[index] ?? '').trim()
    if (cell === '' || /[\p{L}\p{N}]/u.test(cell)) return []
    const message = `${ref}: the cell holds only ${spelledOut(cell)}; no milestone was read.`
    return [{ row: row.number, column: heading, message }]
  })
}

function checkMilestone(ref: string, milestone: MilestoneCell, { months }: Headings): Note[] {
  const { row, column, due, precision } = milestone
  const quoted = `"${shorten(milestone.raw.trim(), 80)}"`
  if (!due) return [{ row, column, message: `${ref}: no date in ${quoted}.` }]
  const month = months.find(({ heading }) => heading === column)
  if (precision === 'range' || !month || due.slice(0, 7) === month.end.slice(0, 7)) return []
  const message = `${ref}: ${quoted} is due ${fullDate(due)}, but stands under ${column}.`
  return [{ row, column, message }]
}

/** Dates and "TBC" that were read although a letter in them is not what it looks like: "O1 Mar", "ТВС" in Cyrillic. */
export function lettersRead(ref: string, { raw, row, column, due }: MilestoneCell): Note[] {
  const words = (raw.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, due ? 2 : 1)
  const odd = words.find((word) => latinLetters(word) !== word.toLowerCase() || /^o\d$/i.test(word))
  if (!odd || !(due || latinLetters(odd) === 'tbc')) return []
  const meaning = due ? fullDate(due) : 'TBC'
  const message = `${ref}: ${spelledOut(words.join(' '))} was read as ${meaning}.`
  return [{ row, column, message }]
}

/** At least one word: "5" and "·" are none. */
function saysSomething(text: string): boolean {
  return /\p{L}{2}/u.test(text)
}
