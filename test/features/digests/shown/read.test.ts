import { describe, expect, test } from '@jest/globals'
import { type CivilDate, civilDate } from '../../../../src/base/dates.ts'
import { type Card, expand } from '../../../../src/chat/cards.ts'
import { plainText } from '../../../../src/chat/plain.ts'
import { composeDigest } from '../../../../src/features/digests/content/compose.ts'
import {
  type DigestContent,
  digestContent,
} from '../../../../src/features/digests/content/content.ts'
import { fitDigest } from '../../../../src/features/digests/shown/fit.ts'
import type { Entry } from '../../../../src/features/register/entry.ts'
import { toMessage } from '../../../../src/platforms/slack/converter/message.ts'
import { aPlan, type PlanSketch, type ProjectSketch } from '../../../support/plans.ts'
import { aDecision, aDependency, aHeadline, aRisk } from '../../../support/register.ts'

/** Digests as people read them: what stands first, in which words, on both platforms. */

interface Week extends PlanSketch {
  readonly asAt: string
  readonly register?: readonly Entry[]
}

/** One digest after another, each compared with the one before as that was frozen. The last one. */
function lastOf(weeks: readonly Week[]): DigestContent {
  let last: DigestContent | null = null
  for (const { register = [], ...sketch } of weeks) {
    const since: CivilDate = last?.asAt ?? civilDate('2017-01-30')
    const content = composeDigest({ plan: aPlan(sketch), register, previous: last, since })
    last = digestContent.parse(JSON.parse(JSON.stringify(content)))
  }
  if (!last) throw new Error('A story without a week')
  return last
}

const cardsOf = (...weeks: readonly Week[]) => fitDigest(lastOf(weeks), '/rag')
const textOf = (card: Card | undefined) => (card ? plainText(expand(card)) : '')

type Updates = ProjectSketch['updates']
const saidOn = (onDay: string, state: string, more: object = {}): NonNullable<Updates> => [
  { state, onDay, ...more },
]

const standards = (updates: Updates): ProjectSketch => ({
  ...{ ref: '1.1', title: 'Practice standards online', updates },
})
const assessments = (updates: Updates): ProjectSketch => ({
  ...{ ref: '1.2', title: 'Better assessments', updates },
})
const families = (updates: Updates, more: Partial<ProjectSketch> = {}): ProjectSketch => ({
  ...{ ref: '2.1', title: 'Hearing from families', updates, ...more },
})
const front = (updates: Updates, more: Partial<ProjectSketch> = {}): ProjectSketch => ({
  ...{ ref: '2.2', title: 'The front door', updates, ...more },
})
const carers = (updates: Updates): ProjectSketch => ({
  ...{ ref: '2.3', title: 'More foster carers', updates },
})

