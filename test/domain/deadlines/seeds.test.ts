import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { parseDeadlines } from '../../../src/domain/deadlines/deadlines.ts'

/** "2020-01-01 to 2020-03-31 range | what it is about", one for each entry; what is noted stands in further columns. */
function read(cell: string, asOf: string): string[] {
  const entries = parseDeadlines(cell, civilDate(asOf))
  expect(entries.map(({ raw }) => raw).join('')).toBe(cell)
  return entries.map(({ earliest, due, precision, about, recurrence, condition, problem }) => {
    const days = due ? `${earliest ?? 'open'} to ${due} ${precision}` : 'none'
    const notes = [
      recurrence && `repeats ${recurrence}`,
      condition && `waits: ${condition}`,
      problem,
    ]
    return [days, about, ...notes].filter(Boolean).join(' | ')
  })
}

type Table = [cell: string, entries: string[]][]

describe('a milestone table of February 2020', () => {
  const table: Table = [
    // month and year
    ['Nov 19', ['2019-11-01 to 2019-11-30 month']],
    ['Jan 20', ['2020-01-01 to 2020-01-31 month']],
    ['By Mar 20', ['open to 2020-03-31 month']],
    ['By Dec 2019', ['open to 2019-12-31 month']],
    ['From May 20', ['2020-05-01 to 2020-05-31 month']],
    ['Apr 20.', ['2020-04-01 to 2020-04-30 month']],
    // day
    ['27th Nov 19', ['2019-11-27 to 2019-11-27 day']],
    ['Go Live 1st Apr 20', ['2020-04-01 to 2020-04-01 day | Go Live']],
    // range
    ['Jan – Mar 20', ['2020-01-01 to 2020-03-31 range']],
    ['Apr-Jun 20', ['2020-04-01 to 2020-06-30 range']],
    ['Feb/Mar 20', ['2020-02-01 to 2020-03-31 range']],
    ['By Feb/Mar 20', ['open to 2020-03-31 range']],
    ['Oct/Nov 19.', ['2019-10-01 to 2019-11-30 range']],
    ['Oct 19 – Oct 20', ['2019-10-01 to 2020-10-31 range']],
    ['Oct 21 – Mar 23', ['2021-10-01 to 2023-03-31 range']],
    ['Apr 21 – Oct 22', ['2021-04-01 to 2022-10-31 range']],
    ['Apr 23 – Sep 24', ['2023-04-01 to 2024-09-30 range']],
    // list: one occurrence each
    [
      'Quarterly reporting Jul 20 / Oct 20 / Jan 21 / Apr 21',
      [
        '2020-07-01 to 2020-07-31 month | Quarterly reporting',
        '2020-10-01 to 2020-10-31 month | Quarterly reporting',
        '2021-01-01 to 2021-01-31 month | Quarterly reporting',
        '2021-04-01 to 2021-04-30 month | Quarterly reporting',
      ],
    ],
    ['Jun 20 & Sep 20', ['2020-06-01 to 2020-06-30 month', '2020-09-01 to 2020-09-30 month']],
    // financial year
    ['19/20', ['2019-04-01 to 2020-03-31 range']],
    ['20/21', ['2020-04-01 to 2021-03-31 range']],
    ['2020 training. 20/21', ['2020-04-01 to 2021-03-31 range | 2020 training.']],
    [
      'Guidance for 16/17 yr. old.\n20/21',
      ['2020-04-01 to 2021-03-31 range | Guidance for 16/17 yr. old.'],
    ],
    // the date behind its text
    ['To be reviewed May 20', ['2020-05-01 to 2020-05-31 month | To be reviewed']],
    ['Tool built.* Mar 20', ['2020-03-01 to 2020-03-31 month | Tool built.*']],
    ['Post filled. Feb 20', ['2020-02-01 to 2020-02-29 month | Post filled.']],
    ['Team in post\nJan 20', ['2020-01-01 to 2020-01-31 month | Team in post']],
    [
      'Scoping Nov 19. Implementation Jan 20',
      [
        '2019-11-01 to 2019-11-30 month | Scoping',
        '2020-01-01 to 2020-01-31 month | Implementation',
      ],
    ],
    [
      'Evaluation Oct 21. Planning of the next year. Apr 22',
      [
        '2021-10-01 to 2021-10-31 month | Evaluation',
        '2022-04-01 to 2022-04-30 month | Planning of the next year.',
      ],
    ],
    [
      'Team in post\nJan 20\n\nCases allocated\nFeb 20',
      [
        '2020-01-01 to 2020-01-31 month | Team in post',
        '2020-02-01 to 2020-02-29 month | Cases allocated',
      ],
    ],
    // what it waits for
    [
      '* May 2020 Subject to other priorities.',
      [
        '2020-05-01 to 2020-05-31 month | Subject to other priorities. | waits: Subject to other priorities',
      ],
    ],
    [
      'Award subject to final negotiation Jan 20',
      [
        '2020-01-01 to 2020-01-31 month | Award subject to final negotiation | waits: subject to final negotiation',
      ],
    ],
    [
      'Bid made.\nBy Nov 19\n\nNext steps: Pending decision from DfE.',
      [
        'open to 2019-11-30 month | Bid made.',
        'none | Next steps: Pending decision from DfE. | waits: Pending decision from DfE',
      ],
    ],
    // no date
    ['Year on year', ['none | Year on year | repeats Year on year']],
    [
      'Reports to the group Year on year',
      ['none | Reports to the group Year on year | repeats Year on year'],
    ],
    ['Summer campaign', ['none | Summer campaign']],
    [
      'Pending decision from DfE',
      ['none | Pending decision from DfE | waits: Pending decision from DfE'],
    ],
  ]
  test.each(table)('%j', (cell, entries) => {
    expect(read(cell, '2020-01-21')).toEqual(entries)
  })
})

