import { expect, test } from '@jest/globals'
import { parseDetails } from '../../../../src/features/plan-editing/measures/parse-details.ts'

const names = ['target', 'target day', 'baseline', 'how often', 'how collected', 'projects', 'by']

test.each([
  ['target 65%', [['target', '65%']]],
  ['Target: 65%', [['target', '65%']]],
  [
    'target is 65%, how often quarterly',
    [
      ['target', '65%'],
      ['how often', 'quarterly'],
    ],
  ],
  [
    'target 65% and baseline to 58.4%',
    [
      ['target', '65%'],
      ['baseline', '58.4%'],
    ],
  ],
  [
    'target day 31 Mar 2018; target 65%',
    [
      ['target day', '31 Mar 2018'],
      ['target', '65%'],
    ],
  ],
  // A figure with a comma, a list and a sentence are one value each.
  [
    'baseline 1,204, by 31 Mar',
    [
      ['baseline', '1,204'],
      ['by', '31 Mar'],
    ],
  ],
  ['projects 2.1, 2.2 and 3.1', [['projects', '2.1, 2.2 and 3.1']]],
  ['how collected by post, and by visit', [['how collected', 'by post, and by visit']]],
  [
    'how collected survey of parents and carers',
    [['how collected', 'survey of parents and carers']],
  ],
  // What is none of its names is kept for the refusal.
  ['targets 65%', [['', 'targets 65%']]],
  ['', [['', '']]],
])('%j', (text, expected) => {
  expect(parseDetails(text, names).map(({ name, text: value }) => [name, value])).toEqual(expected)
})
