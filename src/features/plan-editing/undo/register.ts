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
import type { Undoable, UndoableKind } from './undoable.ts'

/** Entries of the register that were closed. The button names the entry: it is closed once at a time. */
export const closings: UndoableKind = {
  arg: 'closing',
  find: async (tx, programmeIds, entryId) =>
    undoableClosing(await findClosing(tx, programmeIds, { entryId })),
  latest: async (tx, programmeIds, byId, since) =>
    undoableClosing(await findClosing(tx, programmeIds, { byId, at: { gte: since } })),
}

function undoableClosing(closing: SaidOfEntry | undefined): Undoable | undefined {
  if (!closing) return undefined
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
export const reviews: UndoableKind = {
  arg: 'review',
  find: async (tx, programmeIds, id) => undoableReview(await findReview(tx, programmeIds, { id })),
  latest: async (tx, programmeIds, byId, since) =>
    undoableReview(await findReview(tx, programmeIds, { byId, at: { gte: since } })),
}

function undoableReview(review: SaidOfEntry | undefined): Undoable | undefined {
  if (!review) return undefined
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
