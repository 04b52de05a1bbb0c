import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { digestContent } from '../../../../src/domain/digests/content/content.ts'
import { snapshotScheme } from '../../../../src/domain/scheme/scheme-snapshot.ts'
import { rag } from '../../../../src/domain/scheme/schemes.ts'
import {
  formatCount,
  formatCoverage,
  formatMissingPaths,
  headlineOf,
} from '../../../../src/features/digests/rendering/format.ts'
import { formatBackToGreen } from '../../../../src/features/digests/rendering/sections/line-format.ts'
import { digest, notListed, rated } from './sample-digests.ts'

describe('a first digest', () => {
  const content = digest({
    projects: [
      rated('1.1', 'green'),
      rated('1.2', 'green'),
      { ref: '1.3', updates: [{ state: 'red', reason: 'No provider', onDay: '2017-02-22' }] },
      rated('1.4', 'blank'),
    ],
  })

  test('has counts without earlier ones beside them', () => {
    expect(content.counts.map(formatCount)).toEqual([
      '◆ Red 1',
      '▲ Amber 0',
      '● Green 2',
      '○ Not rated 1',
    ])
  })

  test('has no movement, and says so', () => {
    expect(content).toMatchObject({ worse: [], better: [], notes: [], previousAsAt: null })
    expect(headlineOf(content)).toBe('The first digest: nothing to compare with yet.')
  })

  test('a project without a rating never counts as Green, and is listed among the omissions', () => {
    expect(notListed(content)).toBe(
      'Not listed: 2 Greens (/rag projects green); 1 project without a rating (/rag projects not rated).',
    )
  })
})

describe('a digest after another', () => {
  const before = digest({
    asAt: '2017-02-20',
    projects: [
      rated('1.1', 'green'),
      rated('1.2', 'amber'),
      rated('1.3', 'green'),
      rated('1.4', 'blank'),
      rated('1.5', 'red'),
    ],
  })
  const content = digest(
    {
      asAt: '2017-02-27',
      projects: [
        {
          ref: '1.1',
          title: 'Pay review',
          updates: [{ state: 'red', reason: 'No money', onDay: '2017-02-22' }],
        },
        rated('1.2', 'green'),
        rated('1.3', 'green', '2017-02-13'),
        rated('1.4', 'amber'),
        rated('1.6', 'green'),
      ],
    },
    before,
  )

  test('lists what got worse and what got better', () => {
    expect(content.worse).toMatchObject([
      { id: '1.1', ref: '1.1', title: 'Pay review', from: 'green', to: 'red', reason: 'No money' },
    ])
    expect(content.better).toMatchObject([{ ref: '1.2', from: 'amber', to: 'green' }])
    expect(headlineOf(content)).toBe(
      '1 project got worse, 1 project got better, 1 project rated for the first time (1 Amber), 1 project new in the plan and 1 project no longer in the plan (before: 1 Red) since Mon 20 Feb 2017.',
    )
  })

  test('has the earlier count beside each count', () => {
    expect(content.counts.map(formatCount)).toEqual([
      '◆ Red 1',
      '▲ Amber 1',
      '● Green 3 (was 2)',
      '○ Not rated 0 (was 1)',
    ])
  })

  test('lists which projects were added, removed and first rated, and counts the Greens that are not listed', () => {
    expect(content.otherChanges).toEqual([
      '1 project rated for the first time (1 Amber)',
      '1 project new in the plan',
      '1 project no longer in the plan (before: 1 Red)',
    ])
    expect(notListed(content)).toBe(
      'Not listed: 1 Green unchanged, 1 Green newly rated (/rag projects green).',
    )
  })

  test('compared with itself has no movement', () => {
    const again = digest(
      { asAt: '2017-02-27', projects: [rated('1.1', 'red')] },
      digest({ asAt: '2017-02-27', projects: [rated('1.1', 'red')] }),
    )
    expect(headlineOf(again)).toBe('Nothing moved since Mon 27 Feb 2017.')
  })
})

