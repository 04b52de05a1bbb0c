import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { diffDigest, formatDiff } from '../../../../src/domain/digests/archive/diff.ts'
import {
  boardTarget,
  composeDigestFor,
} from '../../../../src/domain/digests/audience/compose-for.ts'
import { aPlan, type ProjectSketch } from '../../../support/plans.ts'

describe('what changed since a digest', () => {
  const digest = (projects: readonly ProjectSketch[]) => {
    const plan = aPlan({ asAt: '2017-02-24', projects })
    return composeDigestFor(
      { plan, register: [], previous: null, since: civilDate('2017-02-20') },
      boardTarget,
    )
  }
  const now = (projects: readonly ProjectSketch[]) => aPlan({ asAt: '2017-03-03', projects })
  const one: ProjectSketch = {
    ref: '2.1',
    updates: [{ state: 'green' }],
    milestones: [{ due: '2017-03-31' }],
  }

  test('is nothing where states, dates and projects are the same, whatever the reasons', () => {
    const changes = diffDigest(
      digest([one]),
      now([{ ...one, updates: [{ state: 'green', reason: 'Still' }] }]),
    )
    expect(changes).toEqual({ states: [], milestones: [], projects: [] })
    expect(formatDiff(changes)).toBe('')
  })

  test('lists states, dates, completions, and projects that were added or removed', () => {
    const changes = diffDigest(
      digest([
        one,
        { ref: '2.2' },
        { ref: '2.3', milestones: [{ due: null }, { due: '2017-03-01' }] },
      ]),
      now([
        { ...one, updates: [{ state: 'red' }], milestones: [{ due: '2017-06-30' }] },
        {
          ref: '2.3',
          milestones: [{ due: '2017-04-30' }, { due: '2017-03-01', doneOn: '2017-03-01' }],
        },
        { ref: '2.4' },
      ]),
    )
    expect(changes).toEqual({
      states: [{ title: '2.1 Project 2.1', line: '● Green then, ◆ Red now' }],
      milestones: [
        {
          title: '2.1 Project 2.1',
          line: '1. Milestone 1 of 2.1: due Fri 31 Mar 2017 then, Fri 30 Jun 2017 now',
        },
        {
          title: '2.3 Project 2.3',
          line: '1. Milestone 1 of 2.3: due no date then, Sun 30 Apr 2017 now',
        },
        { title: '2.3 Project 2.3', line: '2. Milestone 2 of 2.3: done since then' },
      ],
      projects: [
        { title: '2.4 Project 2.4', line: 'new since then' },
        { title: '1 project', line: 'no longer in it' },
      ],
    })
    expect(formatDiff(changes)).toBe(
      'Changed since: 1 project in another state, 3 milestones moved or done, projects came or left.',
    )
  })
})
