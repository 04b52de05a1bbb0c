import { expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { mapTrackerColumns } from '../../../../src/features/imports/formats/tracker-headings.ts'

/** "Due: deadline" of each heading that means something. */
const meanings = (headings: string) => {
  const cells = headings.split('|').map((heading, index) => ({ index, heading, over: '' }))
  const placed = mapTrackerColumns(cells, civilDate('2026-11-29'))
  return cells.flatMap(({ heading }, at) => (placed[at] ? [`${heading}: ${placed[at]}`] : []))
}

test.each([
  [
    'Milestone|Due|Revised due|Status',
    ['Milestone: title', 'Due: deadline', 'Revised due: forecast', 'Status: status'],
  ],
  [
    'Task|Due date|Est. completion|Initial due date|Actual completion|Review date',
    [
      'Task: title',
      'Due date: deadline',
      'Est. completion: forecast',
      'Initial due date: baseline',
      'Actual completion: actual',
    ],
  ],
  [
    'Regulation|Finding|Action to be taken|Lead|Date for completion|RAG this month|RAG last month',
    [
      'Action to be taken: title',
      'Lead: leads',
      'Date for completion: deadline',
      'RAG this month: state',
    ],
  ],
  [
    'Project Name|IPA Delivery Confidence Assessment|IPA Rating Commentary|Whole Life Cost',
    [
      'Project Name: title',
      'IPA Delivery Confidence Assessment: state',
      'IPA Rating Commentary: commentary',
    ],
  ],
  // Which of several dates it is may stand behind the word.
  [
    'Milestone|Date (baseline)|Date (current)|Variance (days)',
    ['Milestone: title', 'Date (baseline): baseline', 'Date (current): forecast'],
  ],
  [
    'Task|Finish - baseline|Finish - forecast|Due date (dd/mm/yyyy)|Open/Closed|Rating',
    [
      ...['Task: title', 'Finish - baseline: baseline', 'Finish - forecast: forecast'],
      ...['Due date (dd/mm/yyyy): deadline', 'Open/Closed: status', 'Rating: state'],
    ],
  ],
  // Of the states of several months, the latest that has begun.
  [
    'Milestone|Due|RAG Sep|RAG Oct|RAG Nov|RAG Dec',
    ['Milestone: title', 'Due: deadline', 'RAG Nov: state'],
  ],
  ['Task|Q2 26/27 RAG|Q1 26/27 RAG', ['Task: title', 'Q2 26/27 RAG: state']],
  // The number of a project is no part of the plan; that of a task's project is.
  ['Project ID|Project Name|Due', ['Project ID: ref', 'Project Name: title', 'Due: deadline']],
  ['Project ID|Task Name|Due', ['Project ID: workstream', 'Task Name: title', 'Due: deadline']],
  [
    'Action|Responsible|Timeline|Progress to date',
    [
      ...['Action: title', 'Responsible: leads', 'Timeline: deadline'],
      'Progress to date: commentary',
    ],
  ],
  // Of audits, and of lists of commitments without themes.
  [
    'Rec No|Recommendation|Responsible Officer|Original target date|Revised target date|Date implemented',
    [
      ...['Rec No: ref', 'Recommendation: title', 'Responsible Officer: leads'],
      ...['Original target date: baseline', 'Revised target date: forecast'],
      'Date implemented: actual',
    ],
  ],
  [
    'Commitment|Lead officer|Timescale',
    ['Commitment: title', 'Lead officer: leads', 'Timescale: deadline'],
  ],
  // MS Project says Yes or No of each task.
  ['ID|Name|Duration|Start|Finish|Milestone', ['ID: ref', 'Name: title', 'Finish: deadline']],
  // Monday's own.
  [
    'Name|Person|Status|Timeline - Start|Timeline - End|Date',
    ['Name: title', 'Person: leads', 'Status: status', 'Timeline - End: deadline'],
  ],
  [
    'Name|Person|Status|Timeline - Start|Timeline - End|Due date',
    [
      ...['Name: title', 'Person: leads', 'Status: status', 'Timeline - End: plannedEnd'],
      'Due date: deadline',
    ],
  ],
  // What is said of a day is no day.
  [
    'Task|Due date|Reason for revised date|Forecast cost at completion|RAG commentary|New start date',
    ['Task: title', 'Due date: deadline', 'RAG commentary: commentary'],
  ],
])('%s', (headings, expected) => {
  expect(meanings(headings)).toEqual(expected)
})
