/** How far from its end a list may be scrolled and still count as at its end. */
const NEAR_PX = 80

/**
 * Call it before a change, and the function that it returns after the change: a list that was at its end (or any,
 * with `always`) scrolls to its newest message: to the end of a short one, to the beginning of one that is longer than
 * the list.
 */
export function keepScrollPosition(list: HTMLElement, always: boolean): () => void {
  const last = list.lastElementChild
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX
  const atStart =
    last instanceof HTMLElement && Math.abs(startOf(last, list) - list.scrollTop) < NEAR_PX
  return () => {
    if (!always && !atEnd && !atStart) return
    const newest = list.lastElementChild
    if (!(newest instanceof HTMLElement)) return
    const isLong = newest.offsetHeight > list.clientHeight
    list.scrollTop = isLong ? startOf(newest, list) : list.scrollHeight
  }
}

function startOf(item: HTMLElement, list: HTMLElement): number {
  return item.offsetTop - list.offsetTop
}
