import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { type Card, expandCard } from '../../../../src/chat/cards.ts'
import { renderPlainText } from '../../../../src/chat/plain-text.ts'
import { composeDigest } from '../../../../src/domain/digests/content/compose.ts'
import type { DigestContent } from '../../../../src/domain/digests/content/content.ts'
import type { Entry } from '../../../../src/domain/register/entry.ts'
import { digestCard, digestPartCard } from '../../../../src/features/digests/rendering/cards.ts'
import { paginateDigest } from '../../../../src/features/digests/rendering/paginate.ts'
import { aPlan, type PlanSketch, type ProjectSketch } from '../../../support/plans.ts'
import { aDecision } from '../../../support/register.ts'

const since = civilDate('2017-02-20')

function digest(
  sketch: PlanSketch,
  previous: DigestContent | null = null,
  register: readonly Entry[] = [],
): DigestContent {
  const plan = aPlan({ asAt: '2017-02-27', ...sketch })
  return composeDigest({ plan, register, previous, since })
}

const textOf = (card: Card | undefined) => (card ? renderPlainText(expandCard(card)) : '')

function entriesOf(card: Card) {
  const sections =
    card.name === 'digest'
      ? digestCard.data.parse(card.data).sections
      : digestPartCard.data.parse(card.data).groups.flatMap((group) => group.sections)
  return sections.flatMap(({ entries }) => entries)
}

describe('a digest that does not fit one message', () => {
  const red = (at: number, workstream = 1): ProjectSketch => ({
    ref: `${workstream}.${at}`,
    updates: [{ state: 'red', reason: `Reason ${at} ${'long '.repeat(300)}`, onDay: '2017-02-22' }],
  })
  const reds = (count: number, workstream = 1) =>
    Array.from({ length: count }, (_, at) => red(at + 1, workstream))

  test('says how much of a section it shows; the thread has all of it', () => {
    const [root, part, ...more] = paginateDigest(digest({ projects: reds(20) }), '/rag')
    const shown = entriesOf(root).length
    expect(shown).toBeGreaterThan(3)
    expect(textOf(root)).toContain(`◆ Red (${shown} of 20 shown)`)
    expect(textOf(root)).toContain('In the thread: all of this in full.')
    expect(textOf(part)).toContain(`1 Workstream 1  ◆ Red (R): Red 20, Amber 0, Green 0`)
    expect([part, ...more].flatMap((one) => (one ? entriesOf(one) : []))).toHaveLength(20)
  })

  test('continues in the thread with one line for each workstream, then as many of them to a message as fit', () => {
    const projects = [
      ...reds(10),
      ...reds(4, 2),
      { ref: '3.1', updates: [{ state: 'green', onDay: '2017-02-22' }] },
    ]
    const [, overview, second, ...more] = paginateDigest(digest({ projects }), '/rag')
    expect(textOf(overview)).toContain(
      [
        'Workstreams',
        '1 Workstream 1  ◆ Red (R): Red 10, Amber 0, Green 0',
        '2 Workstream 2  ◆ Red (R): Red 4, Amber 0, Green 0',
        '3 Workstream 3  ● Green (G): Red 0, Amber 0, Green 1',
      ].join('\n'),
    )
    expect(textOf(overview)).toContain('Green 0\n\n◆ Red\n1.1 Project 1.1')
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
    const [root] = paginateDigest(digest({ projects: reds(40) }, before, decisions), '/rag')
    expect(textOf(root)).toMatch(/Worse \(\d of 40 shown\)/)
    expect(textOf(root)).toContain('Which site')
  })

  test('tells what is overdue in a first digest as a state, and not as news', () => {
    const missed = (due: string) => ({ about: `Due ${due}`, due })
    const milestones = [missed('2017-01-31'), missed('2017-02-22')]
    const projects = [{ ref: '1.1', milestones }]
    const before = digest({ asAt: '2017-02-20', projects })
    const [later] = paginateDigest(digest({ projects }, before), '/rag')
    expect(textOf(later)).toContain('2. Due 2017-02-22. no lead: 5 days overdue')
    expect(textOf(later)).toContain('Still overdue (1): 1.1 Due 2017-01-31 27 days')
    const [root, part] = paginateDigest(digest({ projects }), '/rag')
    expect(textOf(root)).toContain('2. Due 2017-02-22. no lead: 5 days overdue')
    expect(textOf(root)).toContain('2 milestones are overdue.\n\nOverdue (2)\n')
    expect(textOf(root)).not.toContain('newly')
    expect(textOf(part)).toContain('1. Due 2017-01-31: was due Tue 31 Jan 2017')
  })
})

describe('a long commentary', () => {
  const whole = (reason: string) =>
    textOf(
      paginateDigest(
        digest({ projects: [{ ref: '1.1', updates: [{ state: 'red', reason }] }] }),
        '/rag',
      )[1],
    )
  const rest = 'The rest is known to the office. '.repeat(10)

  test('is cut after its first sentence, and says where the rest is', () => {
    expect(whole(`The site, built in 2.5 weeks by Dr. Low, is down. ${rest}`)).toContain(
      'The site, built in 2.5 weeks by Dr. Low, is down. (more: /rag 1.1).',
    )
    expect(whole(`No money\n${rest}`)).toContain('No money (more: /rag 1.1).')
  })

  test('is whole where it is short, whatever its sentences', () => {
    expect(whole('No money. No post. No site.')).toContain('No money. No post. No site. No way')
  })

  test('of one endless sentence is cut after a word', () => {
    expect(whole('endless '.repeat(100))).toMatch(/endless endless… \(more: \/rag 1\.1\)\. No way/)
  })
})

test('text from right to left does not change the direction of what surrounds it', () => {
  const title = 'מעון \u202Eevil'
  const projects = [{ ref: '1.1', title, updates: [{ state: 'red' }] }]
  const [, part] = paginateDigest(digest({ projects }), '/rag')
  expect(textOf(part)).toContain(`1.1 \u2068${title}\u2069  ◆ Red (R)`)
})

test('uses the labels of its programme’s scheme', () => {
  const programme = { settings: { scheme: 'delivery' } }
  const update = { state: 'minor-issues', reason: 'Late advert', greenBy: '2017-03-31' }
  const before = digest({ programme, projects: [{ ref: '1.1', updates: [{ state: 'on-track' }] }] })
  const [root, part] = paginateDigest(
    digest({ programme, projects: [{ ref: '1.1', updates: [update] }] }, before),
    '/rag',
  )
  const worse = '▲ Possibility of missing deadlines/Minor issues'
  expect(textOf(root)).toContain(`${worse}, from On track/No issues. `)
  expect(textOf(part)).toContain(`${worse}, worse, from On track/No issues (P, was O)`)
  expect(textOf(part)).toContain('Back to On track/No issues by Fri 31 Mar 2017')
})
