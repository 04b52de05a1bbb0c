import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { composeDigest } from '../../../../src/domain/digests/content/compose.ts'
import type { DigestContent } from '../../../../src/domain/digests/content/content.ts'
import { paginateDigest } from '../../../../src/features/digests/rendering/paginate.ts'
import { aPlan } from '../../../support/plans.ts'
import { cardsOf, families, saidOn, site, standards, textOf, type Week } from './sample-weeks.ts'

/** Digests as people read them: weeks and programmes with little in them, and what stands beside. */

describe('a week with little news', () => {
  const calm = (asAt: string, onDay: string): Week => ({
    asAt,
    projects: [standards(saidOn(onDay, 'green')), families(saidOn(onDay, 'green'))],
  })

  test('and nothing ahead has one line, which says so, and no thread', () => {
    const [root, ...thread] = cardsOf(
      calm('2017-02-20', '2017-02-17'),
      calm('2017-02-27', '2017-02-24'),
    )
    expect(textOf(root)).toMatchInlineSnapshot(`
"Weekly digest as at Mon 27 Feb 2017
Better Together
Overall ● Green for 2 rounds
◆ Red 0  ▲ Amber 0  ● Green 2
Nothing moved since Mon 20 Feb 2017, nothing is due by Mon 13 Mar 2017 and nothing is asked.
2 of 2 projects updated since Mon 20 Feb 2017.

Not listed: 2 Greens unchanged (/rag projects green).
[Ask] [Open project] [Follow]"
`)
    expect(thread).toEqual([])
  })

  test('and no update at all says so, and reports nothing as new', () => {
    const [root] = cardsOf(calm('2017-02-20', '2017-02-17'), calm('2017-02-27', '2017-02-17'))
    expect(textOf(root)).toMatchInlineSnapshot(`
"Weekly digest as at Mon 27 Feb 2017
Better Together
Overall ● Green for 2 rounds
◆ Red 0  ▲ Amber 0  ● Green 2
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

  test('without any rating is never Green', () => {
    const projects = [standards([]), families([])]
    expect(cardsOf({ asAt: '2017-02-27', projects }).map(textOf)).toMatchInlineSnapshot(`
[
  "Weekly digest as at Mon 27 Feb 2017
Better Together
◆ Red 0  ▲ Amber 0  ● Green 0  ○ Not rated 2
The first digest: nothing to compare with yet. No project is rated yet.

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
Overall ◆ Red
◆ Red 1  ▲ Amber 0  ● Green 0
The first digest: nothing to compare with yet.

◆ Red (1)
1.1 Practice standards online  asha: The site cannot hold restricted pages

In the thread: all of this in full.
[Ask] [Open project] [Follow]",
  "More as at Mon 27 Feb 2017
1 Workstream 1  ◆ Red (R): Red 1, Amber 0, Green 0

◆ Red
1.1 Practice standards online  ◆ Red (R)
The site cannot hold restricted pages. Back to Green by Fri 31 Mar 2017: the new site is tested",
]
`)
  })

  test('that rates milestones alone has the colours that follow from them', () => {
    const milestones = [{ due: '2017-06-30', rating: 'amber' }]
    const projects = [{ ...standards([]), milestones }]
    const [root, part] = cardsOf({ asAt: '2017-02-27', projects })
    expect(textOf(root)).toContain('Overall ▲ Amber\n◆ Red 0  ▲ Amber 1  ● Green 0\n')
    expect(textOf(part)).toContain('▲ Amber (A)\nAs its milestones are rated')
  })
})

describe('beside', () => {
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
  const rootOf = (content: DigestContent) => textOf(paginateDigest(content, '/rag')[0])
  const threadOf = (content: DigestContent) => textOf(paginateDigest(content, '/rag')[1])

  test('a project, a second rating is shown even where the project is Green', () => {
    const beside = new Map([['1.1', ['Assurance: ▲ Amber, because two audits are open']]])
    expect(threadOf(compose({ projectRemarks: beside }))).toContain(
      [
        'Questions and other views',
        '1.1 Practice standards online  ● Green (G)',
        'Assurance: ▲ Amber, because two audits are open',
      ].join('\n'),
    )
  })

  test('a colour that two people set, the rolled-up colour and the reason are shown', () => {
    const on = civilDate('2017-02-20')
    const at = new Date('2017-02-20T12:00:00Z')
    const overrides = [
      {
        ...{ id: 'o1', workstreamId: null, state: 'red', reason: 'The inspection begins' },
        ...{ byId: 'helen', onDay: on, at, confirmation: { byId: null, onDay: on, at } },
      },
    ]
    expect(rootOf(compose({ overrides }))).toContain(
      [
        'Overall ◆ Red',
        '◆ Red (rolled up: Green 1 of 1; set by Helen Tarrant: The inspection begins)',
      ].join('\n'),
    )
  })
})
