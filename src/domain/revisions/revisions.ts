import type { CivilDate } from '../../base/dates.ts'

/**
 * How the plan itself changed: titles, owners, numbers, states of life, and how its programme works: settings, roles of
 * people. The rows hold the present values, so that reading today's plan costs nothing; an earlier day's are found by
 * taking back what changed since.
 */

/** `programme`: its settings, each a field of its own. `member`: a person's roles in the programme. */
export type RevisedItem =
  | 'programme'
  | 'workstream'
  | 'project'
  | 'milestone'
  | 'measure'
  | 'member'

/** What a plan consists of: each change of these can be taken back by itself. */
export const planItems = [
  ...(['workstream', 'project', 'milestone', 'measure'] as const),
] as const satisfies RevisedItem[]

/** A field of an item was changed from one value to another. */
export interface Revision {
  readonly id: string
  readonly programmeId: string
  readonly item: RevisedItem
  /** Of the programme, workstream, project, milestone, measure or person. */
  readonly itemId: string
  readonly field: string
  /** As JSON has it: the same type as the field's own value. */
  readonly from: unknown
  readonly to: unknown
  readonly reason: string | null
  /** Null: an import. */
  readonly byId: string | null
  readonly onBehalfOfId: string | null
  readonly source: string
  readonly onDay: CivilDate
  /** UTC. */
  readonly at: Date
  /** The revision that this one takes back. */
  readonly undoesId: string | null
  /** The import that did it; null: chat. */
  readonly importId: string | null
  /** The handing over of somebody's work that did it. */
  readonly handoverId: string | null
  /** Another revision takes this one back. */
  readonly isUndone: boolean
}

/** Earlier values of fields, by the id of the item. */
export type EarlierValues = ReadonlyMap<string, Readonly<Record<string, unknown>>>

/**
 * The values that fields had before a day's end, where they changed later. `later`: the revisions of later days, in the
 * order in which they were written; of several for a field the first says what it was.
 */
export function earlierValues(
  later: readonly Pick<Revision, 'itemId' | 'field' | 'from'>[],
): EarlierValues {
  const values = new Map<string, Record<string, unknown>>()
  for (const { itemId, field, from } of later) {
    const fields = values.get(itemId) ?? {}
    if (!(field in fields)) fields[field] = from
    values.set(itemId, fields)
  }
  return values
}
