/**
 * The columns of Milepost's own sheet, in their order: what an export writes and an import reads. Those of the plan's
 * attributes stand behind Section.
 */
export const milepostColumns = {
  what: 'What',
  ref: 'Number',
  partOf: 'Part of',
  title: 'Title',
  section: 'Section',
  sponsors: 'Sponsors',
  leads: 'Leads',
  state: 'State',
  commentary: 'Commentary',
  audience: 'Commentary for',
  tags: 'Tags',
  recommendations: 'Recommendations',
  outcomes: 'Outcomes',
  projects: 'Projects',
  text: 'As written',
  heading: 'Heading',
  earliest: 'Earliest',
  baselineDue: 'First due',
  due: 'Due',
  precision: 'Precision',
  recurrence: 'Recurrence',
  condition: 'Condition',
  done: 'Done',
  kind: 'Kind',
  polarity: 'Figure will',
  baseline: 'Baseline',
  target: 'Target',
  targetOn: 'Target day',
  frequency: 'Frequency',
  method: 'Collection method',
  nextDue: 'Next reading due',
  direction: 'Direction',
  period: 'Period',
} as const

export type MilepostColumn = keyof typeof milepostColumns

/** The heading of the states names their scheme, so that "State (BRAG)" is read again without --scheme. */
export const stateHeading = (scheme: string) => `State (${scheme})`

/** The kinds of rows, in the order in which an export writes them. */
export const rowKinds = [
  'recommendation',
  'outcome',
  'workstream',
  'project',
  'milestone',
  'measure',
  'reading',
] as const

export type RowKind = (typeof rowKinds)[number]
