import { describe, expect, test } from '@jest/globals'
import { boardTarget } from '../../../../src/domain/digests/audience/compose-for.ts'
import type { DigestContent } from '../../../../src/domain/digests/content/content.ts'
import { checkDigest } from '../../../../src/features/digests/fact-check/check-digest.ts'
import { sentenceClaims } from '../../../../src/features/digests/fact-check/read-text.ts'
import { paginateDigest } from '../../../../src/features/digests/rendering/paginate.ts'
import { aDecision } from '../../../support/register.ts'
import { toldAfter } from './told-weeks.ts'

/** A reader who never finds anything is none: each of these digests says one thing that is not so. */

const said = (onDay: string, state: string) => ({ onDay, state, reason: 'The writer is ill' })
const [red, amber, green] = ['red', 'amber', 'green'].map((state) => said('2017-02-14', state))
const worse = [said('2017-02-24', 'red'), ...(green ? [green] : [])]
const milestones = [{ due: '2017-02-24' }, { due: '2017-01-31' }, { due: '2017-03-03' }]
const projectsWith = (updates: typeof worse) => [
  { ref: '1.1', updates, milestones },
  { ref: '1.2', updates: amber ? [amber] : [] },
  { ref: '2.1', updates: red ? [red] : [] },
  { ref: '2.2', updates: green ? [green] : [] },
  { ref: '2.3' },
]
const told = toldAfter(
  { asAt: '2017-02-20', projects: projectsWith(green ? [green] : []) },
  { asAt: '2017-02-27', projects: projectsWith(worse) },
)

function findingsOf(broken: Partial<DigestContent>): string[] {
  const content = { ...told.content, ...broken }
  const cards = paginateDigest(content, '/rag')
  const { input } = told
  return checkDigest({ content, cards, input, target: boardTarget }).map(
    ({ sentence, because }) => `${sentence} | ${because}`,
  )
}

const { content } = told
const history = (id: string, changed: Partial<DigestContent['snapshot']['projects'][number]>) => ({
  snapshot: {
    ...content.snapshot,
    projects: content.snapshot.projects.map((one) =>
      one.id === id ? { ...one, ...changed } : one,
    ),
  },
})

describe('the fact check finds', () => {
  test('nothing where all is so', () => {
    expect(told.findings).toEqual([])
  })

  test.each<[string, Partial<DigestContent>, string]>([
    ['a state that is another', history('2.2', { state: 'amber' }), '2.2 is Green.'],
    [
      'a movement that was none',
      history('2.2', { movement: 'better' }),
      'in the last digest was Green',
    ],
    ['a first rating that is none', history('1.1', { movement: 'first rated' }), 'was Green'],
    ['rounds that were not', history('2.1', { rounds: 5 }), '2.1 has been so for 2.'],
    ['a project that is not told to be worse', { worse: [] }, '1.1 should be in it'],
    ['one that is called better, too', { better: content.worse }, '1.1 should not be in it'],
    [
      'a wrong state before',
      { worse: content.worse.map((one) => ({ ...one, from: 'amber' })) },
      '1.1 was Green in the last digest.',
    ],
    ['a Red that is left out', { attention: [] }, '1.2, 2.1 should be in it'],
    ['an overdue milestone that is left out', { missed: [] }, '1.1/1 should be in it'],
    [
      'old lateness told as new',
      { missed: content.missed.map((one) => ({ ...one, isNew: true })) },
      '1.1/2 should not be in it',
    ],
    ['a milestone due soon that is left out', { due: [] }, '1.1/3 should be in it'],
    [
      'counts that do not add up',
      { counts: content.counts.map((one) => ({ ...one, count: one.count + 1 })) },
      'By the plan there are 2.',
    ],
    [
      'counts of last time that were others',
      { counts: content.counts.map((one) => ({ ...one, was: 4 })) },
      'In the last digest there were',
    ],
    ['Greens that are dropped without being counted', { leftOut: [] }, '2.2'],
    [
      'projects that are said to have come',
      { otherChanges: ['2 projects new in the plan'] },
      'By the plan there are 0.',
    ],
    [
      'a coverage that is another',
      { notUpdated: { ...content.notUpdated, count: 1 } },
      '1 of 5 were updated.',
    ],
    [
      'a colour set by hand that nobody set',
      { override: 'set by Ana' },
      'Nobody has set it by hand.',
    ],
    [
      'that something moved where nothing is said to have',
      { worse: [], missed: [], otherChanges: [] },
      'Nothing moved since Mon 20 Feb 2017. | 1.1 did.',
    ],
    [
      'words that its lead did not say',
      { worse: content.worse.map((one) => ({ ...one, reason: 'All is well' })) },
      '1.1 has another reason, or none.',
    ],
    [
      'an update that awaits nothing',
      { worse: content.worse.map((one) => ({ ...one, awaited: '● Green awaits confirmation' })) },
      '1.1 awaits nothing.',
    ],
    [
      'milestones that do not stand by their days',
      { missed: content.missed.toReversed(), due: [...content.due, ...content.due] },
      'stands in it twice',
    ],
    [
      'a decision that nobody asked for',
      {
        decisions: [
          {
            ...{ entryId: 'decision 1', number: 1, text: 'Which site', project: null },
            ...{ isNew: true, askedOf: null, neededBy: null, reopened: null, isOfOthers: false },
          },
        ],
      },
      '0 are needed, and it lists 1.',
    ],
    ['a first digest that is none', { previousAsAt: null }, 'There was one before it.'],
  ])('%s', (_what, broken, because) => {
    expect(findingsOf(broken).join('\n')).toContain(because)
  })
})

