import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { civilDate } from '../../../../src/base/dates.ts'
import { type AdaptiveCard, type Card, expand } from '../../../../src/chat/cards.ts'
import { plainText } from '../../../../src/chat/plain.ts'
import { composeDigest } from '../../../../src/features/digests/content/compose.ts'
import type { DigestContent } from '../../../../src/features/digests/content/content.ts'
import { digestCard, digestPartCard } from '../../../../src/features/digests/shown/cards.ts'
import { fitDigest } from '../../../../src/features/digests/shown/fit.ts'
import { sectionsOf } from '../../../../src/features/digests/shown/sections.ts'
import { overviewOf } from '../../../../src/features/digests/shown/workstreams.ts'
import type { Entry } from '../../../../src/features/register/entry.ts'
import { toMessage } from '../../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../../src/playground/slack/limits.ts'
import { cardProblems, jsonBytes } from '../../../../src/playground/teams/limits.ts'
import { aPlan, type PlanSketch, type ProjectSketch } from '../../../support/plans.ts'
import { aDecision, aDependency, aHeadline, aRisk } from '../../../support/register.ts'

const since = civilDate('2017-02-20')

function digest(
  sketch: PlanSketch,
  previous: DigestContent | null = null,
  register: readonly Entry[] = [],
): DigestContent {
  const plan = aPlan({ asAt: '2017-02-27', ...sketch })
  return composeDigest({ plan, register, previous, since })
}

const textOf = (card: Card | undefined) => (card ? plainText(expand(card)) : '')

function entriesOf(card: Card) {
  const { sections } =
    card.name === 'digest' ? digestCard.data.parse(card.data) : digestPartCard.data.parse(card.data)
  return sections.flatMap(({ entries }) => entries)
}

describe('a digest that does not fit one message', () => {
  const red = (at: number, workstream = 1): ProjectSketch => ({
    ref: `${workstream}.${at}`,
    updates: [{ state: 'red', reason: `Reason ${at} ${'long '.repeat(300)}`, onDay: '2017-02-22' }],
  })
  const reds = (count: number, workstream = 1) =>
    Array.from({ length: count }, (_, at) => red(at + 1, workstream))

  test('says how much of a section it shows, and what follows', () => {
    const [root, part] = fitDigest(digest({ projects: reds(20) }), '/rag')
    const shown = entriesOf(root).length
    expect(shown).toBeGreaterThan(3)
    expect(textOf(root)).toContain(`◆ Red (first ${shown} of 20)`)
    expect(textOf(root)).toContain(`In the thread: by workstream ${20 - shown} more Reds.`)
    expect(textOf(part)).toContain(`1 Workstream 1  ◆ Red (R): Red 20, Amber 0, Green 0`)
  })

  test('goes on in the thread with all workstreams in a line each, then one by one', () => {
    const projects = [
      ...reds(10),
      ...reds(4, 2),
      { ref: '3.1', updates: [{ state: 'green', onDay: '2017-02-22' }] },
    ]
    const [, overview, second, ...more] = fitDigest(digest({ projects }), '/rag')
    expect(textOf(overview)).toContain(
      [
        'Workstreams',
        '1 Workstream 1  ◆ Red (R): Red 10, Amber 0, Green 0',
        '2 Workstream 2  ◆ Red (R): Red 4, Amber 0, Green 0',
        '3 Workstream 3  ● Green (G): Red 0, Amber 0, Green 1',
      ].join('\n'),
    )
    expect(textOf(second)).toContain('More as at Mon 27 Feb 2017, part 2 of 2\n2 Workstream 2')
    expect(more).toEqual([])
  })

  test('begins every section, however long the first one is', () => {
    const before = digest({
      asAt: '2017-02-20',
      projects: Array.from({ length: 40 }, (_, at) => ({
        ref: `1.${at + 1}`,
        updates: [{ state: 'green' }],
      })),
    })
    const decisions = [aDecision(1, '2017-03-03', { text: 'Which site' })]
    const [root] = fitDigest(digest({ projects: reds(40) }, before, decisions), '/rag')
    expect(textOf(root)).toMatch(/Worse \(first \d of 40\)/)
    expect(textOf(root)).toContain('Which site')
  })

  test('shows newly late milestones at once, the others in the thread', () => {
    const missed = (due: string) => ({ about: `Due ${due}`, due })
    const [root, part] = fitDigest(
      digest({
        projects: [{ ref: '1.1', milestones: [missed('2017-01-31'), missed('2017-02-22')] }],
      }),
      '/rag',
    )
    expect(textOf(root)).toContain('2. Due 2017-02-22: was due Wed 22 Feb 2017')
    expect(textOf(root)).toContain('1 milestone late already last time.')
    expect(textOf(part)).toContain('1. Due 2017-01-31: was due Tue 31 Jan 2017')
  })
})

