import { describe, expect, test } from '@jest/globals'
import type { Check } from '../../../src/domain/checks/check.ts'
import { checkRegistry } from '../../../src/domain/checks/registry.ts'
import { openChecks } from '../../../src/domain/checks/rules.ts'
import { aPlan } from '../../support/plans.ts'
import { answerTo, green, keysOf, noInputs } from './raise-checks.ts'

test('each check has a key of its own', () => {
  const keys = checkRegistry.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
})

describe('a toy check, a file and a row of the registry', () => {
  const toyCheck: Check = {
    key: 'toy',
    title: 'the colour of the door',
    appliesTo: ({ state }) => state.key === 'green',
    find: ({ project }) => ({ fingerprints: [project.ref], question: 'What colour is the door?' }),
  }
  const plan = aPlan({ asAt: '2017-03-24', projects: [{ ref: '2.1', updates: [green] }] })
  const raise = (answers = noInputs.answers) =>
    openChecks(plan, { ...noInputs, answers }, [...checkRegistry, toyCheck])

  test('is asked of the projects that it applies to', () => {
    expect(keysOf(raise())).toEqual(['toy'])
    const blank = aPlan({ asAt: '2017-03-24', projects: [{ ref: '2.1' }] })
    expect(openChecks(blank, noInputs, [...checkRegistry, toyCheck])).toEqual([])
  })

  test('is settled by an answer about the same', () => {
    const [raised] = raise()
    if (!raised) throw new Error('the toy check was not raised')
    expect(raise([answerTo(raised)])).toEqual([])
  })
})