const site = {
  reason: 'The site cannot hold restricted pages',
  greenBy: '2017-03-31',
  path: 'the new site is tested',
}
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

  test('says first what is worse, better, late, moved and asked', () => {
    expect(textOf(root)).toMatchInlineSnapshot(`
"Weekly digest as at Mon 27 Feb 2017
Better Together
Overall ◆ Red for 2 rounds (R, was R A)
◆ Red 1 (was 1)  ▲ Amber 1 (was 1)  ● Green 3 (was 3)
1 project got worse, 1 project got better, 1 milestone newly late, 1 date moved and 1 milestone finished since Mon 13 Feb 2017; 2 decisions are needed.
3 of 5 projects updated since Mon 13 Feb 2017.
To decide, no path to green is given: Amber 1.2.

Worse (1)
1.2 Better assessments  ▲ Amber, worse, from Green (A, was G G)
The partner left
No path to green given

Better (1)
2.1 Hearing from families  ● Green, better, from Amber (G, was A A)
Every family was asked

Newly late (1)
2.2 The front door  ● Green for 3 rounds (G, was G G)
2. Rota agreed: was due Fri 24 Feb 2017

Dates that moved (1)
2.2 The front door  ● Green for 3 rounds (G, was G G)
1. One number for everyone: was Fri 17 Feb 2017, moved twice, now Wed 31 May 2017: No bids

Still ◆ Red (1)
1.1 Practice standards online  ◆ Red for 2 rounds (R, was R A)
The site cannot hold restricted pages. Green by Fri 31 Mar 2017: the new site is tested

Decisions needed (2)
Decision 2
Whether the board meets in May
3 days overdue: was needed by Fri 24 Feb 2017
Decision 1: 1.2 Better assessments  ▲ Amber, worse, from Green (A, was G G)
Which partner gives the training
Needed by Mon 6 Mar 2017, from: the Cabinet Member

Due by Mon 13 Mar 2017 (1)
2.2 The front door  ● Green for 3 rounds (G, was G G)
4. Leaflets printed: due Fri 10 Mar 2017
At risk: The printer moves

Gone quiet (1)
2.3 More foster carers  ● Green for 3 rounds (G, was G G), unconfirmed
Last update 26 days ago, on Wed 1 Feb 2017

Finished (1)
2.1 Hearing from families  ● Green, better, from Amber (G, was A A)
1. First survey: done Thu 23 Feb 2017

Headlines (1)
Headline 2
Families wait three days less

Held up by another project (1)
Dependency 1: 1.2 Better assessments  ▲ Amber, worse, from Green (A, was G G)
The pages are needed for training
1.1 Practice standards online is ◆ Red

Risks (1)
Risk 1: 2.2 The front door  ◆ Red, new
Two social workers may leave
Mitigated by: Retention offer

In the thread: how each of 2 workstreams stands; by workstream 1 milestone late already last time and 1 milestone at risk.
Not listed: 1 Green unchanged (/rag projects green); 1 milestone due after Mon 13 Mar 2017 (/rag due 365).
[Ask] [Decide] [Open project] [Follow]"
`)
  })

  test('goes on in the thread: the programme, then workstream by workstream', () => {
    expect(thread.map(textOf).join('\n\n----\n\n')).toMatchInlineSnapshot(`
"More as at Mon 27 Feb 2017, part 1 of 2

Workstreams
1 Practice  ◆ Red for 2 rounds (R, was R A): Red 1, Amber 1, Green 0
2 Families  ● Green, better, from Amber (G, was A A): Red 0, Amber 0, Green 3

----

More as at Mon 27 Feb 2017, part 2 of 2
2 Families  ● Green, better, from Amber (G, was A A): Red 0, Amber 0, Green 3

Late already last time
2.2 The front door  ● Green for 3 rounds (G, was G G)
3. Opening hours on the web: was due Fri 10 Feb 2017

Milestones at risk
2.2 The front door  ● Green for 3 rounds (G, was G G)
5. Staff briefed: due Fri 30 Jun 2017
At risk: Nobody to brief them"
`)
  })

  test('is one sentence in a notification', () => {
    expect(expand(root).fallbackText).toMatchInlineSnapshot(
      `"Weekly digest as at Mon 27 Feb 2017: 1 project got worse, 1 project got better, 1 milestone newly late, 1 date moved and 1 milestone finished since Mon 13 Feb 2017; 2 decisions are needed."`,
    )
  })

  test.each([root, ...thread].map((card, at) => [at + 1, expand(card)] as const))(
    'message %i looks so in Teams, and so in Slack',
    (_, card) => {
      expect(card).toMatchSnapshot('Teams')
      expect(toMessage(card)).toMatchSnapshot('Slack')
    },
  )
})

describe('a week with little to tell', () => {
  const calm = (asAt: string, onDay: string): Week => ({
    asAt,
    projects: [standards(saidOn(onDay, 'green')), families(saidOn(onDay, 'green'))],
  })

  test('and nothing ahead says so in one line, and has no thread', () => {
    const [root, ...thread] = cardsOf(
      calm('2017-02-20', '2017-02-17'),
      calm('2017-02-27', '2017-02-24'),
    )
    expect(textOf(root)).toMatchInlineSnapshot(`
"Weekly digest as at Mon 27 Feb 2017
Better Together
Overall ● Green for 2 rounds (G, was G)
◆ Red 0 (was 0)  ▲ Amber 0 (was 0)  ● Green 2 (was 2)
Nothing moved since Mon 20 Feb 2017, nothing is due by Mon 13 Mar 2017 and nothing is asked.
2 of 2 projects updated since Mon 20 Feb 2017.

Not listed: 2 Greens unchanged (/rag projects green).
[Ask] [Open project] [Follow]"
`)
    expect(thread).toEqual([])
  })

  test('and no update at all says so, and nothing of it is taken for news', () => {
    const [root] = cardsOf(calm('2017-02-20', '2017-02-17'), calm('2017-02-27', '2017-02-17'))
    expect(textOf(root)).toMatchInlineSnapshot(`
"Weekly digest as at Mon 27 Feb 2017
Better Together
Overall ● Green for 2 rounds (G, was G)
◆ Red 0 (was 0)  ▲ Amber 0 (was 0)  ● Green 2 (was 2)
Nothing moved since Mon 20 Feb 2017, nothing is due by Mon 13 Mar 2017 and nothing is asked.
No project was updated since Mon 20 Feb 2017.

Not listed: 2 Greens unchanged (/rag projects green).
[Ask] [Open project] [Follow]"
`)
  })
})

