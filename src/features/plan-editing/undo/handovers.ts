import { namesOf } from '../../../domain/people/names.ts'
import {
  findStandingHandover,
  latestHandoverBy,
  type StandingHandover,
  undoHandover,
} from '../../../domain/plan/handover.ts'
import { officeProvenance } from '../office-lookup.ts'
import { type Undoable, undoableKind } from './undoable.ts'

/** The work of somebody that was handed over as a whole. */
export const handovers = undoableKind(
  'handover',
  { find: findStandingHandover, latest: latestHandoverBy },
  undoableOf,
)

function undoableOf(handover: StandingHandover): Undoable {
  const { programmeId, personId, receiverId, byId, at } = handover
  return {
    ...{ programmeId, projectId: null, byId, at },
    takeBack: async (context, reason) => {
      await undoHandover(context.tx, handover, { reason, said: officeProvenance(context) })
      const names = await namesOf(context.tx, [personId, receiverId])
      const line = `Taken back: what went to ${names.get(receiverId)} is with ${names.get(personId)} again.`
      return { lines: [line] }
    },
  }
}
