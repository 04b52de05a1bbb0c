import { describe, expect, test } from '@jest/globals'
import {
  done as doneCommand,
  move as moveCommand,
} from '../../../src/features/milestones/commands.ts'
import { patternOf } from '../../support/patterns.ts'

const move = patternOf(moveCommand)

describe('a move as people type it', () => {
  test.each([
    [
      'move 2.1 2 to 30 Jun because the tender is late',
      { project: '2.1', milestone: '2', date: '30 Jun', reason: 'the tender is late' },
    ],
    [
      'move 2.1 roll out to schools to 30 Jun because we need to wait to see',
      {
        project: '2.1',
        milestone: 'roll out to schools',
        date: '30 Jun',
        reason: 'we need to wait to see',
      },
    ],
    [
      'Move 2.1 website to next Friday',
      { project: '2.1', milestone: 'website', date: 'next Friday' },
    ],
  ])('%j', (typed, parts) => {
    expect(move.match(typed)).toEqual(parts)
  })

  test('does not match without a date, and its first word still tells the command', () => {
    expect(move.match('move 2.1 website')).toBeUndefined()
    expect(move.firstWord).toBe('move')
  })
})

describe('a milestone that is done, as people type it', () => {
  const done = patternOf(doneCommand)
  test.each([
    [
      'done 2.1 gather evidence evidence https://example.org/pages',
      { project: '2.1', milestone: 'gather evidence', link: 'https://example.org/pages' },
    ],
    ['done 2.1 gather evidence', { project: '2.1', milestone: 'gather evidence' }],
  ])('%j', (typed, parts) => {
    expect(done.match(typed)).toEqual(parts)
  })
})
