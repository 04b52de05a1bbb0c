import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { type Follow, followEventsFor } from '../../../src/domain/follows/follow-events.ts'
import { reminderCard } from '../../../src/features/reminders/cards.ts'
import { remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import { aPlan, type ProjectSketch } from '../../support/plans.ts'

const follow: Follow = {
  ...{ personId: 'owen', projectId: '2.1', at: new Date('2017-02-20T09:00:00Z') },
  from: civilDate('2017-02-20'),
}
const today = civilDate('2017-02-24')

const planOf = (project: Omit<ProjectSketch, 'ref'>) =>
  aPlan({
    asAt: '2017-02-24',
    people: [{ id: 'owen' }],
    projects: [{ ref: '2.1', title: 'Site', ...project }],
  })

const newsOf = (project: Omit<ProjectSketch, 'ref'>, day = today) =>
  followEventsFor(planOf(project), follow, day).map(({ text }) => text)

const green = { state: 'green', onDay: '2017-02-13' }
const amber = { state: 'amber', onDay: '2017-02-22', reason: 'For the board alone' }

describe('a follower of a project', () => {
  test('is told of a change of state, without the reason', () => {
    expect(newsOf({ updates: [amber, green] })).toEqual([
      '2.1 Site: ● Green → ▲ Amber on Wed 22 Feb 2017',
    ])
  })

  test('is told of a date that moved', () => {
    const moves = [{ from: '2017-03-01', to: '2017-04-03', onDay: '2017-02-23' }]
    expect(newsOf({ milestones: [{ about: 'Go live', due: '2017-04-03', moves }] })).toEqual([
      '2.1 Site: 1. Go live moved, Wed 1 Mar 2017 → Mon 3 Apr 2017',
    ])
  })

  test.each([
    ['the same is said again', [{ ...green, onDay: '2017-02-22' }, green]],
    ['it was so before they followed', [{ ...amber, onDay: '2017-02-17' }, green]],
    [
      'it was said that day before they followed',
      [{ ...amber, onDay: '2017-02-20', at: new Date('2017-02-20T08:00:00Z') }, green],
    ],
    [
      'an improvement awaits confirmation',
      [
        { ...green, onDay: '2017-02-22', awaitsConfirmation: true },
        { ...amber, onDay: '2017-02-13' },
      ],
    ],
    ['they said it themselves', [{ ...amber, byId: 'owen' }, green]],
    ['it is of today, and comes tomorrow', [{ ...amber, onDay: '2017-02-24' }, green]],
  ])('is told nothing where %s', (_, updates) => {
    expect(newsOf({ updates })).toEqual([])
  })

  test('is told nothing that is two weeks old', () => {
    expect(newsOf({ updates: [amber, green] }, civilDate('2017-03-09'))).toEqual([])
  })
})

describe('the message of the day', () => {
  const plan = planOf({ updates: [amber, green] })
  const at = (moment: string, said: ReadonlySet<string> = new Set()) =>
    remindersDue({
      plans: [plan],
      now: new Date(moment),
      topicsSentTo: () => said,
      follows: () => [follow],
    }).reminders

  test('has each change once, on the next morning the follower works', () => {
    expect(at('2017-02-23T08:59:00Z')).toEqual([])
    const [reminder] = at('2017-02-23T09:00:00Z')
    expect(reminder).toMatchObject({ person: { id: 'owen' }, items: [] })
    const card = reminder && reminderCard(reminder, '/rag')
    expect(card?.data).toMatchObject({
      heading: 'What you follow has changed',
      news: 'You follow:\n2.1 Site: ● Green → ▲ Amber on Wed 22 Feb 2017',
    })
    expect(at('2017-02-24T09:00:00Z', new Set(reminder?.topics))).toEqual([])
  })
})
