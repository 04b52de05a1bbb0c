import type { CivilDate } from '../../base/dates.ts'

/**
 * The first day of the last state: since then it was said again, if at all, and no other one.
 * @param history newest first
 */
export function stateSince(
  history: readonly { readonly state: string; readonly onDay: CivilDate }[],
): CivilDate | undefined {
  const [last] = history
  const other = history.findIndex(({ state }) => state !== last?.state)
  return history.at(other === -1 ? -1 : other - 1)?.onDay
}
