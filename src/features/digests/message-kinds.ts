import { defineMessageKind } from '../../outbox/message-kinds.ts'
import { revalidateDigest } from './revalidate.ts'

/** A digest's first message, and those in its thread. */
export const digestKind = defineMessageKind({
  kind: 'digest',
  title: 'Digest',
  authority: 'read plan',
  isDropReported: true,
  revalidate: revalidateDigest,
  // Back from a form, the message as it was posted takes the form's place.
  redraw: async (_tx, { card }, note) => (note === undefined ? card : undefined),
})

/** What the programme office is told of a digest before and after it is posted. */
export const officeNoticeKind = defineMessageKind({
  kind: 'office',
  title: 'Note for the programme office',
  authority: 'run programme',
  isFailureReported: false,
})
