import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { digestContent } from '../../../../src/domain/digests/content/content.ts'
import type { Entry } from '../../../../src/domain/register/entry.ts'
import {
  aDecision,
  aDependency,
  aHeadline,
  anAction,
  anIssue,
  aReview,
  aRisk,
} from '../../../support/register.ts'
import { digest, notListed, rated } from './sample-digests.ts'

describe('the register', () => {
  const asAt = '2017-02-27'
  const numbers = (entries: readonly { number: number }[]) => entries.map(({ number }) => number)
  const lastWeek = (...register: Entry[]) => digest({ asAt: '2017-02-20' }, null, register)

  test('lists every open decision, overdue first, whether it is new or not', () => {
    const old = aDecision(1, '2017-03-31', { askedOf: 'the Cabinet' })
    const register = [old, aDecision(2, '2017-02-24'), aDecision(3, null, { closedOn: asAt })]
    const content = digest({ asAt }, lastWeek(old), register)
    expect(content.decisions).toMatchObject([
      { number: 2, neededBy: '2017-02-24', isNew: true },
      { number: 1, askedOf: 'the Cabinet', isNew: false, project: { ref: '2.1' } },
    ])
  })

  test('lists the Red and the new risks, worst first, and counts the others', () => {
    const known = [aRisk(1, 'amber'), aRisk(2, 'red'), aRisk(3, 'blank')]
    const content = digest({ asAt }, lastWeek(...known), [...known, aRisk(4, 'green')])
    expect(content.risks).toMatchObject([
      { number: 2, state: 'red', isNew: false },
      { number: 4, state: 'green', isNew: true },
    ])
    expect(notListed(content)).toBe('Not listed: 2 other open risks (/rag risks).')
  })

  describe('that came with a sheet', () => {
    const ofSheet = <One extends Entry>(entry: One): One => ({ ...entry, source: 'import' })
    const sheet = [
      ofSheet(aRisk(1, 'amber', { onDay: asAt })),
      ofSheet(aRisk(2, 'red', { onDay: asAt })),
      ofSheet(anAction(1, '2017-06-30', { onDay: asAt })),
      ofSheet(aDecision(1, null, { onDay: asAt, closedOn: asAt, outcome: 'Both sites' })),
    ]

    test.each([
      ['in a first digest', null],
      ['after digests without them', lastWeek(aRisk(9, 'amber'))],
    ])('is a state and no news %s', (_, previous) => {
      const content = digest({ asAt }, previous, sheet)
      expect(content.risks).toMatchObject([{ number: 2, isNew: false }])
      expect([content.actions, content.decided]).toEqual([[], []])
      expect(notListed(content)).toContain('1 other open risk')
    })

    test('is news from the second sheet on', () => {
      const [first, ...others] = sheet.map((one) => ({ ...one, onDay: civilDate('2017-02-13') }))
      const known = [first, ...others].flatMap((one) => one ?? [])
      const later = [
        ofSheet(aRisk(3, 'green', { onDay: asAt })),
        ofSheet(aDecision(2, null, { onDay: asAt, closedOn: asAt, outcome: 'One site' })),
      ]
      const content = digest({ asAt }, lastWeek(...known), [...known, ...later])
      expect(content.risks.map(({ number, isNew }) => [number, isNew])).toEqual([
        [2, false],
        [3, true],
      ])
      expect(numbers(content.decided)).toContain(2)
    })
  })

  test('lists the dependencies that are held up, and counts the others', () => {
    const content = digest(
      {
        asAt,
        projects: [
          rated('2.2', 'red'),
          { ...rated('2.3', 'amber'), milestones: [{ due: '2017-02-24' }] },
          rated('2.4', 'amber'),
        ],
      },
      null,
      ['2.2', '2.3', '2.4', 'the regional partnership'].map((ref, at) => aDependency(at + 1, ref)),
    )
    expect(content.dependencies).toMatchObject([
      { number: 1, waitsFor: { ref: '2.2' }, state: 'red', missed: 0 },
      { number: 2, waitsFor: { ref: '2.3' }, state: 'amber', missed: 1 },
    ])
    expect(notListed(content)).toBe(
      'Not listed: 2 dependencies not known to be held up (/rag dependencies).',
    )
  })

  test('lists each headline since the last digest once', () => {
    const old = aHeadline(1, { onDay: '2017-02-17' })
    // Added on the day of the last digest, after it was posted.
    const late = aHeadline(2, { onDay: '2017-02-20' })
    const register = [old, late, aHeadline(3, { onDay: '2017-02-24' })]
    const content = digest({ asAt }, lastWeek(old), register)
    expect(numbers(content.headlines)).toEqual([3, 2])
    expect(numbers(digest({ asAt: '2017-03-06' }, content, register).headlines)).toEqual([])
  })

  test('in a first digest has the headlines since the first day of its period', () => {
    const register = [
      aHeadline(1, { onDay: '2017-02-17' }),
      aHeadline(2, { onDay: '2017-02-20' }),
      aHeadline(3, { onDay: '2017-02-28' }),
    ]
    expect(numbers(digest({ asAt }, null, register).headlines)).toEqual([2])
  })

  test('may be missing from a digest that was frozen before there was a register', () => {
    const { decisions, risks, dependencies, headlines, snapshot, ...rest } = lastWeek()
    expect([decisions, risks, dependencies, headlines]).toEqual([[], [], [], []])
    const { register: _, ...known } = snapshot
    const old = digestContent.parse(JSON.parse(JSON.stringify({ ...rest, snapshot: known })))
    expect(old).toMatchObject({ decisions: [], headlines: [], snapshot: { register: null } })
    const register = [
      aRisk(1, 'green', { onDay: '2017-02-17' }),
      aRisk(2, 'green', { onDay: asAt }),
    ]
    expect(numbers(digest({ asAt }, old, register).risks)).toEqual([2])
  })

  describe('decisions that were taken', () => {
    const decided = (outcome: string, closedOn: string) =>
      aDecision(1, '2017-03-31', { closedOn, outcome })
    const before = lastWeek(aDecision(1, '2017-03-31'))

    test('are told once, with their outcome, and are asked for no more', () => {
      const content = digest({ asAt }, before, [decided('Option B', '2017-02-22')])
      expect(content.decisions).toEqual([])
      expect(content.decided).toMatchObject([
        { number: 1, outcome: 'Option B', onDay: '2017-02-22' },
      ])
      const next = digest({ asAt: '2017-03-06' }, content, [decided('Option B', '2017-02-22')])
      expect(next.decided).toEqual([])
      // Also where it was taken on the day of the digest that told it.
      const sameDay = digest({ asAt }, before, [decided('Option B', asAt)])
      const after = digest({ asAt: '2017-03-06' }, sameDay, [decided('Option B', asAt)])
      expect([sameDay.decided.length, after.decided.length]).toEqual([1, 0])
    })

    test('also on the day of the last digest, after it went out; entered and taken in between', () => {
      const onItsDay = digest({ asAt }, before, [decided('Option B', '2017-02-20')])
      expect(onItsDay.decided).toMatchObject([{ outcome: 'Option B' }])
      const between = digest({ asAt }, lastWeek(), [decided('Option B', '2017-02-22')])
      expect(between.decided).toMatchObject([{ outcome: 'Option B' }])
    })

    test('and decided otherwise are told again', () => {
      const first = digest({ asAt }, before, [decided('Option B', asAt)])
      const other = digest({ asAt: '2017-03-06' }, first, [decided('Option C', asAt)])
      expect(other.decided).toMatchObject([{ outcome: 'Option C' }])
    })
  })

  test('tells a risk that is rated anew, and what it was', () => {
    const risk = aRisk(1, 'green')
    const rerated = {
      ...risk,
      reviews: [
        aReview({ state: 'green', onDay: '2017-02-21', mitigation: 'a second tender' }),
        aReview({ state: 'amber', onDay: '2017-02-23', reason: 'the tender failed' }),
      ],
    }
    expect(digest({ asAt }, lastWeek(risk), [rerated]).risks).toMatchObject([
      { state: 'amber', isNew: false, rerated: 'was ● Green until Thu 23 Feb 2017' },
    ])
    const content = digest({ asAt: '2017-03-06' }, digest({ asAt }, null, [rerated]), [rerated])
    expect(content.risks).toEqual([])
  })

  test('tells of a risk whose rating was taken back since when it is what it is', () => {
    const review = aReview({ state: 'red', onDay: '2017-02-15' })
    const [rated, back] = [review, { ...review, withdrawnOn: civilDate('2017-02-22') }].map(
      (one) => ({ ...aRisk(1, 'green'), reviews: [one] }),
    )
    const before = digest({ asAt: '2017-02-20' }, null, rated ? [rated] : [])
    expect(digest({ asAt }, before, back ? [back] : []).risks).toMatchObject([
      { state: 'green', rerated: 'was ◆ Red until Wed 22 Feb 2017' },
    ])
  })

  test('tells an issue that is rated anew as well, once', () => {
    const issue = anIssue(1, 'red')
    const calmed = { ...issue, reviews: [aReview({ state: 'green', onDay: '2017-02-23' })] }
    const content = digest({ asAt }, lastWeek(issue), [calmed])
    expect(content.issues).toMatchObject([
      { state: 'green', isNew: false, rerated: 'was ◆ Red until Thu 23 Feb 2017' },
    ])
    expect(digest({ asAt: '2017-03-06' }, content, [calmed]).issues).toEqual([])
  })

  test('tells a risk that was rated anew on the day of the last digest, after it', () => {
    const risk = aRisk(1, 'green')
    const rerated = { ...risk, reviews: [aReview({ state: 'amber', onDay: '2017-02-20' })] }
    expect(digest({ asAt }, lastWeek(risk), [rerated]).risks).toMatchObject([
      { state: 'amber', rerated: 'was ● Green until Mon 20 Feb 2017' },
    ])
  })

  test('lists actions that are overdue or new and the worst issues, and counts the others', () => {
    const known = [anAction(1, '2017-02-24'), anAction(2, '2017-03-31'), anIssue(1, 'amber')]
    const register = [...known, anAction(3, '2017-04-30'), anIssue(2, 'red')]
    const content = digest({ asAt }, lastWeek(...known), register)
    expect(content.actions).toMatchObject([
      { number: 1, neededBy: '2017-02-24', isNew: false },
      { number: 3, isNew: true },
    ])
    expect(content.issues).toMatchObject([{ number: 2, state: 'red', isNew: true }])
    expect(notListed(content)).toContain('1 other open issue')
    expect(notListed(content)).toContain('1 other open action')
  })

  test('warns of a project that was moved later, while one waits for it', () => {
    const moves = [{ from: '2017-03-31', to: '2017-06-30', onDay: '2017-02-22', reason: 'ill' }]
    const projects = [
      { ...rated('2.2', 'green'), milestones: [{ about: 'Website', due: '2017-06-30', moves }] },
    ]
    const register = [aDependency(1, '2.2')]
    const content = digest({ asAt, projects }, lastWeek(...register), register)
    expect(content.dependencies).toMatchObject([
      { missed: 0, slipped: ['1. Website to Fri 30 Jun 2017, was due Fri 31 Mar 2017'] },
    ])
    expect(digest({ asAt: '2017-03-06', projects }, content, register).dependencies).toEqual([])
  })

  test('a dependency stays with its project when that gets another number', () => {
    const renumbered = { ...aDependency(1, '2.2'), dependsOnId: '3.1', dependsOn: '3.1' }
    const content = digest({ asAt, projects: [rated('3.1', 'red')] }, null, [renumbered])
    expect(content.dependencies).toMatchObject([{ waitsFor: { ref: '3.1' } }])
  })
})
