import { describe, expect, test } from '@jest/globals'
import { addDays, civilDate } from '../../../src/base/dates.ts'
import { type Card, expandCard } from '../../../src/chat/cards.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import { ratingConfigOf } from '../../../src/domain/status/rules.ts'
import { projectView } from '../../../src/features/updates/project-view.ts'
import { dueView } from '../../../src/features/updates/views.ts'
import { toMessage } from '../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../src/playground/slack/limits.ts'
import { cardProblems, jsonBytes } from '../../../src/playground/teams/limits.ts'
import { aPlan, type UpdateSketch } from '../../support/plans.ts'
import { settingsWith } from '../../support/settings.ts'

const today = civilDate('2017-02-24')

describe('a project that is shown', () => {
  const offered = (update: UpdateSketch, mayChange = true) => {
    const [project] = aPlan({ projects: [{ ref: '2.1', updates: [update] }] }).projects
    if (!project) throw new Error('there is no project')
    const { data } = projectView({
      ...{ project, today, mayChange, mayChangePlan: false, mayConfirm: false },
      ...{ personId: 'asha', secondRating: null, ratesMilestones: false },
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
  const [project] = plan.projects
  const viewer = {
    ...{
      today,
      ratingConfig: ratingConfigOf(settingsWith()),
      names: new Map([['asha', 'Asha Verity']]),
    },
    ...{ personId: 'asha', mayChange: true, mayChangePlan: false, mayConfirm: true },
    ratesMilestones: true,
    secondRating: null,
    outcomeLinks: {
      outcomes: [endless, endless],
      recommendations: Array.from({ length: 20 }, (_, at) => String(at + 1)),
      measures: Array.from({ length: 20 }, (_, at) => ({ number: at + 1, title: endless })),
    },
  }
  const views: [string, Card][] = [
    [
      'what is due',
      dueView({
        plans: [plan],
        personId: 'asha',
        today,
        until: addDays(today, 14),
        prefix: '/rag',
      }),
    ],
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
    expect(views).toHaveLength(2)
  })
})
