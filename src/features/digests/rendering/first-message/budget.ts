/**
 * How much of each list a message shows: the first of every list, then the second of every one, and so on, in the order
 * of the lists, each as far as its limit and as long as the message still fits. So a long list leaves room for those
 * after it. Pure.
 *
 * @param limits how much of each list may be shown at most
 * @param fits whether the message fits with so much of each list
 * @param begun how much of each list is shown already
 * @returns how much of each list is shown
 */
export function fillBudget(
  limits: readonly number[],
  fits: (shown: readonly number[]) => boolean,
  begun: readonly number[] = limits.map(() => 0),
): number[] {
  let shown = [...begun]
  for (let rank = 1; rank <= Math.max(0, ...limits); rank += 1) {
    for (const [at, limit] of limits.entries()) {
      if (rank > limit || shown[at] !== rank - 1) continue
      const more = shown.with(at, rank)
      if (fits(more)) shown = more
    }
  }
  return shown
}
