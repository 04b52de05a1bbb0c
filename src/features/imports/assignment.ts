/**
 * One row of a sheet for one item of the plan. Claims are taken in their order, the strongest first; one for a row that
 * has its item, or for an item that has its row, is passed over. So no two rows are ever one item. Pure.
 */
export function assign<Claim extends { readonly row: unknown; readonly item: unknown }>(
  claims: readonly Claim[],
): Map<Claim['row'], Claim> {
  const chosen = new Map<Claim['row'], Claim>()
  const taken = new Set<Claim['item']>()
  for (const claim of claims) {
    if (chosen.has(claim.row) || taken.has(claim.item)) continue
    chosen.set(claim.row, claim)
    taken.add(claim.item)
  }
  return chosen
}
