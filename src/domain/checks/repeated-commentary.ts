import type { Project, StatusUpdate } from '../plan/plan.ts'
import { needsReason, type State } from '../scheme/schemes.ts'
import { type Check, fingerprint } from './check.ts'

export const repeatThreshold = 3

/**
 * The same commentary for the third time, on three days: a word put right on the same day is no second time. A "no
 * change" that somebody attests repeats the words on purpose, and counts as well where the state asks for a reason:
 * three rounds in which nothing changed about a Red is what a board should ask about. Of a Green it is all there is to
 * say. An answer holds until the words have been said three times more.
 */
export const repeatedCommentaryCheck: Check = {
  key: 'repeated',
  title: 'the commentary',
  appliesTo: ({ update }) => update !== undefined,
  mayTrip: ({ reason }, { recentReasons }) => {
    if (reason === null || recentReasons.length < repeatThreshold - 1) return false
    const same = fingerprint(reason)
    return recentReasons.every((text) => text !== null && fingerprint(text) === same)
  },
  needsHistory: ({ project, state }) => {
    const reason = project.updates[0]?.reason
    if (!reason) return false
    const same = fingerprint(reason)
    return saidInTurn(project, state)
      .slice(0, repeatThreshold)
      .every((update) => fingerprint(update.reason ?? '') === same)
  },
  find: ({ project, state }) => {
    if (project.past) return undefined
    const updates = saidInTurn(project, state)
    const reason = updates[0]?.reason
    if (!reason) return undefined
    const same = fingerprint(reason)
    const changed = updates.findIndex((update) => fingerprint(update.reason ?? '') !== same)
    const times = changed === -1 ? updates.length : changed
    if (times < repeatThreshold) return undefined
    return {
      fingerprints: [`${same}:${Math.floor(times / repeatThreshold)}`],
      question: `The commentary has been the same ${times} times running. Has nothing changed?`,
    }
  },
}

/** What counts as said again, newest first. */
function saidInTurn({ updates }: Project, state: State): StatusUpdate[] {
  return latestOfEachDay(updates).filter(
    ({ attestsId }) => attestsId === null || needsReason(state),
  )
}

/** Newest first, as they come. */
function latestOfEachDay(updates: readonly StatusUpdate[]): StatusUpdate[] {
  return updates.filter(({ onDay }, at) => updates[at - 1]?.onDay !== onDay)
}
