import type { EntryRow, SheetEntryKind } from '../../../../src/features/imports/parsed-plan.ts'
import type { TestCell } from '../../../base/sheets/workbook-builder.ts'

/** Registers as offices and their tools lay them out, written for the tests, and what each says. */

export interface RegisterLayout {
  /** The name of its sheet and of its file. */
  readonly name: string
  readonly rows: readonly TestCell[][]
  readonly entries: readonly (Partial<EntryRow> & { readonly kind: SheetEntryKind })[]
  /** What is asked, each by its beginning; nothing where it is read without help. */
  readonly asks?: readonly string[]
}

const table = (...lines: string[]): TestCell[][] => lines.map((line) => line.split('|'))

export const registerLayouts: readonly RegisterLayout[] = [
  {
    name: 'Risk register',
    rows: table(
      'Harbour programme: risk register',
      'Risk ID|Risk description|Likelihood|Impact|Score|RAG|Mitigation|Risk owner|Review date|Status',
      'R-01|No supplier bids|4|5|20|Red|Second tender|Lee Moss|31/03/2027|Open',
      'R-02|Staff leave|2|2|4|Green|Exit interviews|Kim Ash|30/06/2027|Closed',
    ),
    entries: [
      {
        ...{ kind: 'risk', ref: 'R-01', text: 'No supplier bids', state: 'red' },
        ...{ score: { likelihood: 4, impact: 5 }, owner: 'Lee Moss', reviewOn: '2027-03-31' },
        ...{ mitigation: 'Second tender', isClosed: false },
      } as RegisterLayout['entries'][number],
      { kind: 'risk', ref: 'R-02', state: 'green', isClosed: true },
    ],
  },
  {
    name: 'Risks in words',
    rows: table(
      'No|Risk title|Cause|Probability|Impact|Response|Owner|Proximity',
      '1|Rain|The roof leaks|Almost certain|Minor|Tents|Lee Moss; Kim Ash|Next winter',
      '2|Mud|Rain|4 - Likely|3 (Moderate)|Boards|TBC|',
    ),
    entries: [
      {
        ...{ kind: 'risk', text: 'Rain: The roof leaks', score: { likelihood: 5, impact: 2 } },
        ...{ owner: 'Lee Moss', proximity: 'Next winter', isClosed: null },
      },
      { kind: 'risk', score: { likelihood: 4, impact: 3 }, owner: null },
    ],
  },
  {
    name: 'Inherent and residual',
    rows: table(
      'Ref|Risk|Inherent likelihood|Inherent impact|Controls|Residual likelihood|Residual impact|Target score|Owner',
      '7|Fire|5|5|Sprinklers|2|4|4|Lee Moss',
    ),
    entries: [{ kind: 'risk', score: { likelihood: 2, impact: 4 }, mitigation: 'Sprinklers' }],
  },
  {
    name: 'High and Low',
    rows: table(
      'ID|Risk|Likelihood|Impact|Mitigation|RAG',
      '1|Flood|High|Low|Pumps|Amber',
      '2|Frost|Low|Low|Salt|Green',
    ),
    entries: [
      { kind: 'risk', state: 'amber', score: null },
      { kind: 'risk', state: 'green', score: null },
    ],
    asks: ['“High” is no number from 1 to 5.', '“Low” is no number from 1 to 5.'],
  },
  {
    name: 'raid_log',
    rows: table(
      'ID|Type|Description|Owner|Date raised|Due date|Status|RAG',
      '1|Risk|Rain on the day|Lee Moss|02/11/2026|31/01/2027|Open|Amber',
      '2|Issue|The hall is shut|Kim Ash|16/11/2026|13/12/2026|In progress|Red',
      '3|Assumption|Grants go on|Kim Ash|02/11/2026||Open|',
      '4|Dependency|Permit from the city|Lee Moss|02/11/2026|28/02/2027|Open|',
      '5|Action|Order the signs|Lee Moss|16/11/2026|20/12/2026|Completed|',
      '6|Decision|Which hall|Kim Ash|16/11/2026|15/12/2026|Pending|',
    ),
    entries: [
      { kind: 'risk', state: 'amber', isClosed: false },
      { kind: 'issue', state: 'red', owner: 'Kim Ash', isClosed: false },
      { kind: 'dependency', text: 'Permit from the city', dependsOn: null },
      { kind: 'action', owner: 'Lee Moss', isClosed: true },
      { kind: 'decision', askedOf: 'Kim Ash', isClosed: false },
    ],
  },
  {
    name: 'RAID',
    rows: table(
      'Ref|RAID|Description|Owner',
      'R1|R|Rain|Lee Moss',
      'A1|A|Order signs|Lee Moss',
      'I1|I|Mud|Kim Ash',
    ),
    entries: [{ kind: 'risk' }, { kind: 'issue' }],
    asks: ['“A” has two meanings in registers'],
  },
  {
    name: 'Issues log',
    rows: table(
      'Issue ID|Issue|Severity|Raised by|Resolution plan|Assigned to|Target resolution date|Status',
      'I1|The hall is shut|Red|Kim Ash|Find another|Lee Moss|31/12/2026|Open',
    ),
    entries: [
      {
        ...{ kind: 'issue', state: 'red', mitigation: 'Find another', owner: 'Lee Moss' },
        reviewOn: '2026-12-31' as EntryRow['reviewOn'],
      },
    ],
  },
  {
    name: 'Actions log',
    rows: table(
      'No|Date|Action|Owner|Due date|Status',
      '1|16/11/2026|Order the signs|Lee Moss|20/12/2026|Open',
      '2|16/11/2026|Ring the city|Kim Ash|20/11/2026|Done',
    ),
    entries: [
      { kind: 'action', owner: 'Lee Moss', neededBy: '2026-12-20' as EntryRow['neededBy'] },
      { kind: 'action', isClosed: true },
    ],
  },
  {
    name: 'Decision log',
    rows: table(
      'No|Decision|Decided by|Date of decision|Rationale',
      '1|The north hall is let|Harbour Board|16/11/2026|Cheapest',
      '2|Which caterer|Harbour Board||',
    ),
    entries: [
      { kind: 'decision', askedOf: 'Harbour Board', isClosed: true },
      { kind: 'decision', isClosed: false },
    ],
  },
  {
    name: 'Decisions made',
    rows: table(
      'Decision No|Date|Decision|Made by|Rationale',
      'D1|16/11/2026|The north hall is let|Harbour Board|Cheapest',
    ),
    entries: [{ kind: 'decision', askedOf: 'Harbour Board', isClosed: true }],
  },
  {
    name: 'RAID log with products',
    rows: table(
      'ID|Type|Description|Owner|Impact|Likelihood|Rating|Mitigation / Action|Status',
      '1|Risk|The supplier fails|Lee Moss|4|3|12|Second supplier|Open',
      '2|Risk|The hall floods|Lee Moss|4|3|10||Open',
    ),
    entries: [
      {
        ...{ kind: 'risk', score: { likelihood: 3, impact: 4 }, mitigation: 'Second supplier' },
        ...{ state: null, rawState: '' },
      },
      { kind: 'risk', score: { likelihood: 3, impact: 4 } },
    ],
    asks: ['"10" in row 3 is no state of this programme.'],
  },
  {
    name: 'Dependencies',
    rows: table(
      'Ref|Dependency|Depends on|Project|Needed by|Status',
      'D1|Ground must be dry|City drains|2.1|28/02/2027|Open',
    ),
    entries: [{ kind: 'dependency', dependsOn: 'City drains', about: '2.1' }],
  },
  {
    name: 'Parked issues',
    rows: table(
      'Issue|Impact|Owner|Status',
      'The hall is shut|Nobody can rehearse there until May|Lee Moss|Parked',
    ),
    entries: [
      {
        ...{ kind: 'issue', isClosed: null },
        text: 'The hall is shut: Nobody can rehearse there until May',
      },
    ],
    asks: ['"Parked" in row 2 is no state of this programme.'],
  },
]
