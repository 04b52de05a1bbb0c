import { describe, expect, test } from '@jest/globals'
import { nextProjectRef, nextWorkstreamRef } from '../../../src/domain/plan/refs.ts'

describe('the next free number', () => {
  test.each([
    ['2', [], '2.1'],
    ['2', ['2.1', '2.2', '1.7'], '2.3'],
    ['2', ['2.9', '2.10'], '2.11'],
    ['2', ['2.1a', '22.5'], '2.1'],
    ['EH', ['EH.4'], 'EH.5'],
  ])('of a project in workstream %s beside %j is %s', (workstream, taken, next) => {
    expect(nextProjectRef(workstream, taken)).toBe(next)
  })

  test.each([
    [[], '1'],
    [['1', '2', 'A'], '3'],
    [['9', '10'], '11'],
    [['2', '99999999999999999999'], '3'],
  ])('of a workstream beside %j is %s', (taken, next) => {
    expect(nextWorkstreamRef(taken)).toBe(next)
  })
})
