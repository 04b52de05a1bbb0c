/**
 * Headings, folded, that mean the same in every sheet. A format adds those of its own kind of sheet.
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
