import { expect, test } from '@jest/globals'
import { headingBlock, type PaperBlock, paper, paragraph } from '../../../src/base/papers/paper.ts'
import { diffPapers } from '../../../src/domain/papers/diff-papers.ts'

const paperOf = (...blocks: PaperBlock[]) => paper.parse({ title: 'Overview', facts: [], blocks })

const table = (...rows: readonly (readonly string[])[]): PaperBlock => ({
  kind: 'table',
  caption: 'Projects',
  columns: [
    { heading: 'Project', share: 2 },
    { heading: 'Milestone', share: 2 },
    { heading: 'Rating', share: 1 },
  ],
  rows: rows.map((row) => row.map((text) => ({ text }))),
})
const under = (...blocks: PaperBlock[]) => paperOf(headingBlock(1, 'Ratings'), ...blocks)

test.each([
  ['nothing', under(table(['1.1', 'Pages', 'Red'])), under(table(['1.1', 'Pages', 'Red'])), []],
  [
    'a cell, by its row and column',
    under(table(['1.1', 'Pages', 'Red'], ['1.2', 'Tool', 'Green'])),
    under(table(['1.1', 'Pages', 'Amber'], ['1.2', 'Tool', 'Green'])),
    ['Ratings, 1.1, Rating: was “Red”, is “Amber”.'],
  ],
  [
    'rows that came and went, also where the first cell is the same',
    under(table(['1.1', 'Pages', 'Red'], ['1.1', 'Tool', 'Red'])),
    under(table(['1.1', 'Pages', 'Red'], ['1.1', 'Plan', 'Red'])),
    ['Ratings, new: 1.1, Plan.', 'Ratings, not there any more: 1.1, Tool.'],
  ],
  [
    'a table where there was a sentence that there is none',
    under({ kind: 'missing', text: 'No risk is open.' }),
    under(table(['1.1', 'Pages', 'Red'])),
    ['Ratings, new: Projects.', 'Ratings, not there any more: No risk is open.'],
  ],
  [
    'lines and whole parts',
    paperOf(headingBlock(1, 'Notes'), paragraph('One.'), headingBlock(1, 'Later')),
    paperOf(headingBlock(1, 'Notes'), paragraph('Two.'), headingBlock(1, 'Money')),
    [
      ...['Notes, new: Two.', 'Notes, not there any more: One.'],
      ...['Not there any more: Later.', 'New: Money.'],
    ],
  ],
])('what is otherwise in a paper: %s', (_, then, now, changes) => {
  expect(diffPapers(then, now)).toEqual(changes)
})