describe("a programme's own rating scheme", () => {
  const programme = (scheme: string) => ({ programme: { settings: { scheme } } })
  const projects = [
    rated('1.1', 'blue'),
    rated('1.2', 'amber'),
    rated('1.3', 'green'),
    rated('1.4', 'not-applicable'),
  ]
  const before = digest({
    asAt: '2017-02-20',
    ...programme('brag'),
    projects: [rated('1.1', 'green'), rated('1.2', 'amber'), rated('1.3', 'green')],
  })

  test('counts its states, worst first, and Blue is better than Green', () => {
    const content = digest({ ...programme('brag'), projects }, before)
    expect(content.counts.map(formatCount)).toEqual([
      '◆ Red 0',
      '▲ Amber 1',
      '● Green 1 (was 2)',
      '■ Blue 1 (was 0)',
      '□ N/A 1 (was 0)',
      '○ Not rated 0',
    ])
    expect(content.better).toMatchObject([{ ref: '1.1', from: 'green', to: 'blue' }])
    expect(notListed(content)).toBe(
      'Not listed: 1 Green unchanged (/rag projects green); 1 project at “N/A” (/rag projects n/a).',
    )
  })

  test('is not compared with an earlier scheme, and the digest says so', () => {
    const content = digest(
      { ...programme('delivery'), projects: [rated('1.1', 'on-track'), rated('1.2', 'blank')] },
      before,
    )
    expect(content).toMatchObject({ worse: [], better: [] })
    expect(content.counts.map(formatCount)).toEqual([
      '◆ Missed deadline/Major issues 0',
      '▲ Possibility of missing deadlines/Minor issues 0',
      '● On track/No issues 1',
      '■ Completed 0',
      '○ Not rated 1',
    ])
    expect(content.otherChanges).toContain('2 projects rated on another scale')
    expect(notListed(content)).toContain(
      '1 project at “On track/No issues” rated on another scale (/rag projects on track/no issues)',
    )
  })

  test('of a digest frozen before schemes could be chosen is RAG', () => {
    const { scheme: _, ...old } = digest({ projects: [rated('1.1', 'green')] })
    const frozen = digestContent.parse(JSON.parse(JSON.stringify(old)))
    expect(digest({ projects: [rated('1.1', 'red')] }, frozen).worse).toHaveLength(1)
  })
})

describe('leads who have not updated', () => {
  const projects = [
    { ...rated('1.1', 'green', '2017-02-20'), leads: ['ann'] },
    { ...rated('1.2', 'green', '2017-02-19'), leads: ['bob', 'cy'] },
    { ...rated('1.3', 'blank'), leads: ['bob'] },
  ]
  test('are counted', () => {
    const content = digest({ projects }, digest({ asAt: '2017-02-20' }))
    expect(formatCoverage(content)).toBe('1 of 3 projects updated since Mon 20 Feb 2017.')
    // Before the first digest nobody was asked.
    expect(formatCoverage(digest({ projects }))).toBe('')
    expect(content.notUpdated.names).toBeNull()
  })
  test('are named only where the programme allows it', () => {
    const content = digest({ projects, programme: { digestNames: true } })
    expect(content.notUpdated.names).toEqual(['bob', 'cy'])
  })
  test('are not mentioned where everybody has updated', () => {
    const content = digest({ projects: [rated('1.1', 'green')] }, digest({ asAt: '2017-02-20' }))
    expect(formatCoverage(content)).toBe('1 of 1 project updated since Mon 20 Feb 2017.')
  })
})

describe('the way back to Green', () => {
  const asAt = civilDate('2017-02-24')
  test.each([
    [
      '2017-03-31',
      'two posts are filled',
      'Back to Green by Fri 31 Mar 2017: two posts are filled',
    ],
    ['2017-03-31', null, 'Back to Green by Fri 31 Mar 2017'],
    ['2017-02-17', null, 'Back to Green by Fri 17 Feb 2017, which has passed'],
    [null, 'two posts are filled', 'Back to Green: two posts are filled (no date given)'],
    [null, null, 'No way back to Green given'],
  ])('%s, %s', (greenBy, path, words) => {
    const told = { greenBy: greenBy === null ? null : civilDate(greenBy), path }
    expect(formatBackToGreen(told, { asAt, scheme: snapshotScheme(rag) })).toBe(words)
  })

  test('is named to the programme office where it is missing', () => {
    const content = digest({
      projects: [
        rated('1.1', 'red'),
        { ref: '1.2', updates: [{ state: 'red', onDay: '2017-02-22', greenBy: '2017-03-31' }] },
        rated('1.3', 'amber'),
        rated('1.4', 'red'),
      ],
    })
    expect(formatMissingPaths(content)).toBe(
      'No way back to Green is given: Red 1.1 and 1.4; Amber 1.3.',
    )
  })
})
