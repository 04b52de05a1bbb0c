import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { civilDate } from '../../../src/base/dates.ts'
import { type Card, expand } from '../../../src/chat/cards.ts'
import { plainText } from '../../../src/chat/plain.ts'
import { digestCard, digestPartCard } from '../../../src/features/digests/cards.ts'
import { composeDigest } from '../../../src/features/digests/compose.ts'
import type { DigestContent } from '../../../src/features/digests/content.ts'
import { fitDigest } from '../../../src/features/digests/fit.ts'
import { sectionsOf } from '../../../src/features/digests/sections.ts'
import type { Entry } from '../../../src/features/register/entry.ts'
import { toMessage } from '../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../src/playground/slack/limits.ts'
import { cardProblems, jsonBytes } from '../../../src/playground/teams/limits.ts'
import { aPlan, type PlanSketch, type ProjectSketch } from '../../support/plans.ts'
import { aDecision, aDependency, aHeadline, aRisk } from '../../support/register.ts'

const since = civilDate('2017-02-20')

function digest(
  sketch: PlanSketch,
  previous: DigestContent | null = null,
  register: readonly Entry[] = [],
): DigestContent {
  const plan = aPlan({ asAt: '2017-02-27', ...sketch })
  return composeDigest({ plan, register, previous, since })
}

const textOf = (card: Card) => plainText(expand(card))

function entriesOf(card: Card | undefined) {
  const { sections } =
    card?.name === 'digest'
      ? digestCard.data.parse(card.data)
      : digestPartCard.data.parse(card?.data)
  return sections.flatMap(({ entries }) => entries)
}

describe('a small digest', () => {
  const previous = composeDigest({
    plan: aPlan({
      asAt: '2017-02-20',
      projects: [
        { ref: '1.1', updates: [{ state: 'green' }] },
        { ref: '1.2', updates: [{ state: 'red' }] },
      ],
    }),
    register: [],
    previous: null,
    since,
  })
  const content = digest(
    {
      programme: { digestNames: true },
      people: [{ id: 'priya', name: 'Priya Shah' }],
      projects: [
        {
          ref: '1.1',
          title: 'Pay review',
          updates: [
            { state: 'red', reason: 'No money', onDay: '2017-02-22', greenBy: '2017-03-31' },
          ],
          milestones: [{ about: 'Review starts', due: '2017-03-01' }],
        },
        {
          ref: '1.2',
          title: 'Recruitment',
          leads: ['priya'],
          updates: [{ state: 'amber', reason: 'Late advert' }],
        },
        { ref: '1.3', updates: [{ state: 'green', onDay: '2017-02-22' }] },
      ],
    },
    previous,
  )
  const [root, ...parts] = fitDigest(content, '/rag')

  test('says first what changed and what must be decided', () => {
    expect(textOf(root)).toBe(
      [
        'Weekly digest as at Mon 27 Feb 2017',
        'Better Together',
        '◆ Red 1 (was 1)  ▲ Amber 1 (was 0)  ● Green 1 (was 1)',
        '1 project got worse and 1 project got better since Mon 20 Feb 2017.',
        'To decide, no path to green is given: Amber 1.2.',
        '',
        'Worse',
        '1.1 Pay review',
        '● Green → ◆ Red',
        '',
        'Better',
        '1.2 Recruitment',
        '◆ Red → ▲ Amber',
        'Late advert',
        '',
        '◆ Red',
        '1.1 Pay review',
        'No money',
        'Green by Fri 31 Mar 2017',
        '',
        '1 project is new in the plan.',
        '1 of 3 projects has no update since Mon 20 Feb 2017.',
        'In the thread: 1 Amber and 1 milestone due by Mon 13 Mar 2017.',
        '1 new Green is not listed.',
        'No update from projects led by Priya Shah',
      ].join('\n'),
    )
  })

  test('goes on in the thread', () => {
    expect(parts.map(textOf)).toEqual([
      [
        'More as at Mon 27 Feb 2017',
        '',
        '▲ Amber',
        '1.2 Recruitment',
        'Late advert',
        'No path to green given',
        'Not confirmed since Mon 2 Jan 2017',
        '',
        'Due by Mon 13 Mar 2017',
        '1.1 Pay review',
        '1. Review starts',
        'Due Wed 1 Mar 2017',
      ].join('\n'),
    ])
  })

  test('is one sentence in a notification', () => {
    expect(expand(root).fallbackText).toBe(
      'Weekly digest as at Mon 27 Feb 2017: 1 project got worse and 1 project got better since Mon 20 Feb 2017.',
    )
  })
})

