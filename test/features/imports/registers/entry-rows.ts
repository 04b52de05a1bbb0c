import type { EntryRow } from '../../../../src/features/imports/parsed-plan.ts'

/** A row of a risk register that says what is given and leaves the rest empty. */
export function aRiskRow(said: Partial<EntryRow> = {}): EntryRow {
  return {
    ...{ kind: 'risk', ref: 'R1', number: null, row: 2, text: 'No supplier bids', about: null },
    ...{ state: null, rawState: '', score: null, mitigation: null, proximity: null, owner: null },
    ...{ reviewOn: null, neededBy: null, askedOf: null, dependsOn: null, raisedOn: null },
    ...{ isClosed: null, closedOn: null, outcome: null },
    ...said,
  }
}