describe('a long commentary', () => {
  const whole = (reason: string) =>
    textOf(
      fitDigest(
        digest({ projects: [{ ref: '1.1', updates: [{ state: 'red', reason }] }] }),
        '/rag',
      )[0],
    )
  const rest = 'The rest is known to the office. '.repeat(10)

  test('is folded to its first sentence, and says where the rest is', () => {
    expect(whole(`The site, built in 2.5 weeks by Dr. Low, is down. ${rest}`)).toContain(
      'The site, built in 2.5 weeks by Dr. Low, is down. (more: /rag 1.1).',
    )
    expect(whole(`No money\n${rest}`)).toContain('No money (more: /rag 1.1).')
  })

  test('is whole where it is short, whatever its sentences', () => {
    expect(whole('No money. No post. No site.')).toContain('No money. No post. No site. No path')
  })

  test('of one endless sentence ends after a word', () => {
    expect(whole('endless '.repeat(100))).toMatch(/endless endless… \(more: \/rag 1\.1\)\. No path/)
  })
})

test('text from right to left turns nothing around it', () => {
  const title = 'מעון \u202Eevil'
  const projects = [{ ref: '1.1', title, updates: [{ state: 'red' }] }]
  const [root] = fitDigest(digest({ projects }), '/rag')
  expect(textOf(root)).toContain(`1.1 \u2068${title}\u2069  ◆ Red (R)`)
})

test('speaks in the scheme of its programme', () => {
  const programme = { settings: { scheme: 'delivery' } }
  const update = { state: 'minor-issues', reason: 'Late advert', greenBy: '2017-03-31' }
  const before = digest({ programme, projects: [{ ref: '1.1', updates: [{ state: 'on-track' }] }] })
  const [root] = fitDigest(
    digest({ programme, projects: [{ ref: '1.1', updates: [update] }] }, before),
    '/rag',
  )
  expect(textOf(root)).toContain(
    '▲ Possibility of missing deadlines/Minor issues, worse, from On track/No issues (P, was O)',
  )
  expect(textOf(root)).toContain('On track/No issues by Fri 31 Mar 2017')
})

const hostileWords = [
  '<!channel> & <@U1> @everyone',
  '*bold* _x_ `y` ~z~ [a](https://example.org) https://example.org',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a person may write, and no template of ours
  '${1+1} {{DATE()}}',
  '\u202Eevil zero\u200Bwidth',
  'خطة العمل '.repeat(28),
  'שלום '.repeat(58),
  '漢字'.repeat(145),
  '👩‍👩‍👧 '.repeat(30),
  '"\\'.repeat(140),
  'x'.repeat(298),
]
const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
  { weight: 2, arbitrary: fc.constantFrom(...hostileWords) },
)
const commentary = fc.oneof(
  hostile,
  fc.constantFrom('\n\n\n', 'Word. '.repeat(500), 'word '.repeat(2_000)),
)
const state = fc.constantFrom('red', 'amber', 'green', 'blank')
const project = fc.record({
  title: hostile,
  reason: fc.option(commentary),
  path: fc.option(commentary),
  before: state,
  now: state,
  onDay: fc.constantFrom('2017-02-01', '2017-02-22'),
  due: fc.constantFrom(null, '2017-01-31', '2017-02-24', '2017-03-01', '2017-06-30'),
  movedFrom: fc.option(fc.constant('2017-01-03')),
  doneOn: fc.option(fc.constant('2017-02-24'), { nil: undefined }),
})
type Sketched = typeof project extends fc.Arbitrary<infer T> ? T : never

/** Few different projects, repeated up to 500 times: large plans that are quickly made, and read when one fails. */
const plans = fc.record({
  different: fc.array(project, { minLength: 1, maxLength: 12 }),
  projects: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 50, max: 500 })),
  workstreams: fc.integer({ min: 1, max: 12 }),
})
type Planned = typeof plans extends fc.Arbitrary<infer T> ? T : never

const refAt = (at: number, { workstreams }: Planned) => `${(at % workstreams) + 1}.${at + 1}`

function sketchOf(
  { title, reason, path, now, onDay, due, movedFrom, doneOn }: Sketched,
  ref: string,
): ProjectSketch {
  const moves =
    movedFrom && due
      ? [{ from: movedFrom, to: due, onDay: '2017-02-21', reason: reason ?? 'x' }]
      : []
  return {
    ref,
    title,
    leads: [`lead ${ref}`],
    updates: now === 'blank' ? [] : [{ state: now, reason, path, onDay }],
    milestones: [{ about: title, due, moves, ...(doneOn && { doneOn }) }],
  }
}

