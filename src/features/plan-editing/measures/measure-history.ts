import { z } from 'zod'
import { fromDbDate } from '../../../base/dates.ts'
import { capitalised, shorten } from '../../../base/text.ts'
import { defineQuery, type QueryContext } from '../../../chat/commands.ts'
import { slot } from '../../../chat/grammar.ts'
import { fieldOf } from '../../../domain/measures/fields.ts'
import { formatPeriod } from '../../../domain/measures/format.ts'
import { findMeasure } from '../../../domain/measures/lookup.ts'
import { loadMeasureRevisions } from '../../../domain/revisions/revision-store.ts'
import type { Revision } from '../../../domain/revisions/revisions.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { historyCard, historyPage } from '../history-card.ts'
import { type HistoryEntry, withdrawalEntries } from '../history-entries.ts'
import { measureHeading } from '../office-lookup.ts'
import { editableMeasureFields } from './measure-fields.ts'

/** Who changed what of a measure, and who recorded which reading, when and from where. */
export const measureHistory = defineQuery({
  name: 'history-measure',
  usages: ['history measure <measure> [page <page>]'],
  slots: { measure: slot.number, page: slot.count },
  examples: ['history measure 3', 'history measure 3 page 2'],
  authority: ['read plan'],
  summary: 'All that was changed and recorded of a measure: what, who, when and from where.',
  args: z.object({ measure: z.string(), page: historyPage }),
  run: async (context, { measure: named, page }) => {
    const { tx, actor, today } = context
    const found = await findMeasure(tx, actor, { measure: named }, today)
    const entries = await readingEntries(tx, found.measure.id)
    for (const revision of await loadMeasureRevisions(tx, found.measure.id)) {
      entries.push({ ...revision, text: await revisionText(context, revision) })
    }
    return historyCard(context, {
      heading: `History of ${measureHeading(found)}`,
      entries: entries.toSorted(newestFirst),
      page,
      verb: 'history-measure',
      data: { measure: found.measure.id },
    })
  },
})

const newestFirst = (one: HistoryEntry, other: HistoryEntry) =>
  other.onDay.localeCompare(one.onDay) || other.at.getTime() - one.at.getTime()

async function revisionText(context: QueryContext, revision: Revision): Promise<string> {
  const { field: key, from, to, reason, undoesId } = revision
  const why = reason ? `, because ${shorten(reason, 200)}` : ''
  const undone = undoesId ? 'Taken back. ' : ''
  if (key === 'isRemoved')
    return `${undone}${to ? 'Taken out of the plan' : 'Added to the plan'}${why}`
  const editable = editableMeasureFields.find(({ field }) => field.key === key)
  const textOf = async (value: unknown) =>
    shorten((await editable?.format(context, value)) ?? String(value), 120)
  const change = `${await textOf(to)}, was ${await textOf(from)}`
  return `${undone}${capitalised(fieldOf(revision).label)}: ${change}${why}`
}

async function readingEntries(tx: ReadTx, measureId: string): Promise<HistoryEntry[]> {
  const rows = await tx.reading.findMany({ where: { measureId } })
  return rows.flatMap((row) => {
    const { raw, period, forDay, onDay, at, byId, source } = row
    const what = `for ${formatPeriod({ period, forDay: fromDbDate(forDay) })}: ${shorten(raw, 120)}`
    const said = { at, byId, source, onDay: fromDbDate(onDay), onBehalfOfId: null }
    return [{ ...said, text: `Reading ${what}` }, ...withdrawalEntries(row, `the reading ${what}`)]
  })
}
