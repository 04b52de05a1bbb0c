import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { roundsAt } from '../../../src/domain/rounds/rules.ts'
import { defaultSchedule } from '../../../src/domain/schedule/schedule.ts'
import { rag } from '../../../src/domain/scheme/schemes.ts'
import {
  projectNeeds,
  projectsSection,
  type RoundRequest,
} from '../../../src/features/home/projects-section.ts'
import { aPlan, type ProjectSketch } from '../../support/plans.ts'

const today = civilDate('2017-02-24')

function needs(project: Omit<ProjectSketch, 'ref'>, asked: RoundRequest | null = null) {
  const [only] = aPlan({ projects: [{ ref: '2.1', ...project }] }).projects
  if (!only) throw new Error('no project')
  return projectNeeds(only, today, rag, asked)
}

describe('what a project needs', () => {
  test.each<[string, Omit<ProjectSketch, 'ref'>, boolean, string[]]>([
    ['its first update', {}, true, ['not updated yet']],
    [
      'nothing six days after an update',
      { updates: [{ state: 'green', onDay: '2017-02-18' }] },
      false,
      [],
    ],
    [
      'an update after seven days',
      { updates: [{ state: 'green', onDay: '2017-02-17' }] },
      true,
      ['last update 7 days ago'],
    ],
    [
      'an update when its green-by day has passed',
      { updates: [{ state: 'amber', onDay: '2017-02-23', greenBy: '2017-02-23' }] },
      true,
      ['its green-by day has passed'],
    ],
    [
      'nothing while its green-by day is today',
      { updates: [{ state: 'red', onDay: '2017-02-23', greenBy: '2017-02-24' }] },
      false,
      [],
    ],
    [
      'an answer to what is overdue, and to what is due within 14 days',
      {
        updates: [{ state: 'green', onDay: '2017-02-24' }],
        milestones: [
          { due: '2017-02-23' },
          { due: '2017-02-22', doneOn: '2017-02-22' },
          { due: '2017-02-24' },
          { due: '2017-03-10' },
          { due: '2017-03-11' },
          { due: null },
        ],
      },
      false,
      ['1 milestone overdue', '2 milestones due in 14 days'],
    ],
  ])('is %s', (_name, project, update, lines) => {
    expect(needs(project)).toEqual({ update, lines })
  })
})

describe('what a round asks of a project', () => {
  const lastWeek: ProjectSketch['updates'] = [{ state: 'green', onDay: '2017-02-10' }]

  test('is said with the moment by which, while it is open', () => {
    const asked = { status: 'owed', by: 'Thu 2 Mar 2017, 12:00' } as const
    expect(needs({ updates: lastWeek }, asked)).toEqual({
      update: true,
      lines: ['an update by Thu 2 Mar 2017, 12:00', 'last update 14 days ago'],
    })
  })

  test('is nothing more once it is answered, and nothing where none is needed', () => {
    const nothing = { update: false, lines: [] }
    expect(needs({ updates: lastWeek }, { status: 'answered', by: null })).toEqual(nothing)
    expect(needs({ updates: lastWeek }, { status: 'excused', by: null })).toEqual(nothing)
    expect(needs({}, { status: 'excused', by: 'Thu 2 Mar 2017, 12:00' })).toEqual(nothing)
  })
})

describe('“no change” beside “update”', () => {
  const at = new Date('2017-02-22T12:00:00Z')
  const known = { schedule: defaultSchedule('Europe/London'), changes: [] }

  function mine(settings: unknown = {}) {
    const ofAsha = (ref: string, updates: ProjectSketch['updates'] = []) => ({
      ...{ ref, updates, leads: ['asha'] },
    })
    const plan = aPlan({
      programme: { settings },
      projects: [
        ofAsha('2.1', [{ state: 'green', onDay: '2017-02-10' }]),
        ofAsha('2.2', [{ state: 'green', onDay: '2017-02-21' }]),
        ofAsha('2.3'),
        ofAsha('2.4', [{ state: 'red', onDay: '2017-02-10', greenBy: '2017-02-20' }]),
        ofAsha('2.5', [{ state: 'amber', onDay: '2017-02-10' }]),
      ],
    })
    const rounds = new Map([['programme', roundsAt({ ...known, programme: plan.programme }, at)]])
    return projectsSection({ plans: [plan], rounds, personId: 'asha', today, prefix: '/rag' })
  }

  test('is offered where an answer is owed and what was said last can be said again', () => {
    const section = mine()
    const offered = (title: string) =>
      section?.rows
        .filter(({ buttons }) => buttons.some((button) => button.title === title))
        .map((row) => row.title.split(' ').find((word) => word.startsWith('2.')))
        .toSorted()
    expect(offered('Update')).toEqual(['2.1', '2.3', '2.4', '2.5'])
    expect(offered('No change')).toEqual(['2.1', '2.5'])
    expect(section?.buttons).toEqual([expect.objectContaining({ title: 'No change to all' })])
  })
})
