import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { type Card, expand } from '../../../src/chat/cards.ts'
import type { Plan } from '../../../src/features/plan/plan.ts'
import { settingsOf } from '../../../src/features/plan/settings.ts'
import { projectView } from '../../../src/features/status/project-view.ts'
import { waysOf } from '../../../src/features/status/rules.ts'
import { rag } from '../../../src/features/status/schemes.ts'
import { dueView, mineView, needsOf } from '../../../src/features/status/views.ts'
import { toMessage } from '../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../src/playground/slack/limits.ts'
import { cardProblems, jsonBytes } from '../../../src/playground/teams/limits.ts'
import { aPlan, type ProjectSketch } from '../../support/plans.ts'

const today = civilDate('2017-02-24')

function needs(project: Omit<ProjectSketch, 'ref'>) {
  const [only] = aPlan({ projects: [{ ref: '2.1', ...project }] }).projects
  if (!only) throw new Error('no project')
  return needsOf(only, today, rag)
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
      'an answer to what is late, and to what is due within 14 days',
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
      ['1 milestone late', '2 milestones due in 14 days'],
    ],
  ])('is %s', (_name, project, update, lines) => {
    expect(needs(project)).toEqual({ update, lines })
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
  const [project] = plan.projects
  const viewer = {
    ...{ today, ways: waysOf(settingsOf({})), names: new Map([['asha', 'Asha Verity']]) },
    ...{ personId: 'asha', mayChange: true, mayConfirm: true },
    aims: {
      outcomes: [endless, endless],
      recommendations: Array.from({ length: 20 }, (_, at) => String(at + 1)),
      measures: Array.from({ length: 20 }, (_, at) => ({ number: at + 1, title: endless })),
    },
  }
  const views: [string, Card][] = [
    ['the projects of a person', mineView([plan], 'asha', today, '/rag')],
    ['what is due', dueView({ plans: [plan], personId: 'asha', today, days: 14, prefix: '/rag' })],
    ...(project ? [['a project', projectView({ project, ...viewer })] as [string, Card]] : []),
  ]

  test.each(views)(
    '%s can be shown on both platforms, and says what is left out',
    (_name, view) => {
      const card = expand(view)
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