describe('an action plan of May 2018', () => {
  const table: Table = [
    ['1st June 2018', ['2018-06-01 to 2018-06-01 day']],
    ['31st March 2019', ['2019-03-31 to 2019-03-31 day']],
    [
      'a) 31st May 2018 b) 1st June 2018 c) 1st June 2018',
      [
        '2018-05-31 to 2018-05-31 day | a)',
        '2018-06-01 to 2018-06-01 day | b)',
        '2018-06-01 to 2018-06-01 day | c)',
      ],
    ],
    [
      'a) 30th April 2018 b)30th April 2018 c)presented to LSCB in July 2018 d) 30th April 2018',
      [
        '2018-04-30 to 2018-04-30 day | a)',
        '2018-04-30 to 2018-04-30 day | b)',
        '2018-07-01 to 2018-07-31 month | c) presented to LSCB',
        '2018-04-30 to 2018-04-30 day | d)',
      ],
    ],
    [
      '1) 10 March 2018 2) 30 September 2018',
      ['2018-03-10 to 2018-03-10 day | 1)', '2018-09-30 to 2018-09-30 day | 2)'],
    ],
    ['Developed during the 2018/2019 year', ['2018-04-01 to 2019-03-31 range | Developed']],
    [
      'Incremental during 2018/19 -see KPIs for targets',
      ['2018-04-01 to 2019-03-31 range | Incremental -see KPIs for targets'],
    ],
    [
      'Local Offer - 30th September 2018 Survey completed - end March 2019',
      [
        '2018-09-30 to 2018-09-30 day | Local Offer',
        '2019-03-01 to 2019-03-31 month | Survey completed',
      ],
    ],
    [
      'June 2018 - 80% December 2018 - 90% March 2019 - 95%',
      [
        '2018-06-01 to 2018-06-30 month | 80%',
        '2018-12-01 to 2018-12-31 month | 90%',
        '2019-03-01 to 2019-03-31 month | 95%',
      ],
    ],
  ]
  test.each(table)('%j', (cell, entries) => {
    expect(read(cell, '2018-05-04')).toEqual(entries)
  })
})

describe('commitments of autumn 2016', () => {
  const table: Table = [
    ['Planned by end of September 2016', ['open to 2016-09-30 month | Planned']],
    ['By the end of October 2016.', ['open to 2016-10-31 month']],
    ['Completion date October 2016', ['2016-10-01 to 2016-10-31 month | Completion date']],
    [
      'Due to be launched in September 2016.',
      ['2016-09-01 to 2016-09-30 month | Due to be launched'],
    ],
    ['Completed end of September', ['2016-09-01 to 2016-09-30 month | Completed']],
    ['Interviews mid-September 2016', ['2016-09-11 to 2016-09-20 range | Interviews']],
    ['Operational from August 2016', ['2016-08-01 to 2016-08-31 month | Operational']],
    ['Presented on 6 September 2016', ['2016-09-06 to 2016-09-06 day | Presented']],
    ['April 2016 – August 2016', ['2016-04-01 to 2016-08-31 range']],
    [
      'during September and October 2016',
      ['2016-09-01 to 2016-09-30 month', '2016-10-01 to 2016-10-31 month'],
    ],
    ['By April 2017', ['open to 2017-04-30 month']],
    ['Outcome is pending', ['none | Outcome is pending']],
  ]
  test.each(table)('%j', (cell, entries) => {
    expect(read(cell, '2016-10-05')).toEqual(entries)
  })
})

describe('a quarterly update of December 2018', () => {
  const table: Table = [
    ['Q2 July – September 2018', ['2018-07-01 to 2018-09-30 range']],
    ['Survey runs again in Feb/March 2019', ['2019-02-01 to 2019-03-31 range | Survey runs again']],
    ['December/January', ['2018-12-01 to 2019-01-31 range']],
    ['Next meeting in November', ['2018-11-01 to 2018-11-30 month | Next meeting']],
    ['Discussed on the 5th November 2018', ['2018-11-05 to 2018-11-05 day | Discussed']],
    ['Sept 2018', ['2018-09-01 to 2018-09-30 month']],
    ['Quarterly', ['none | Quarterly | repeats Quarterly']],
    ['Six monthly', ['none | Six monthly | repeats Six monthly']],
    ['Annually (baseline in place)', ['none | Annually (baseline in place) | repeats Annually']],
    ['65% (August 2018)', ['none | 65% (August 2018)']],
  ]
  test.each(table)('%j', (cell, entries) => {
    expect(read(cell, '2018-12-07')).toEqual(entries)
  })
})

describe('a cabinet paper of February 2017', () => {
  const table: Table = [
    [
      'To be finalised pending decision at the Board (28 Feb)',
      [
        'none | To be finalised pending decision at the Board (28 Feb) | waits: pending decision at the Board (28 Feb)',
      ],
    ],
    [
      'Pending a decision by the board on 28 Feb',
      [
        'none | Pending a decision by the board on 28 Feb | waits: Pending a decision by the board on 28 Feb',
      ],
    ],
    [
      '30 Apr - Review the quarterly report',
      ['2017-04-30 to 2017-04-30 day | Review the quarterly report'],
    ],
    ['ТВС', ['none']], // Cyrillic
    ['ΤΒϹ', ['none']], // Greek
  ]
  test.each(table)('%j', (cell, entries) => {
    expect(read(cell, '2017-02-24')).toEqual(entries)
  })
})
