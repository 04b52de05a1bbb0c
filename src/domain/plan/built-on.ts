import { fullDate } from '../../base/dates.ts'
import type { ReadTx } from '../../infra/db.ts'
import { authorName, namesOf } from '../people/names.ts'
import { latestRevisionOf } from '../revisions/revision-store.ts'
import type { Revision } from '../revisions/revisions.ts'

/**
 * Why a change is not taken back: on what it would undo besides. `subject`: "The title", "The roles of Ben Okoro".
 */
export async function builtOnSince(
  tx: ReadTx,
  { programmeId, item, itemId, field }: Revision,
  subject: string,
): Promise<string> {
  const last = await latestRevisionOf(tx, { item, key: field }, itemId, programmeId)
  const who = last?.byId ? authorName(await namesOf(tx, [last.byId]), last.byId) : 'an import'
  const by = last ? ` (${who}, ${fullDate(last.onDay)})` : ''
  return `${subject} changed again since${by}, so taking this back would undo that as well. Nothing was changed. Take back the later change first.`
}
