import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { composeDigestFor } from '../../../../src/domain/digests/audience/compose-for.ts'
import {
  pendingCheckText,
  redactPendingWith,
} from '../../../../src/domain/digests/audience/redact-pending.ts'
import { composeDigest } from '../../../../src/domain/digests/content/compose.ts'
import { countSetAside } from '../../../../src/domain/plan/set-aside.ts'
import type { Audience } from '../../../../src/domain/programme/audience.ts'
import type { Scope } from '../../../../src/domain/schedule/scope.ts'
import { aPlan } from '../../../support/plans.ts'
import { settingsWith } from '../../../support/settings.ts'

test('a digest counts what is set aside, and calls none of it gone; a Red that goes is told', () => {
  const since = civilDate('2017-02-17')
  const red = { ref: '2.2', updates: [{ state: 'red', onDay: '2017-02-14' }] }
  const before = composeDigest({
    plan: aPlan({ asAt: '2017-02-17', projects: [{ ref: '2.1' }, red, { ref: '2.3' }] }),
    ...{ register: [], previous: null, since },
  })
  const held = { state: 'on hold', onDay: civilDate('2017-02-20'), reason: null } as const
  const digest = composeDigest({
    plan: aPlan({ asAt: '2017-02-24', projects: [{ ref: '2.1' }] }),
    ...{ register: [], previous: before, since },
    setAside: {
      counts: countSetAside([{ ...held, reviewOn: null }]),
      ids: new Set(['2.2']),
      projects: [
        {
          ...{ id: '2.2', ref: '2.2', title: 'Website', workstreamId: '2', tags: [] },
          life: { ...held, reviewOn: null },
        },
      ],
      reopenings: new Map(),
    },
  })
  expect(digest.leftOut).toContainEqual({ what: '1 on hold', see: 'plan' })
  expect(digest.otherChanges).toEqual([
    '1 project set aside (before: 1 Red)',
    '1 project no longer in the plan',
  ])
})

describe('by name', () => {
  const life = {
    state: 'closed',
    onDay: civilDate('2017-02-22'),
    ending: 'stopped',
    into: null,
  } as const
  const project = (ref: string, workstreamId: string) => ({
    ...{ id: ref, ref, title: `Project ${ref}`, workstreamId, tags: [] },
    life: { ...life, reason: 'the grant ended' },
  })
  const since = civilDate('2017-02-17')
  const whole = { workstreams: [], tags: [] }
  const told = (audience: Audience, scope: Scope, settings: object = {}) => {
    const programme = { settings: settingsWith(settings) }
    const target = { audience, scope }
    const first = aPlan({
      asAt: '2017-02-17',
      programme,
      projects: [{ ref: '1.1' }, { ref: '2.1' }],
    })
    const compared = { register: [], since }
    const previous = composeDigestFor({ ...compared, plan: first, previous: null }, target)
    const projects = [project('1.1', '1'), project('1.2', '1'), project('2.2', '2')]
    const lives = { counts: countSetAside([]), projects, reopenings: new Map() }
    const setAside = { ...lives, ids: new Set(projects.map(({ id }) => id)) }
    const plan = aPlan({ asAt: '2017-02-24', programme, projects: [{ ref: '2.1' }] })
    const input = { ...compared, plan, previous, setAside }
    return composeDigestFor(input, target).lifeChanges.map(({ ref, reason }) => [ref, reason])
  }

  test.each<[string, Audience, Scope, string[]]>([
    ['the board hears of all', 'board', whole, ['1.1', '1.2', '2.2']],
    ['the public of those it knew as live', 'public', whole, ['1.1']],
    ['a part of its own', 'board', { workstreams: ['2'], tags: [] }, ['2.2']],
  ])('%s', (_, audience, scope, refs) => {
    expect(told(audience, scope).map(([ref]) => ref)).toEqual(refs)
  })

  test('the reason is for whom commentary is', () => {
    expect(told('board', whole)[0]).toEqual(['1.1', 'the grant ended'])
    expect(told('board', whole, { commentaryFor: 'internal' })[0]).toEqual([
      '1.1',
      { withheld: true },
    ])
  })

  test('words that a check asks about are taken out until somebody answers for them', () => {
    const reason = 'Jayden Smith, aged 9, moved to another school'
    const projects = [{ ...project('1.1', '1'), life: { ...life, reason } }]
    const lives = { counts: countSetAside([]), projects, ids: new Set(['1.1']) }
    const reopening = { onDay: since, reason, from: { ...life, reason }, isUndo: false }
    const setAside = { ...lives, reopenings: new Map([['1.2', reopening]]) }
    const redacted = redactPendingWith({ plan: aPlan({}), register: [], setAside }, [])
    expect(JSON.stringify(redacted.setAside.projects)).toContain(pendingCheckText)
    const again = redacted.setAside.reopenings.get('1.2')
    expect([again?.reason, again?.from.reason]).toEqual([pendingCheckText, pendingCheckText])
  })
})
