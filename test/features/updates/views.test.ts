import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { type Card, expandCard } from '../../../src/chat/cards.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import { type CurrentRounds, roundsAt } from '../../../src/domain/rounds/rules.ts'
import { defaultSchedule } from '../../../src/domain/schedule/schedule.ts'
import { rag } from '../../../src/domain/scheme/schemes.ts'
import { ratingConfigOf } from '../../../src/domain/status/rules.ts'
import {
  myProjectsView,
  projectNeeds,
  type RoundRequest,
} from '../../../src/features/updates/my-projects-view.ts'
import { projectView } from '../../../src/features/updates/project-view.ts'
import { dueView } from '../../../src/features/updates/views.ts'
import { toMessage } from '../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../src/playground/slack/limits.ts'
import { cardProblems, jsonBytes } from '../../../src/playground/teams/limits.ts'
import { aPlan, type ProjectSketch, type UpdateSketch } from '../../support/plans.ts'
import { settingsWith } from '../../support/settings.ts'

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
    return myProjectsView({
      plans: [plan],
      rounds,
      questions: [],
      personId: 'asha',
      today,
      prefix: '/rag',
    })
  }

  test('is offered where an answer is owed and what was said last can be said again', () => {
    const { rows, noChangeToAll } = mine().data as {
      rows: { project: string; noChange: boolean; needsUpdate: boolean }[]
      noChangeToAll: boolean
    }
    const offered = (wanted: 'noChange' | 'needsUpdate') =>
      rows
        .filter((row) => row[wanted])
        .map(({ project }) => project)
        .toSorted()
    expect(offered('needsUpdate')).toEqual(['2.1', '2.3', '2.4', '2.5'])
    expect(offered('noChange')).toEqual(['2.1', '2.5'])
    expect(noChangeToAll).toBe(true)
  })
})

describe('a project that is shown', () => {
  const offered = (update: UpdateSketch, mayChange = true) => {
    const [project] = aPlan({ projects: [{ ref: '2.1', updates: [update] }] }).projects
    if (!project) throw new Error('there is no project')
    const { data } = projectView({
      ...{ project, today, mayChange, mayChangePlan: false, mayConfirm: false },
      ...{ personId: 'asha', secondRating: null },
      ...{ ratingConfig: ratingConfigOf(settingsWith()), names: new Map() },
      outcomeLinks: { outcomes: [], recommendations: [], measures: [] },
    })
    return (data as { buttons: { title: string }[] }).buttons.map(({ title }) => title)
  }

  test.each<[string, UpdateSketch, string[]]>([
    [
      'a Green of last week',
      { state: 'green', onDay: '2017-02-17' },
      ['Update', 'No change', 'Change…'],
    ],
    ['what was said today', { state: 'green', onDay: today }, ['Update', 'Change…']],
    [
      'what a sheet said today',
      { state: 'green', onDay: today, source: 'import' },
      ['Update', 'No change', 'Change…'],
    ],
    [
      'a Red past its green-by day',
      { state: 'red', onDay: '2017-02-01', greenBy: '2017-02-17' },
      ['Update', 'Change…'],
    ],
  ])('offers “no change” where it can be said: %s', (_, update, expected) => {
    expect(offered(update)).toEqual(expected)
  })

  test('offers nothing to who may only read it', () => {
    expect(offered({ state: 'green', onDay: '2017-02-17' }, false)).toEqual([])
  })
})

describe('however much a plan holds', () => {
  const endless = 'Ünlimited words '.repeat(3000)
  const plan: Plan = aPlan({
    people: [{ id: 'asha', name: 'Asha Verity' }],
    projects: Array.from({ length: 40 }, (_, at) => ({
      ref: `2.${at + 1}`,
      title: endless,
      leads: ['asha'],
      updates: Array.from({ length: 60 }, () => ({
        state: 'red',
        onDay: '2017-01-02',
        greenBy: '2017-02-01',
        reason: endless,
        path: endless,
      })),
      milestones: Array.from({ length: 30 }, () => ({
        about: endless,
        due: '2017-02-20',
        atRisk: endless,
        moves: Array.from({ length: 20 }, () => ({
          from: '2017-01-20',
          to: '2017-02-20',
          onDay: '2017-01-20',
          reason: endless,
        })),
      })),
    })),
  })
  const rounds = new Map<string, CurrentRounds>()
  const [project] = plan.projects
  const viewer = {
    ...{
      today,
      ratingConfig: ratingConfigOf(settingsWith()),
      names: new Map([['asha', 'Asha Verity']]),
    },
    ...{ personId: 'asha', mayChange: true, mayChangePlan: false, mayConfirm: true },
    secondRating: null,
    outcomeLinks: {
      outcomes: [endless, endless],
      recommendations: Array.from({ length: 20 }, (_, at) => String(at + 1)),
      measures: Array.from({ length: 20 }, (_, at) => ({ number: at + 1, title: endless })),
    },
  }
  const views: [string, Card][] = [
    [
      'the projects of a person',
      myProjectsView({
        plans: [plan],
        rounds,
        questions: [],
        personId: 'asha',
        today,
        prefix: '/rag',
      }),
    ],
    ['what is due', dueView({ plans: [plan], personId: 'asha', today, days: 14, prefix: '/rag' })],
    ...(project ? [['a project', projectView({ project, ...viewer })] as [string, Card]] : []),
  ]

  test.each(views)(
    '%s can be shown on both platforms, and says what is left out',
    (_name, view) => {
      const card = expandCard(view)
      expect(blockProblems(toMessage(card).blocks, 'message')).toEqual([])
      expect(cardProblems(JSON.parse(JSON.stringify(card)))).toEqual([])
      expect(jsonBytes(card)).toBeLessThan(28_000)
      expect(JSON.stringify(card)).toMatch(/not listed/)
    },
  )

  test('each of them is tried', () => {
    expect(views).toHaveLength(3)
  })
})
