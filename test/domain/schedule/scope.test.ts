import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { Refusal } from '../../../src/base/errors.ts'
import { composeDigestFor } from '../../../src/domain/digests/audience/compose-for.ts'
import {
  formatScopeCoverage,
  overridesWithin,
  parseScope,
  planWithin,
  registerWithin,
  wholeProgramme,
} from '../../../src/domain/schedule/scope.ts'
import { aPlan } from '../../support/plans.ts'
import { aDependency, aHeadline, aRisk } from '../../support/register.ts'

const plan = aPlan({
  workstreams: [
    { ref: '1', title: 'Practice' },
    { ref: '2', title: 'Help and protection' },
    { ref: '3' },
  ],
  projects: [
    { ref: '1.1', tags: ['Ofsted'] },
    { ref: '1.2' },
    { ref: '2.1' },
    { ref: '3.1', tags: ['Innovation', 'ofsted'] },
  ],
})
const refs = (workstreams: string[], tags: string[]) =>
  planWithin(plan, { workstreams, tags }).projects.map(({ ref }) => ref)

describe('a part of a programme', () => {
  test.each<[string[], string[], string[]]>([
    [[], [], ['1.1', '1.2', '2.1', '3.1']],
    [['1'], [], ['1.1', '1.2']],
    [['1', '2'], [], ['1.1', '1.2', '2.1']],
    [[], ['Ofsted'], ['1.1', '3.1']],
    [['2'], ['Ofsted'], ['1.1', '2.1', '3.1']],
    [['9'], [], []],
  ])('with workstreams %j and tags %j has the projects %j', (workstreams, tags, expected) => {
    expect(refs(workstreams, tags)).toEqual(expected)
  })

  test('has only the workstreams of its projects; the whole programme is the plan itself', () => {
    const part = planWithin(plan, { workstreams: [], tags: ['Ofsted'] })
    expect(part.workstreams.map(({ ref }) => ref)).toEqual(['1', '3'])
    expect(planWithin(plan, wholeProgramme)).toBe(plan)
  })

  test.each([
    ['2', ['2'], []],
    ['1, 3', ['1', '3'], []],
    ['3 and 1 and 1', ['1', '3'], []],
    ['practice', ['1'], []],
    ['Help and protection', ['2'], []],
    ['workstream 2, OFSTED', ['2'], ['Ofsted']],
    ['', [], []],
  ])('is parsed: “%s” gives workstreams %j and tags %j', (text, workstreams, tags) => {
    expect(parseScope(text, plan)).toEqual({ workstreams, tags })
  })

  test('is refused for a term that is neither a workstream nor a tag, with the nearest one', () => {
    expect(() => parseScope('Inovation', plan)).toThrow(Refusal)
    expect(() => parseScope('Inovation', plan)).toThrow('Did you mean Innovation?')
  })

  test('is described in the digest, and the whole programme is not', () => {
    expect(formatScopeCoverage({ workstreams: ['1', '2'], tags: ['Ofsted'] }, plan)).toBe(
      'About workstreams 1 and 2, and projects tagged Ofsted: 4 of 4 projects',
    )
    expect(formatScopeCoverage(wholeProgramme, plan)).toBeNull()
  })

  test('has the register entries about its projects, except dependencies on projects outside', () => {
    const of = (ref: string) => ({ project: { id: ref, ref, title: ref } })
    const entries = [
      aRisk(1, 'red', of('1.1')),
      aRisk(2, 'red', of('2.1')),
      aHeadline(1),
      aDependency(1, '1.2', of('1.1')),
      aDependency(2, '2.1', of('1.1')),
      aDependency(3, 'the NHS', of('1.1')),
    ]
    const part = planWithin(plan, { workstreams: ['1'], tags: [] })
    const ids = registerWithin(entries, plan, part).map(({ id }) => id)
    expect(ids).toEqual(['risk 1', 'dependency 1', 'dependency 3'])
    expect(registerWithin(entries, plan, plan)).toBe(entries)
  })

  test('does not have the override of the whole programme’s colour', () => {
    const row = {
      state: 'red',
      reason: '',
      byId: null,
      onDay: civilDate('2017-02-20'),
      confirmation: null,
    }
    const at = new Date('2017-02-20T12:00:00Z')
    const rows = [null, '1'].map((workstreamId) => ({
      ...row,
      at,
      id: `${workstreamId}`,
      workstreamId,
    }))
    const part = planWithin(plan, { workstreams: ['1'], tags: [] })
    expect(overridesWithin(rows, plan, part).map(({ id }) => id)).toEqual(['1'])
  })

  test('has a digest that says what it covers and mentions nothing else', () => {
    const asked = { plan, register: [], previous: null, since: civilDate('2017-02-20') }
    const content = composeDigestFor(asked, {
      audience: 'board',
      scope: { workstreams: ['1'], tags: [] },
    })
    expect(content.scope).toBe('About workstream 1: 2 of 4 projects')
    expect(content.snapshot.projects.map(({ id }) => id)).toEqual(['1.1', '1.2'])
  })
})
