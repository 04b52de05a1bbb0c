import { describe, expect, test } from '@jest/globals'
import { type CivilDate, civilDate } from '../../../src/base/dates.ts'
import type { Entry } from '../../../src/domain/register/entry.ts'
import {
  checkDecision,
  checkDependency,
  checkHeadline,
  checkRisk,
  outcomeProblem,
} from '../../../src/domain/register/entry-rules.ts'
import {
  heldUpDependencies,
  isOpen,
  isOverdue,
  registerAsAt,
} from '../../../src/domain/register/rules.ts'
import { rag } from '../../../src/domain/scheme/schemes.ts'
import { aPlan } from '../../support/plans.ts'
import { aDecision, aDependency, aHeadline, aRisk } from '../../support/register.ts'

const day = (text: string): CivilDate => civilDate(text)

describe('what is open as at a day', () => {
  test.each([
    ['the day before it was opened', '2017-02-09', false],
    ['on the day it was opened', '2017-02-10', true],
    ['the day before it was closed', '2017-02-19', true],
    ['on the day it was closed', '2017-02-20', false],
    ['later', '2017-03-01', false],
  ])('an entry %s', (_, asAt, expected) => {
    const risk = aRisk(1, 'red', { onDay: '2017-02-10', closedOn: '2017-02-20' })
    expect(isOpen(risk, day(asAt))).toBe(expected)
    expect(registerAsAt([risk], day(asAt), rag).risks).toEqual(expected ? [risk] : [])
  })

  test('opened and closed on one day is never open', () => {
    const risk = aRisk(1, 'red', { onDay: '2017-02-10', closedOn: '2017-02-10' })
    expect(isOpen(risk, day('2017-02-10'))).toBe(false)
  })
})

describe('the order', () => {
  const asAt = day('2017-02-24')
  const numbers = (entries: readonly Entry[]) => entries.map(({ number }) => number)

  test('of risks is worst first, without a rating last, then by number', () => {
    const entries = [
      aRisk(5, 'red'),
      aRisk(1, 'blank'),
      aRisk(2, 'green'),
      aRisk(4, 'amber'),
      aRisk(3, 'red'),
    ]
    expect(numbers(registerAsAt(entries, asAt, rag).risks)).toEqual([3, 5, 4, 2, 1])
  })

  test('of decisions is by the day they are needed, overdue first, without a day last', () => {
    const entries = [
      aDecision(1, null),
      aDecision(2, '2017-03-31'),
      aDecision(3, '2017-02-20'),
      aDecision(5, '2017-02-25'),
      aDecision(4, '2017-02-25'),
      aDecision(6, null),
    ]
    expect(numbers(registerAsAt(entries, asAt, rag).decisions)).toEqual([3, 4, 5, 2, 1, 6])
  })

  test('of headlines is newest first, of dependencies by number', () => {
    const entries = [aHeadline(1), aHeadline(2), aDependency(2, 'x'), aDependency(1, 'y')]
    const register = registerAsAt(entries, asAt, rag)
    expect(numbers(register.headlines)).toEqual([2, 1])
    expect(numbers(register.dependencies)).toEqual([1, 2])
  })

  test.each([
    ['2017-02-23', true],
    ['2017-02-24', false],
    [null, false],
  ])('a decision needed by %s is overdue: %s', (neededBy, expected) => {
    expect(isOverdue({ neededBy: neededBy === null ? null : day(neededBy) }, asAt)).toBe(expected)
  })
})

describe('a dependency is held up', () => {
  const plan = aPlan({
    asAt: '2017-02-24',
    projects: [
      { ref: '1.1', updates: [{ state: 'red' }] },
      { ref: '1.2', updates: [{ state: 'amber' }], milestones: [{ due: '2017-02-23' }] },
      { ref: '1.3', updates: [{ state: 'amber' }], milestones: [{ due: '2017-02-24' }] },
      { ref: '1.4' },
      {
        ref: '1.5a',
        updates: [{ state: 'red' }],
        milestones: [{ due: '2017-01-31' }, { due: '2017-02-01', doneOn: '2017-02-01' }],
      },
    ],
  })
  test.each([
    ['1.1', { key: 'red', missed: 0 }],
    ['1.2', { key: 'amber', missed: 1 }],
    ['1.5A', { key: 'red', missed: 1 }],
  ])('by %s: it is Red or has an overdue milestone', (ref, { key, missed }) => {
    expect(heldUpDependencies([aDependency(1, ref)], plan, rag)).toMatchObject([
      { state: { key }, missed },
    ])
  })

  test.each(['1.3', '1.4', 'the regional partnership', ''])('not by "%s"', (dependsOn) => {
    expect(heldUpDependencies([aDependency(1, dependsOn)], plan, rag)).toEqual([])
  })
})