/** An entry of each kind for each project: far more than any programme keeps open. */
function registerOf({ title, reason, path, now }: Sketched, at: number, ref: string): Entry[] {
  const project = { id: ref, ref, title }
  const text = reason ?? title
  return [
    aRisk(at + 1, now, { text, project, mitigation: path }),
    aDecision(at + 1, at % 2 === 0 ? '2017-02-24' : null, { text, project, askedOf: path }),
    aDependency(at + 1, ref, { text, project }),
    aHeadline(at + 1, { text, onDay: '2017-02-24' }),
  ]
}

function digestOf(planned: Planned): DigestContent {
  const { different, projects } = planned
  const all = Array.from({ length: projects }, (_, at) => ({
    at,
    ref: refAt(at, planned),
    each: different[at % different.length] ?? different[0],
  })).flatMap(({ at, ref, each }) => (each ? [{ at, ref, each }] : []))
  const title = different[0]?.title ?? ''
  const before = digest({
    asAt: '2017-02-20',
    projects: all.map(({ ref, each }) => ({ ref, updates: [{ state: each.before }] })),
  })
  const workstreams = [...new Set(all.map(({ ref }) => ref.split('.')[0] ?? ''))]
  return digest(
    {
      programme: { digestNames: true, title },
      workstreams: workstreams.map((ref) => ({ ref, title })),
      projects: all.map(({ ref, each }) => sketchOf(each, ref)),
    },
    before,
    all.flatMap(({ at, ref, each }) => registerOf(each, at, ref)),
  )
}

/** Every text that a platform reads as markup: Teams that of a TextBlock, Slack that of mrkdwn. */
function parsedTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(parsedTexts)
  if (typeof value !== 'object' || value === null) return []
  const { type, text } = value as { readonly type?: unknown; readonly text?: unknown }
  const isParsed = type === 'TextBlock' || type === 'mrkdwn'
  return [
    ...(isParsed && typeof text === 'string' ? [text] : []),
    ...Object.values(value).flatMap(parsedTexts),
  ]
}

function assertFits(card: AdaptiveCard, name: string): void {
  const { blocks } = toMessage(card, name)
  expect(blockProblems(blocks, 'message')).toEqual([])
  expect(cardProblems(JSON.parse(JSON.stringify(card)))).toEqual([])
  expect(jsonBytes(card)).toBeLessThanOrEqual(28 * 1024)
  const parsed = [...parsedTexts(card.body), ...parsedTexts(blocks)]
  const holds = (text: string) => hostileWords.some((words) => text.includes(words.slice(0, 10)))
  expect(parsed.filter(holds)).toEqual([])
}

/** Every Red and Amber once: as worse, as better or as it was. */
function assertEachOnce({ worse, better, attention, counts }: DigestContent): void {
  const inNeed = new Set(['red', 'amber'])
  const moved = [...worse, ...better].filter(({ to }) => inNeed.has(to))
  const listed = [...moved, ...attention.flatMap(({ entries }) => entries)]
  const counted = counts.filter((each) => inNeed.has(each.state))
  expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length)
  expect(listed.length).toBe(counted.reduce((sum, { count }) => sum + count, 0))
}

/** By what they say: the same entries, however they are divided. */
const told = (entries: readonly Pick<ReturnType<typeof entriesOf>[number], 'title' | 'lines'>[]) =>
  entries.map(({ title, lines }) => JSON.stringify([title, lines])).toSorted()

describe('whatever people wrote, over 1 to 500 projects', () => {
  test('every message is within the limits of Slack and Teams, and nothing is lost', () => {
    fc.assert(
      fc.property(plans, (planned) => {
        const content = digestOf(planned)
        const cards = fitDigest(content, '/rag')
        for (const card of cards) assertFits(expand(card), card.name)
        const sections = [...sectionsOf(content, '/rag'), ...overviewOf(content)]
        const wanted = sections.flatMap(({ entries }) => [...entries])
        expect(told(cards.flatMap(entriesOf))).toEqual(
          told(wanted.map(({ title, lines }) => ({ title, lines: [...lines] }))),
        )
        assertEachOnce(content)
      }),
      { numRuns: 40 },
    )
  })

  test('titles stand in it as they were typed', () => {
    fc.assert(
      fc.property(hostile, (title) => {
        const projects = [{ ref: '1.1', title, updates: [{ state: 'red' }] }]
        const [root] = fitDigest(digest({ projects }), '/rag')
        expect(entriesOf(root)[0]?.title).toContain(title)
      }),
    )
  })
})