/** Its messages with other words in them. */
function findingsWith(words: string, others: string): string[] {
  const cards = told.cards.map((card) => {
    return { ...card, data: JSON.parse(JSON.stringify(card.data).replaceAll(words, others)) }
  })
  return checkDigest({ content, cards, input: told.input, target: boardTarget }).map(
    ({ because }) => because,
  )
}

describe('in the words of its messages the fact check finds', () => {
  test.each([
    ['a list that says it is longer', 'Worse (1)', 'Worse (1 of 4)', 'there are 1.'],
    ['a thread that has more than it says', 'all of this in full', '1 Blue', 'besides.'],
    ['a day on which a milestone was not due', 'was due Fri 24', 'was due Thu 23', '2017-02-24'],
    ['days overdue that are others', '3 days overdue', '2 days overdue', 'It is due 2017-02-24.'],
    ['a weekday that is another', 'Mon 20 Feb', 'Tue 20 Feb', 'is a monday.'],
    ['a state beside a title', '▲ Amber for', '● Green for', '1.2 is Amber.'],
  ])('%s', (_what, words, others, because) => {
    expect(findingsWith(words, words)).toEqual([])
    expect(findingsWith(words, others).join('\n')).toContain(because)
  })
})

test.each([
  ['1,234 milestones are overdue.', { says: 'count', of: 'overdue', count: 1234 }],
  ['Since Mon 20 Feb 2017: 1,000 dates moved.', { says: 'count', of: 'moved', count: 1000 }],
  ['998 of 1,047 projects updated this round.', { says: 'coverage', updated: 998, of: 1047 }],
])('a number above a thousand is read whole: %s', (text, claim) => {
  expect(sentenceClaims(text, content)).toContainEqual({ ...claim, sentence: text })
})

test('so are the days of a milestone that is overdue for years', () => {
  const long = toldAfter(
    { asAt: '2017-02-20', projects: [{ ref: '1.1' }] },
    { asAt: '2017-02-27', projects: [{ ref: '1.1', milestones: [{ due: '2013-02-24' }] }] },
  )
  expect(long.text).toContain('1,464 days')
  expect(long.findings).toEqual([])
})

describe('decisions in a channel that serves one board', () => {
  const calm = { ref: '1.9', updates: [{ state: 'green', onDay: '2017-01-09' }] }
  const register = ['the Cabinet', 'the Improvement Board', null].map((askedOf, at) =>
    aDecision(at + 1, '2017-03-31', { askedOf, project: null, text: `Choice ${at + 1}` }),
  )
  const toldTo = (...boards: string[]) =>
    toldAfter(
      { asAt: '2017-02-20', projects: [calm], register, boards },
      { asAt: '2017-02-27', projects: [calm], register, boards },
    )

  test('stand first where they are asked of it or of nobody in particular; those of others are counted', () => {
    const { cards, text, findings } = toldTo('Improvement Board')
    expect(cards[0]?.data).toMatchObject({
      summary: 'Nothing moved since Mon 20 Feb 2017; 3 decisions are needed, 1 of others.',
      sections: [
        {
          heading: 'Decisions needed (2)',
          entries: [{ title: 'Decision 2' }, { title: 'Decision 3' }],
        },
      ],
      footer: [
        'In the thread: all of this in full, 1 decision needed of others and 1 other entry.',
      ],
    })
    expect(text).toContain(
      'Decisions needed of others\nDecision 1\nChoice 1\nNeeded by Fri 31 Mar 2017, from: the Cabinet\n',
    )
    expect(findings).toEqual([])
  })

  test('cannot be called those of others where it is asked itself: the fact check finds that', () => {
    const week = toldTo('Improvement Board')
    const decisions = week.content.decisions.map((one) => ({ ...one, isOfOthers: true }))
    const target = { ...boardTarget, boards: ['Improvement Board'] }
    const findings = checkDigest({ ...week, content: { ...week.content, decisions }, target })
    expect(findings).toMatchObject([{ because: 'Asked of others are 1, and it calls 3 so.' }])
  })

  test('are all its own where nobody said which board reads it', () => {
    const { text, findings } = toldTo()
    expect(text).toContain('Decisions needed (3)\n')
    expect(text).not.toContain('of others')
    expect(findings).toEqual([])
  })
})
