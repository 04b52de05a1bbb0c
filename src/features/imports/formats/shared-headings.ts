/**
 * Headings, folded, that mean the same in whatever sheet they stand. A format names those that its own kind of sheet
 * adds.
 */
export const sharedHeadings = {
  ref: ['ref', 'reference'],
  area: ['workstream', 'area'],
  leads: ['lead', 'leads'],
  owners: ['owner', 'owners', 'lead officer'],
  deadline: ['deadline', 'due', 'due date', 'by when'],
  state: ['rag', 'rag rating', 'brag', 'brag rating', 'status'],
  commentary: ['commentary', 'comments', 'comment'],
  measures: ['measure', 'measures', 'kpi', 'kpis'],
  outcomes: ['outcome', 'outcomes'],
} as const
