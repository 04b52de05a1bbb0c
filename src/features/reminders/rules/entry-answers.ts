import { fullDate, latestToday } from '../../../base/dates.ts'
import { entryAsAt } from '../../../domain/register/as-at.ts'
import type { Entry } from '../../../domain/register/entry.ts'
import { findEntries } from '../../../domain/register/load-entries.ts'
import { notInPlanText, type RowAnswerLoader } from '../row-answers.ts'

const subjectPrefix = 'entry:'

/** Answered where the entry is closed, or has another day. */
export const loadEntryAnswers: RowAnswerLoader = async (tx, rows, now) => {
  const ids = rows.map(({ subject }) => subject.slice(subjectPrefix.length))
  const found = await findEntries(tx, { id: { in: [...new Set(ids)] } })
  const entries = new Map(found.map(({ entry }) => [entry.id, entryAsAt(entry, latestToday(now))]))
  return ({ subject, told }) => {
    const entry = entries.get(subject.slice(subjectPrefix.length))
    return entry ? entryAnswer(entry, told) : notInPlanText
  }
}

export function entryAnswer(entry: Entry, told: string): string | null {
  if (entry.closing) return '✓ Closed'
  if (entry.kind === 'action') {
    const { neededBy } = entry
    if ((neededBy ?? '') === told) return null
    return neededBy ? `→ Moved to ${fullDate(neededBy)}` : '→ No date any more'
  }
  const reviewOn = entry.kind === 'risk' || entry.kind === 'issue' ? entry.reviewOn : null
  return (reviewOn ?? '') === told ? null : '✓ Reviewed'
}
