import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../../src/base/dates.ts'
import {
  composeDigestFor,
  type DigestTarget,
} from '../../../../../src/domain/digests/audience/compose-for.ts'
import type { DigestContent } from '../../../../../src/domain/digests/content/content.ts'
import { wholeProgramme } from '../../../../../src/domain/schedule/scope.ts'
import type { DimensionKey } from '../../../../../src/domain/status/dimensions.ts'
import { checkDigest } from '../../../../../src/features/digests/fact-check/check-digest.ts'
import { paginateDigest } from '../../../../../src/features/digests/rendering/paginate.ts'
import { aPlan } from '../../../../support/plans.ts'
import { standards, textOf } from '../sample-weeks.ts'

type Said = Readonly<Partial<Record<DimensionKey, string>>>

const settings = { dimensions: { kept: ['time', 'cost', 'confidence'] } }
const green = [{ state: 'green', onDay: '2017-02-17' }]

function inputOf(asAt: string, said: Said, previous: DigestContent | null) {
  const plan = aPlan({ asAt, programme: { settings }, projects: [standards(green)] })
  const [project] = plan.projects
  const ratings = Object.entries(said).map(([dimension, state]) => ({
    ...{ dimension: dimension as DimensionKey, state },
    onDay: civilDate('2017-02-17'),
  }))
  return {
    ...{ plan, register: [], previous, since: civilDate('2017-02-13') },
    dimensions: new Map([[project?.id ?? '', ratings]]),
  }
}

/** The digest of the second of two weeks, its messages, and what is found wrong with it. */
function told(before: Said, now: Said, audience: DigestTarget['audience'] = 'board') {
  const target = { audience, scope: wholeProgramme }
  const first = composeDigestFor(inputOf('2017-02-20', before, null), target)
  const input = inputOf('2017-02-27', now, first)
  const content = composeDigestFor(input, target)
  const findingsOf = (told: DigestContent) =>
    checkDigest({ content: told, cards: paginateDigest(told, '/rag'), input, target }).map(
      ({ because }) => because,
    )
  const [root, ...thread] = paginateDigest(content, '/rag').map(textOf)
  return { content, root: root ?? '', thread: thread.join('\n'), findingsOf }
}

const worse = told({ cost: 'green', time: 'amber' }, { cost: 'red', time: 'amber' })

describe('ratings by dimension', () => {
  test('that got worse are in the first message, and in the thread beside what stands worse than the whole', () => {
    expect(worse.root).toContain(
      'Worse in a dimension (1): 1.1 Practice standards online Cost ◆ Red, was Green\n',
    )
    expect(worse.thread).toContain(
      'Worse in a dimension\n1.1 Practice standards online  ● Green for 2 rounds (G, was G)\nBy dimension: Cost ◆ Red, was Green; Time ▲ Amber',
    )
    expect(worse.findingsOf(worse.content)).toEqual([])
  })

  test('that only stand worse than the whole are in the thread alone', () => {
    const { root, thread } = told({ confidence: 'amber-red' }, { confidence: 'amber-red' })
    expect(root).toContain('Nothing moved since')
    expect(thread).toContain('Rated better than one of its dimensions\n1.1 Practice')
    expect(thread).toContain('By dimension: Delivery confidence ◈ Amber/Red')
  })

  test.each<[string, Said, Said]>([
    ['got better', { cost: 'red' }, { cost: 'green' }],
    ['is no place on the scale', { cost: 'green' }, { cost: 'not-applicable' }],
  ])('one that %s is not told', (_name, before, now) => {
    expect(told(before, now).content.dimensions).toEqual([])
  })

  test('are not for the public', () => {
    const { content, thread } = told({ cost: 'green' }, { cost: 'red' }, 'public')
    expect(content.dimensions).toEqual([])
    expect(content.snapshot.dimensions).toEqual([])
    expect(thread).not.toContain('Cost')
  })
})

describe('the fact check finds', () => {
  const { content, findingsOf } = worse
  const changed = (to: Partial<DigestContent['dimensions'][number]['ratings'][number]>) => ({
    ...content,
    dimensions: content.dimensions.map((one) => ({
      ...one,
      ratings: one.ratings.map((rating) =>
        rating.dimension === 'cost' ? { ...rating, ...to } : rating,
      ),
    })),
  })

  test.each<[string, DigestContent, string]>([
    ['a dimension that is another', changed({ state: 'amber' }), 'It is red in that dimension.'],
    ['another state before', changed({ was: 'amber' }), 'In the last digest it was green.'],
    ['one that is not told to be worse', changed({ was: null }), 'It got worse: it was green.'],
    ['one that is left out', { ...content, dimensions: [] }, '1.1 should be in it.'],
    [
      'that nothing moved where one did',
      { ...content, dimensions: [] },
      'Dimensions of projects got worse.',
    ],
  ])('%s', (_name, broken, because) => {
    expect(findingsOf(broken)).toContain(because)
  })
})
