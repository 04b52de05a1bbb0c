import { Refusal } from '../../../base/errors.ts'
import { entryName } from '../../../domain/register/format.ts'
import { entryToClose } from '../../../domain/register/lookup.ts'
import { reopenEntry, withdrawReview } from '../../../domain/register/store.ts'
import {
  findClosing,
  findReview,
  isReviewBuiltOn,
  type SaidOfEntry,
} from '../../../domain/register/withdrawable.ts'
import { type Undoable, undoableKind } from './undoable.ts'

/** Entries of the register that were closed. The button names the entry: it is closed once at a time. */
export const closings = undoableKind(
  'closing',
  {
    find: (tx, programmeIds, entryId) => findClosing(tx, programmeIds, { entryId }),
    latest: (tx, programmeIds, byId, since) =>
      findClosing(tx, programmeIds, { byId, at: { gte: since } }),
  },
  undoableClosing,
)

function undoableClosing(closing: SaidOfEntry): Undoable {
  const { programmeId, entryId, kind, number, byId, at } = closing
  return {
    ...{ programmeId, projectId: null, byId, at, checksRight: true },
    takeBack: async (context, reason) => {
      // The thread of the digest may have told it: opening it again tells that, and why.
      if (kind === 'decision') {
        throw new Refusal(
          `Decision ${number} may have been read in the thread of a digest, so it is opened again with its reason: ${context.prefix} reopen decision ${number} because … Nothing was changed.`,
        )
      }
      await entryToClose(context, { number: entryId })
      await reopenEntry(context, entryId, reason ?? 'it was closed by mistake')
      return { lines: [`Taken back: ${entryName(closing)} is open again.`] }
    },
  }
}

/** Reviews of open entries: another rating, owner or day. */
export const reviews = undoableKind(
  'review',
  {
    find: (tx, programmeIds, id) => findReview(tx, programmeIds, { id }),
    latest: (tx, programmeIds, byId, since) =>
      findReview(tx, programmeIds, { byId, at: { gte: since } }),
  },
  undoableReview,
)

function undoableReview(review: SaidOfEntry): Undoable {
  const { id, programmeId, entryId, byId, at } = review
  return {
    ...{ programmeId, projectId: null, byId, at, checksRight: true },
    takeBack: async (context) => {
      if (await isReviewBuiltOn(context.tx, review)) {
        throw new Refusal(
          `${entryName(review)} was reviewed again or closed since. Nothing was changed. Review it once more instead.`,
        )
      }
      await entryToClose(context, { number: entryId })
      await withdrawReview(context, id)
      return { lines: [`Taken back: ${entryName(review)} stands as before.`] }
    },
  }
}