describe('a digest with a register', () => {
  const project = { id: '1.1', ref: '1.1', title: 'Pay review' }
  const before = digest(
    { asAt: '2017-02-20', projects: [{ ref: '1.1', updates: [{ state: 'green' }] }] },
    null,
  )
  const [root, ...parts] = fitDigest(
    digest(
      {
        projects: [
          { ref: '1.1', title: 'Pay review', updates: [{ state: 'red', onDay: '2017-02-22' }] },
        ],
      },
      before,
      [
        aDecision(2, '2017-02-24', { text: 'Which site', project, askedOf: 'the Cabinet' }),
        aDecision(3, '2017-03-31', { text: 'Whether to go on', project: null }),
        aHeadline(1, { text: 'Families wait less', onDay: '2017-02-22' }),
        aDependency(1, '1.1', { text: 'It needs the forms' }),
        aRisk(1, 'red', { text: 'No money', project, mitigation: 'A reserve' }),
      ],
    ),
    '/rag',
  )

  test('shows the decisions right after what got worse, then headlines, and risks after the Reds', () => {
    expect(textOf(root)).toBe(
      [
        'Weekly digest as at Mon 27 Feb 2017',
        'Better Together',
        '◆ Red 1 (was 0)  ▲ Amber 0 (was 0)  ● Green 0 (was 1)',
        '1 project got worse since Mon 20 Feb 2017.',
        'To decide, no path to green is given: Red 1.1.',
        '',
        'Worse',
        '1.1 Pay review',
        '● Green → ◆ Red',
        '',
        'Decisions needed',
        'Decision 2: 1.1 Pay review',
        'Which site',
        'Needed from: the Cabinet',
        '3 days overdue: was needed by Fri 24 Feb 2017',
        'Decision 3',
        'Whether to go on',
        'Needed by Fri 31 Mar 2017',
        '',
        'Headlines',
        'Headline 1',
        'Families wait less',
        '',
        '◆ Red',
        '1.1 Pay review',
        'No reason given',
        'No path to green given',
        '',
        'Held up by another project',
        'Dependency 1: 2.1 Practice standards',
        'It needs the forms',
        '1.1 Pay review is ◆ Red',
        '',
        'Risks',
        'Risk 1: 1.1 Pay review',
        'No money',
        '◆ Red, new',
        'Mitigated by: A reserve',
        '',
        'Every project was updated since Mon 20 Feb 2017.',
      ].join('\n'),
    )
    expect(parts).toEqual([])
  })

  test('sends what is beyond the first ones to the thread, and a long text to its command', () => {
    const decisions = Array.from({ length: 10 }, (_, at) =>
      aDecision(at + 1, null, { text: at === 0 ? 'long '.repeat(300) : 'Which site' }),
    )
    const [first, part] = fitDigest(digest({}, null, decisions), '/rag')
    expect(textOf(first)).toContain('In the thread: 2 more decisions.')
    expect(textOf(first)).toMatch(/long… \(\/rag decision 1 for the whole\)/)
    expect(part && textOf(part)).toContain('Decisions needed (continued)\nDecision 9')
  })
})

test('speaks in the scheme of its programme', () => {
  const programme = { settings: { scheme: 'delivery' } }
  const update = { state: 'minor-issues', reason: 'Late advert', greenBy: '2017-03-31' }
  const before = digest({
    programme,
    projects: [{ ref: '1.1', updates: [{ state: 'on-track' }] }],
  })
  const [root, part] = fitDigest(
    digest({ programme, projects: [{ ref: '1.1', updates: [update] }] }, before),
    '/rag',
  )
  expect(textOf(root)).toContain(
    '● On track/No issues → ▲ Possibility of missing deadlines/Minor issues',
  )
  expect(part && textOf(part)).toContain('On track/No issues by Fri 31 Mar 2017')
})

describe('a digest that does not fit one message', () => {
  const red = (at: number): ProjectSketch => ({
    ref: `1.${at}`,
    updates: [{ state: 'red', reason: `Reason ${at} ${'long '.repeat(300)}`, onDay: '2017-02-22' }],
  })

  test('counts what follows of a section that it begins', () => {
    const [root, part] = fitDigest(
      digest({ projects: Array.from({ length: 20 }, (_, at) => red(at)) }),
      '/rag',
    )
    const shown = entriesOf(root).length
    expect(shown).toBeGreaterThan(3)
    expect(textOf(root)).toContain(`In the thread: ${20 - shown} more Reds.`)
    expect(part && textOf(part)).toContain('◆ Red (continued)')
  })

  test('shows newly missed milestones at once, the others in the thread', () => {
    const missed = (due: string) => ({ about: `Due ${due}`, due })
    const [root, part] = fitDigest(
      digest({
        projects: [{ ref: '1.1', milestones: [missed('2017-01-31'), missed('2017-02-22')] }],
      }),
      '/rag',
    )
    expect(textOf(root)).toContain('2. Due 2017-02-22\nNew: was due Wed 22 Feb 2017')
    expect(textOf(root)).toContain('In the thread: 1 more missed milestone.')
    expect(part && textOf(part)).toContain('1. Due 2017-01-31\nWas due Tue 31 Jan 2017')
  })

  test('a very long reason is shortened, and says where the whole is', () => {
    const [root] = fitDigest(digest({ projects: [red(1)] }), '/rag')
    expect(textOf(root)).toMatch(/long… \(\/rag 1\.1 for the whole\)/)
  })
})

