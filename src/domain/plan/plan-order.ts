/**
 * The order of the plan: by place, and by the number of that day where several sheets counted from one place. An item
 * that is numbered anew later stands on earlier days where it stood.
 */
export function inPlanOrder<Item extends { readonly ref: string }>(
  placed: readonly { readonly position: number; readonly item: Item }[],
): Item[] {
  return placed
    .toSorted((a, b) => a.position - b.position || compareText(a.item.ref, b.item.ref))
    .map(({ item }) => item)
}

const compareText = (a: string, b: string): number => {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/**
 * The same order, asked of the database. Several may have one position, each from a sheet of its own: without their
 * numbers the order would be that in which the rows were last written.
 */
export const planOrder = [{ position: 'asc' as const }, { ref: 'asc' as const }]
