import {
  findStandingMoney,
  latestMoneyBy,
  type StandingMoney,
  withdrawMoney,
} from '../../../domain/money/store.ts'
import { withdrawalBy } from '../office-lookup.ts'
import { type Undoable, undoableKind } from './undoable.ts'

/** What was said of a workstream's money. That of a project is among its attributes. */
export const money = undoableKind(
  'money',
  { find: findStandingMoney, latest: latestMoneyBy },
  undoableOf,
)

function undoableOf({ id, programmeId, workstream, byId, at }: StandingMoney): Undoable {
  return {
    ...{ programmeId, projectId: null, byId, at },
    takeBack: async (context, reason) => {
      await withdrawMoney(context.tx, id, withdrawalBy(context, reason))
      return { lines: [workstream, 'Taken back: its figures are what they were before.'] }
    },
  }
}
