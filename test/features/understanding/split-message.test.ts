import { expect, test } from '@jest/globals'
import { splitMessage } from '../../../src/features/understanding/split-message.ts'

test.each([
  ['1.2 green\n1.1 green', ['1.2 green', '1.1 green']],
  [
    '1.2 green\r\n\r\n1.1 amber late green by 3 May\n',
    ['1.2 green', '1.1 amber late green by 3 May'],
  ],
  ['• 1.2 is green\n• 1.1: no change', ['• 1.2 is green', '• 1.1: no change']],
  [
    'done 2.1 1\nmove 2.1 2 to 3 May because late',
    ['done 2.1 1', 'move 2.1 2 to 3 May because late'],
  ],
  [
    'add workstream Practice as 2\nset workstream 2 leads to Asha Verity\nkpi 3 58.6%\ntag 2.1 Ofsted',
    [
      'add workstream Practice as 2',
      'set workstream 2 leads to Asha Verity',
      'kpi 3 58.6%',
      'tag 2.1 Ofsted',
    ],
  ],
  // what goes on with the line before
  ['2.1 amber we\nset up a team', ['2.1 amber we\nset up a team']],
  [
    '2.1 amber the supplier\nis late\ngreen by 3 May',
    ['2.1 amber the supplier\nis late\ngreen by 3 May'],
  ],
  [
    '2.1 amber because\n1. no supplier\n2. no budget',
    ['2.1 amber because\n1. no supplier\n2. no budget'],
  ],
  // several things in one line, where none has a word that may be about another
  ['2.1 and 2.2 are green', ['2.1 are green', '2.2 are green']],
  ['2.1, 2.2 & 7.1 green', ['2.1 green', '2.2 green', '7.1 green']],
  ['Hi Milepost, 2.1 green, 2.2 no change', ['2.1 green', '2.2 no change']],
  ['2.1 green; done 2.3 1, 2.', ['2.1 green', 'done 2.3 1', 'done 2.3 2']],
  ['no change on 2.1 and 2.2', ['no change 2.1', 'no change 2.2']],
  ['2.1 amber late, 2.2 green', ['2.1 amber late, 2.2 green']],
  ['2.1 amber and 2 posts vacant', ['2.1 amber and 2 posts vacant']],
  ['2.1 green, thanks to 2.2', ['2.1 green, thanks to 2.2']],
  ['2.1 green', ['2.1 green']],
  ['', []],
])('%j', (message, things) => {
  expect(splitMessage(message)).toEqual(things)
})
