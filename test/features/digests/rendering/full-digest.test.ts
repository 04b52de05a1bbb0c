import { describe, expect, test } from '@jest/globals'
import { expandCard } from '../../../../src/chat/cards.ts'
import { toMessage } from '../../../../src/platforms/slack/converter/message.ts'
import { aDecision, aDependency, aHeadline, aRisk } from '../../../support/register.ts'
import {
  assessments,
  cardsOf,
  carers,
  families,
  front,
  saidOn,
  site,
  standards,
  textOf,
  type Week,
} from './sample-weeks.ts'

/** Digests as people read them: what stands first, in which words, on both platforms. */

const workstreams = [
  { ref: '1', title: 'Practice' },
  { ref: '2', title: 'Families' },
]

/** Four weeks of five projects, in which everything happens that a digest can tell. */
const story: readonly Week[] = [
  {
    asAt: '2017-02-06',
    workstreams,
    projects: [
      standards(saidOn('2017-02-03', 'amber')),
      assessments(saidOn('2017-02-03', 'green')),
      families(saidOn('2017-02-03', 'amber')),
      front(saidOn('2017-02-03', 'green')),
      carers(saidOn('2017-02-01', 'green')),
    ],
  },
  {
    asAt: '2017-02-13',
    workstreams,
    projects: [
      standards(saidOn('2017-02-10', 'red', site)),
      assessments(saidOn('2017-02-10', 'green')),
      families(saidOn('2017-02-10', 'amber')),
      front(saidOn('2017-02-10', 'green'), {
        milestones: [
          { about: 'One number for everyone', due: '2017-03-03' },
          { about: 'Rota agreed', due: '2017-02-24' },
          { about: 'Opening hours on the web', due: '2017-02-10' },
        ],
      }),
      carers(saidOn('2017-02-01', 'green')),
    ],
    register: [aHeadline(1, { text: 'The inspectors come in May', onDay: '2017-02-10' })],
  },
  {
    asAt: '2017-02-27',
    workstreams,
    projects: [
      standards(saidOn('2017-02-24', 'red', site)),
      assessments(saidOn('2017-02-24', 'amber', { reason: 'The partner left' })),
      families(saidOn('2017-02-24', 'green', { reason: 'Every family was asked' }), {
        milestones: [{ about: 'First survey', due: '2017-02-24', doneOn: '2017-02-23' }],
      }),
      front(saidOn('2017-02-10', 'green'), {
        milestones: [
          {
            about: 'One number for everyone',
            due: '2017-05-31',
            moves: [
              { from: '2017-02-17', to: '2017-03-03', onDay: '2017-01-20', reason: 'Late tender' },
              { from: '2017-03-03', to: '2017-05-31', onDay: '2017-02-22', reason: 'No bids' },
            ],
          },
          { about: 'Rota agreed', due: '2017-02-24' },
          { about: 'Opening hours on the web', due: '2017-02-10' },
          { about: 'Leaflets printed', due: '2017-03-10', atRisk: 'The printer moves' },
          { about: 'Staff briefed', due: '2017-06-30', atRisk: 'Nobody to brief them' },
        ],
      }),
      carers(saidOn('2017-02-01', 'green')),
    ],
    register: [
      aHeadline(1, { text: 'The inspectors come in May', onDay: '2017-02-10' }),
      aHeadline(2, { text: 'Families wait three days less', onDay: '2017-02-24' }),
      aDecision(1, '2017-03-06', {
        text: 'Which partner gives the training',
        askedOf: 'the Cabinet Member',
        project: { id: '1.2', ref: '1.2', title: 'Better assessments' },
      }),
      aDecision(2, '2017-02-24', { text: 'Whether the board meets in May', project: null }),
      aRisk(1, 'red', {
        text: 'Two social workers may leave',
        mitigation: 'Retention offer',
        project: { id: '2.2', ref: '2.2', title: 'The front door' },
      }),
      aDependency(1, '1.1', {
        text: 'The pages are needed for training',
        project: { id: '1.2', ref: '1.2', title: 'Better assessments' },
      }),
    ],
  },
]