describe('a programme', () => {
  test('without a project', () => {
    expect(cardsOf({ asAt: '2017-02-27' }).map(textOf)).toMatchInlineSnapshot(`
[
  "Weekly digest as at Mon 27 Feb 2017
Better Together
◆ Red 0  ▲ Amber 0  ● Green 0
There is no project in the plan yet.
[Ask] [Open project] [Follow]",
]
`)
  })

  test('of which nothing is rated is never Green', () => {
    const projects = [standards([]), families([])]
    expect(cardsOf({ asAt: '2017-02-27', projects }).map(textOf)).toMatchInlineSnapshot(`
[
  "Weekly digest as at Mon 27 Feb 2017
Better Together
◆ Red 0  ▲ Amber 0  ● Green 0  ○ Not rated 2
The first digest: nothing to compare with yet. No project is rated yet.
No project was updated since Mon 30 Jan 2017.

Not listed: 2 projects without a rating (/rag projects not rated).
[Ask] [Open project] [Follow]",
]
`)
  })

  test('of one project', () => {
    const projects = [standards(saidOn('2017-02-24', 'red', site))]
    expect(cardsOf({ asAt: '2017-02-27', projects }).map(textOf)).toMatchInlineSnapshot(`
[
  "Weekly digest as at Mon 27 Feb 2017
Better Together
Overall ◆ Red (R)
◆ Red 1  ▲ Amber 0  ● Green 0
The first digest: nothing to compare with yet.
1 of 1 project updated since Mon 30 Jan 2017.

◆ Red (1)
1.1 Practice standards online  ◆ Red (R)
The site cannot hold restricted pages. Green by Fri 31 Mar 2017: the new site is tested
[Ask] [Open project] [Follow]",
]
`)
  })

  test('that rates milestones alone has the colours they come to', () => {
    const milestones = [{ due: '2017-06-30', rating: 'amber' }]
    const projects = [{ ...standards([]), milestones }]
    const [root, part] = cardsOf({ asAt: '2017-02-27', projects })
    expect(textOf(root)).toContain('Overall ▲ Amber (A)\n◆ Red 0  ▲ Amber 1  ● Green 0\n')
    expect(textOf(part)).toContain('▲ Amber (A)\nAs its milestones are rated')
  })
})

describe('what stands beside', () => {
  const project = standards(saidOn('2017-02-24', 'green'))
  const compose = (more: object) =>
    composeDigest({
      plan: aPlan({
        asAt: '2017-02-27',
        projects: [project],
        people: [{ id: 'helen', name: 'Helen Tarrant' }],
      }),
      ...{ register: [], previous: null, since: civilDate('2017-02-20'), ...more },
    })
  const rootOf = (content: DigestContent) => textOf(fitDigest(content, '/rag')[0])

  test('a project, such as a second rating, is shown with it even where it is Green', () => {
    const beside = new Map([['1.1', ['Assurance: ▲ Amber, because two audits are open']]])
    expect(rootOf(compose({ beside }))).toContain(
      [
        'Questions and other views (1)',
        '1.1 Practice standards online  ● Green (G)',
        'Assurance: ▲ Amber, because two audits are open',
      ].join('\n'),
    )
  })

  test('a colour that two people set is what it rolls up to, and why', () => {
    const on = civilDate('2017-02-20')
    const at = new Date('2017-02-20T12:00:00Z')
    const overrides = [
      {
        ...{ id: 'o1', workstreamId: null, state: 'red', reason: 'The inspection begins' },
        ...{ byId: 'helen', onDay: on, at, confirmed: { byId: null, onDay: on, at } },
      },
    ]
    expect(rootOf(compose({ overrides }))).toContain(
      [
        'Overall ◆ Red (R)',
        '◆ Red (rolled up: Green 1 of 1; set by Helen Tarrant: The inspection begins)',
      ].join('\n'),
    )
  })
})