const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '<!channel> & <@U1>',
      '*bold* _x_ `y` ~z~ [a](b)',
      '\u202Eevil',
      'שלום '.repeat(60),
      '漢字'.repeat(150),
      '"\\'.repeat(150),
      '\n\n\n',
      'word '.repeat(60),
      'word '.repeat(2_000),
    ),
  },
)
const state = fc.constantFrom('red', 'amber', 'green', 'blank')
const project = fc.record({
  title: hostile,
  reason: fc.option(hostile),
  path: fc.option(hostile),
  before: state,
  now: state,
  due: fc.constantFrom(null, '2017-01-31', '2017-02-24', '2017-03-01', '2017-06-30'),
  movedFrom: fc.option(fc.constant('2017-01-03')),
  doneOn: fc.option(fc.constant('2017-02-24'), { nil: undefined }),
})
/** Few different projects, repeated up to 500 times: large plans that are quickly made. */
const projects = fc
  .tuple(
    fc.array(project, { minLength: 1, maxLength: 12 }),
    fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 50, max: 500 })),
  )
  .map(([some, count]) =>
    Array.from({ length: count }, (_, at) => some[at % some.length] ?? some[0]),
  )
type Sketched = Exclude<
  (typeof projects extends fc.Arbitrary<infer T> ? T : never)[number],
  undefined
>

function sketchOf(
  { title, reason, path, now, due, movedFrom, doneOn }: Sketched,
  at: number,
): ProjectSketch {
  const moves =
    movedFrom && due
      ? [{ from: movedFrom, to: due, onDay: '2017-02-21', reason: reason ?? 'x' }]
      : []
  return {
    ref: `${(at % 9) + 1}.${at + 1}`,
    title,
    leads: [`lead ${at}`],
    updates: now === 'blank' ? [] : [{ state: now, reason, path }],
    milestones: [{ about: title, due, moves, ...(doneOn && { doneOn }) }],
  }
}

/** An entry of each kind for each project: far more than any programme keeps open. */
function registerOf({ title, reason, path, now }: Sketched, at: number): Entry[] {
  const project = { id: `${at}`, ref: `1.${at + 1}`, title }
  const text = reason ?? title
  return [
    aRisk(at + 1, now, { text, project, mitigation: path }),
    aDecision(at + 1, at % 2 === 0 ? '2017-02-24' : null, { text, project, askedOf: path }),
    aDependency(at + 1, `${(at % 9) + 1}.${at + 1}`, { text, project }),
    aHeadline(at + 1, { text, onDay: '2017-02-24' }),
  ]
}

describe('whatever people wrote, over 1 to 500 projects', () => {
  const digests = projects.map((some) => {
    const known = some.filter((one) => one !== undefined)
    const before = composeDigest({
      plan: aPlan({
        asAt: '2017-02-20',
        projects: known.map((one, at) => ({
          ref: sketchOf(one, at).ref,
          updates: [{ state: one.before }],
        })),
      }),
      register: [],
      previous: null,
      since,
    })
    return digest(
      {
        programme: { digestNames: true, title: known[0]?.title ?? '' },
        projects: known.map(sketchOf),
      },
      before,
      known.flatMap(registerOf),
    )
  })

  test('every message is within the limits of Slack and Teams, and nothing is lost', () => {
    fc.assert(
      fc.property(digests, (content) => {
        const cards = fitDigest(content, '/rag')
        for (const card of cards) {
          const expanded = expand(card)
          expect(blockProblems(toMessage(expanded, card.name).blocks, 'message')).toEqual([])
          expect(cardProblems(JSON.parse(JSON.stringify(expanded)))).toEqual([])
          expect(jsonBytes(expanded)).toBeLessThanOrEqual(28 * 1024)
        }
        const wanted = sectionsOf(content, '/rag').flatMap(({ entries }) => entries)
        const key = (entry: { title: string; lines: readonly string[] }) =>
          JSON.stringify([entry.title, entry.lines])
        expect(cards.flatMap(entriesOf).map(key).toSorted()).toEqual(wanted.map(key).toSorted())
        const listed = content.attention.reduce((sum, { entries }) => sum + entries.length, 0)
        const counted = content.counts.filter((each) => ['red', 'amber'].includes(each.state))
        expect(listed).toBe(counted.reduce((sum, { count }) => sum + count, 0))
      }),
      { numRuns: 40 },
    )
  })
})
