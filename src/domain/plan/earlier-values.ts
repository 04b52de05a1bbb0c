/** What one field of an item was at the end of a day: the first of its later revisions says so (revisions.ts). */
export interface EarlierRow {
  readonly id: string
  readonly field: string
  readonly from: unknown
}

/** By the id of the item. */
export function earlierById(
  rows: readonly EarlierRow[] | null,
): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const found = new Map<string, Record<string, unknown>>()
  for (const { id, field, from } of rows ?? []) {
    found.set(id, { ...found.get(id), [field]: from })
  }
  return found
}

/** The row with the values that its fields had at the end of the day. */
export function asAtRow<Row extends object>(
  row: Row,
  earlier: Readonly<Record<string, unknown>> | undefined,
): Row {
  return earlier ? { ...row, ...earlier } : row
}
