import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { describePreview } from '../../../src/features/reminders/describe-preview.ts'
import { preview } from '../../../src/features/reminders/preview.ts'
import { aPlan, type PlanSketch } from '../../support/plans.ts'

const period = { from: civilDate('2017-03-24'), to: civilDate('2017-04-18') }

function described(sketch: PlanSketch, said?: (id: string) => ReadonlySet<string>) {
  const plan = aPlan(sketch)
  const days = preview({ plans: [plan], ...period, ...(said && { topicsSentTo: said }) })
  return describePreview(plan.programme, period, days)
}

describe('what would be sent', () => {
  const sketch: PlanSketch = {
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards',
        leads: ['priya'],
        milestones: [{ about: 'Website filled', due: '2017-04-14' }],
      },
      { ref: '2.2', milestones: [{ due: '2017-03-31' }] },
    ],
    workstreams: [{ ref: '2', sponsors: ['priya'] }],
    people: [{ id: 'priya', name: 'Priya Shah', post: 'Principal social worker' }],
  }

  test('day by day, with each message at 09:00 where the person is, over the clock change', () => {
    const { messages } = described(sketch)
    expect(messages.map(({ on, at, localTime }) => [on, at, localTime])).toEqual([
      ['2017-03-28', '2017-03-28T08:00:00.000Z', '09:00'],
      ['2017-03-30', '2017-03-30T08:00:00.000Z', '09:00'],
      ['2017-03-31', '2017-03-31T08:00:00.000Z', '09:00'],
      ['2017-04-04', '2017-04-04T08:00:00.000Z', '09:00'],
      ['2017-04-07', '2017-04-07T08:00:00.000Z', '09:00'],
      ['2017-04-10', '2017-04-10T08:00:00.000Z', '09:00'],
      ['2017-04-13', '2017-04-13T08:00:00.000Z', '09:00'],
      ['2017-04-18', '2017-04-18T08:00:00.000Z', '09:00'],
    ])
  })

  test('with what is in it and why it comes to this person', () => {
    const message = described(sketch).messages.find(({ on }) => on === '2017-04-10')
    expect(message).toMatchObject({
      zone: 'Europe/London',
      to: {
        name: 'Priya Shah',
        post: 'Principal social worker',
        role: 'lead',
        why: 'Sponsors the workstream of 2.2 (no lead yet). Leads 2.1.',
      },
      items: [
        {
          ref: '2.2',
          number: 1,
          step: null,
          workingDays: -6,
          dueInWords: 'overdue by 6 working days',
        },
        {
          ref: '2.1',
          project: 'Practice standards',
          milestone: 'Website filled',
          due: '2017-04-14',
          step: '-3',
          workingDays: 3,
          text: '2.1 Practice standards: Website filled. Due in 3 working days (Fri 14 Apr 2017, so by Thu 13 Apr 2017)',
        },
      ],
    })
  })

  test('what was said before is not said again', () => {
    const said = new Set(['2.2/1:2017-03-31:-3', '2.1/1:2017-04-14:-10'])
    const { messages } = described(sketch, () => said)
    expect(messages.map(({ on }) => on)).not.toContain('2017-03-28')
    expect(messages.map(({ on }) => on)).not.toContain('2017-03-30')
  })

  test('a moved milestone says what it was', () => {
    const moves = [
      { from: '2017-03-30', to: '2017-04-05', onDay: '2017-03-01' },
      { from: '2017-04-05', to: '2017-03-31', onDay: '2017-03-02' },
    ]
    const { messages } = described({
      projects: [{ ref: '1.1', leads: ['tom'], milestones: [{ due: '2017-03-31', moves }] }],
    })
    expect(messages[0]?.items[0]?.text).toContain(
      '(Fri 31 Mar 2017; was Thu 30 Mar 2017, moved twice)',
    )
  })

  test('nothing due is no message', () => {
    expect(described({ projects: [{ ref: '1.1', leads: ['tom'] }] })).toMatchObject({
      messages: [],
      totals: { messages: 0, people: 0, toNobody: 0, milestones: 0, mentions: 0 },
    })
  })
})

describe('a plan without any people', () => {
  test('gives one message a day to nobody, and says what to do', () => {
    const { messages, totals } = described({
      projects: [
        { ref: '2.1', milestones: [{ due: '2017-03-31' }] },
        { ref: '2.3', milestones: [{ due: '2017-03-31' }, { due: '2017-03-31' }] },
      ],
    })
    expect(messages[0]).toMatchObject({
      on: '2017-03-28',
      to: {
        name: 'the programme office (nobody holds this yet)',
        role: 'nobody',
        why: 'No lead is recorded for 2.1 and 2.3. Record a lead, or somebody in the programme office, and this will reach them.',
      },
    })
    expect(messages[0]?.items).toHaveLength(3)
    expect(totals).toMatchObject({ people: 0, toNobody: messages.length, milestones: 3 })
  })
})
