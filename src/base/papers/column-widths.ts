/**
 * How wide the columns of a table are: by their shares, and each at least so wide as it needs to break no word; what that
 * takes, the others give. Where a page is too narrow even for that, all give alike. All in one unit.
 */
export function columnWidths(
  columns: readonly { readonly share: number }[],
  least: readonly number[],
  width: number,
): number[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  const wished = columns.map(({ share }) => (width * share) / shares)
  const given = wished.map((one, at) => Math.max(one, least[at] ?? 0))
  const over = sumOf(given) - width
  const spare = given.map((one, at) => one - (least[at] ?? 0))
  if (over <= 0) return given
  if (sumOf(spare) < over) return given.map((one) => (one * width) / sumOf(given))
  return given.map((one, at) => one - (over * (spare[at] ?? 0)) / sumOf(spare))
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)