describe('a risk', () => {
  const by = { scheme: rag, today: day('2017-02-24'), ownerId: null }
  test('may have no rating, which is blank and never Green', () => {
    expect(checkRisk({ text: 'No provider' }, by)).toEqual({
      ok: true,
      details: {
        ...{ kind: 'risk', text: 'No provider', mitigation: null, state: 'blank' },
        ...{ score: null, proximity: null, ownerId: null, reviewOn: null },
      },
    })
  })
  test.each([
    ['Amber', 'amber'],
    ['R', 'red'],
    ['g', 'green'],
  ])('rated "%s" is %s', (rating, key) => {
    const checked = checkRisk({ text: 'x', rating, mitigation: 'y' }, by)
    expect(checked).toMatchObject({ ok: true, details: { state: key, mitigation: 'y' } })
  })
  test.each([
    [{ rating: 'red' }, { text: 'Say what the risk is.' }],
    [
      { text: 'x', rating: 'ambr' },
      {
        rating:
          'I do not know the state “ambr”. Did you mean Amber? The states are Red, Amber and Green.',
      },
    ],
  ])('%j has problems', (asked, problems) => {
    expect(checkRisk(asked, by)).toEqual({ ok: false, problems })
  })
})

describe('a decision', () => {
  const today = day('2017-02-24')
  test('has the full date by which it is needed', () => {
    expect(checkDecision({ text: 'x', whom: 'the Cabinet', date: '31 Mar' }, today)).toEqual({
      ok: true,
      details: { kind: 'decision', text: 'x', askedOf: 'the Cabinet', neededBy: '2017-03-31' },
    })
  })
  test('may have no one to decide and no date yet', () => {
    expect(checkDecision({ text: 'x' }, today)).toMatchObject({
      ok: true,
      details: { askedOf: null, neededBy: null },
    })
  })
  test.each([
    [{}, { text: 'Say what is to be decided.' }],
    [
      { text: 'x', date: '23 Feb 2017' },
      { date: 'Thu 23 Feb 2017 has passed. Say a day from today on.' },
    ],
    [
      { text: 'x', date: 'Ofsted' },
      { date: 'I could not read “Ofsted” as a date. Try 30 Jun 2017 or end of March.' },
    ],
  ])('%j has problems', (asked, problems) => {
    expect(checkDecision(asked, today)).toEqual({ ok: false, problems })
  })
})

describe('a dependency', () => {
  const projects = ['2.1', '2.2', '4.5A'].map((ref) => ({ id: `id of ${ref}`, ref }))
  const check = (body: string | undefined) => checkDependency({ body }, { ref: '2.1' }, projects)
  test.each([
    ['2.2', '2.2', 'id of 2.2'],
    ['4.5a', '4.5A', 'id of 4.5A'],
    ['the regional partnership', 'the regional partnership', null],
    ['Section 17 team', 'Section 17 team', null],
  ])('on "%s" waits for %s', (body, dependsOn, dependsOnId) => {
    expect(check(body)).toEqual({
      ok: true,
      details: { kind: 'dependency', text: '', dependsOn, dependsOnId },
    })
  })
  test.each([
    [undefined, 'Say what it waits for: the number of a project, or a body.'],
    ['2.1', '2.1 cannot wait for itself. Say another project, or a body.'],
    ['2.22', 'There is no project “2.22” in the programme. Did you mean 2.2?'],
  ])('on "%s" has a problem', (body, problem) => {
    expect(check(body)).toEqual({ ok: false, problems: { body: problem } })
  })
})

test('a headline needs words', () => {
  expect(checkHeadline({})).toMatchObject({ ok: false })
  expect(checkHeadline({ text: 'News' })).toEqual({
    ok: true,
    details: { kind: 'headline', text: 'News' },
  })
})

test.each([
  ['risk', undefined, true],
  ['dependency', undefined, true],
  ['headline', undefined, true],
  ['decision', 'Option B, by the Cabinet', true],
  ['decision', undefined, false],
] as const)('a %s with the outcome "%s" can be closed: %s', (kind, outcome, expected) => {
  expect(outcomeProblem({ kind }, outcome) === undefined).toBe(expected)
})