describe('a digest in which everything happens', () => {
  const [root, ...thread] = cardsOf(...story)

  test('begins with what is worse, better, overdue, moved and to decide', () => {
    expect(textOf(root)).toMatchInlineSnapshot(`
"Weekly digest as at Mon 27 Feb 2017
Better Together
Overall ◆ Red for 2 rounds
◆ Red 1  ▲ Amber 1  ● Green 3
Since Mon 13 Feb 2017: 1 date moved.
3 of 5 projects updated since Mon 13 Feb 2017.

Decisions needed (2)
Decision 2  Whether the board meets in May; needed 3 days ago
[Decide]
Decision 1: 1.2 Better assessments  Which partner gives the training; needed from the Cabinet Member by Mon 6 Mar 2017
[Decide]

Worse (1)
1.2 Better assessments  ▲ Amber, from Green. ben: The partner left

Newly overdue (1)
2.2 The front door  2. Rota agreed. dev: 3 days overdue

Better (1): 2.1 Hearing from families ● Green
Finished (1): 2.1 First survey
Still overdue (1): 2.2 Opening hours on the web 17 days, dev

In the thread: all of this in full, 2 workstreams, 1 still Red and 7 other entries.
[Ask] [Open project] [Follow]"
`)
  })

  test('continues in the thread: the programme, then workstream by workstream', () => {
    expect(thread.map(textOf).join('\n\n----\n\n')).toMatchInlineSnapshot(`
"More as at Mon 27 Feb 2017, part 1 of 2

Workstreams
1 Practice  ◆ Red for 2 rounds (R, was R A): Red 1, Amber 1, Green 0
2 Families  ● Green, better, from Amber (G, was A A): Red 0, Amber 0, Green 3

Decisions needed
Decision 2
Whether the board meets in May
3 days overdue: was needed by Fri 24 Feb 2017

Headlines
Headline 2
Families wait three days less
1 Practice  ◆ Red for 2 rounds (R, was R A): Red 1, Amber 1, Green 0

Decisions needed
Decision 1: 1.2 Better assessments  ▲ Amber, worse, from Green (A, was G G)
Which partner gives the training
Needed by Mon 6 Mar 2017, from: the Cabinet Member

Worse
1.2 Better assessments  ▲ Amber, worse, from Green (A, was G G)
The partner left
No way back to Green given

Still ◆ Red
1.1 Practice standards online  ◆ Red for 2 rounds (R, was R A)
The site cannot hold restricted pages. Back to Green by Fri 31 Mar 2017: the new site is tested

Held up by another project
Dependency 1: 1.2 Better assessments  ▲ Amber, worse, from Green (A, was G G)
The pages are needed for training
1.1 Practice standards online is ◆ Red
2 Families  ● Green, better, from Amber (G, was A A): Red 0, Amber 0, Green 3

Newly overdue
2.2 The front door  ● Green for 3 rounds (G, was G G)
2. Rota agreed: was due Fri 24 Feb 2017

Better
2.1 Hearing from families  ● Green, better, from Amber (G, was A A)
Every family was asked

Finished
2.1 Hearing from families  ● Green, better, from Amber (G, was A A)
1. First survey: done Thu 23 Feb 2017

Still overdue
2.2 The front door  ● Green for 3 rounds (G, was G G)
3. Opening hours on the web: was due Fri 10 Feb 2017

Dates that moved
2.2 The front door  ● Green for 3 rounds (G, was G G)
1. One number for everyone: was Fri 17 Feb 2017, moved twice, now Wed 31 May 2017: No bids

Not listed: 1 Green unchanged (/rag projects green); 1 milestone due after Mon 13 Mar 2017 (/rag due 365).

----

More as at Mon 27 Feb 2017, part 2 of 2
2 Families  ● Green, better, from Amber (G, was A A): Red 0, Amber 0, Green 3

Due by Mon 13 Mar 2017
2.2 The front door  ● Green for 3 rounds (G, was G G)
4. Leaflets printed: due Fri 10 Mar 2017
At risk: The printer moves

No update for 3 weeks
2.3 More foster carers  ● Green for 3 rounds (G, was G G), unconfirmed
Last update 26 days ago, on Wed 1 Feb 2017

Risks
Risk 1: 2.2 The front door  ◆ Red, new
Two social workers may leave
Mitigated by: Retention offer

Milestones at risk
2.2 The front door  ● Green for 3 rounds (G, was G G)
5. Staff briefed: due Fri 30 Jun 2017
At risk: Nobody to brief them"
`)
  })

  test('is one sentence in a notification', () => {
    expect(expandCard(root).fallbackText).toMatchInlineSnapshot(
      `"Weekly digest as at Mon 27 Feb 2017: 1 project got worse, 1 project got better, 1 milestone newly overdue, 1 date moved and 1 milestone finished since Mon 13 Feb 2017; 2 decisions are needed."`,
    )
  })

  test.each([root, ...thread].map((card, at) => [at + 1, expandCard(card)] as const))(
    'message %i looks so in Teams, and so in Slack',
    (_, card) => {
      expect(card).toMatchSnapshot('Teams')
      expect(toMessage(card)).toMatchSnapshot('Slack')
    },
  )
})
