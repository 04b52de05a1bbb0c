import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { civilDate, momentAt } from '../../../src/base/dates.ts'
import { expandCard } from '../../../src/chat/cards.ts'
import { renderPlainText } from '../../../src/chat/plain-text.ts'
import type { Measure } from '../../../src/domain/measures/measure.ts'
import type { MilestoneState } from '../../../src/domain/plan/milestone-answers.ts'
import { defaultSchedule } from '../../../src/domain/schedule/schedule.ts'
import { reminderCard, rerenderReminderCard } from '../../../src/features/reminders/cards.ts'
import { remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import type { Reminder } from '../../../src/features/reminders/reminder.ts'
import { reminderData } from '../../../src/features/reminders/reminder-data.ts'
import { milestoneAnswer } from '../../../src/features/reminders/row-answers.ts'
import { openRow, type RowStatusLookup } from '../../../src/features/reminders/row-status.ts'
import { toMessage } from '../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../src/playground/slack/limits.ts'
import { cardProblems, jsonBytes } from '../../../src/playground/teams/limits.ts'
import { aPlan, type PlanSketch } from '../../support/plans.ts'

function messageOf(sketch: PlanSketch, told: ReadonlySet<string> = new Set()): Reminder {
  const now = momentAt(civilDate('2017-03-31'), '09:00', 'Europe/London')
  const said = () => told
  const [first] = remindersDue({
    plans: [aPlan(sketch)],
    now,
    topicsSentTo: said,
  }).reminders
  if (!first) throw new Error('nothing is due')
  return first
}

/** The statuses of rows of milestones, whose present state is given by id. */
const answersOf =
  (milestone: (id: string) => MilestoneState | undefined): RowStatusLookup =>
  (row) => {
    const text = milestoneAnswer(row, milestone(row.milestone))
    return text === null ? openRow : { code: 'answered', text }
  }

const sketch: PlanSketch = {
  projects: [
    {
      ref: '2.1',
      title: 'Practice standards',
      leads: ['priya'],
      milestones: [
        { about: 'Website filled', due: '2017-03-31' },
        {
          about: 'Pages written',
          due: '2017-03-29',
          moves: [
            { from: '2017-03-01', to: '2017-03-15', onDay: '2017-02-01' },
            { from: '2017-03-15', to: '2017-03-29', onDay: '2017-02-02' },
          ],
        },
      ],
    },
    {
      ref: '2.2',
      title: 'Assessments',
      milestones: [{ about: 'Training bought', due: '2017-04-05' }],
    },
  ],
  workstreams: [{ ref: '2', sponsors: ['priya'] }],
}

describe('a reminder', () => {
  test('reads from the most urgent to the last, with buttons at each', () => {
    expect(renderPlainText(expandCard(reminderCard(messageOf(sketch), '/rag')))).toBe(
      [
        '3 milestones need an answer',
        '',
        'Overdue',
        '2.1 Practice standards',
        '2. Pages written',
        'Overdue by 2 working days: was due Wed 29 Mar 2017; was Wed 1 Mar 2017, moved twice',
        '[Done] [Move date] [Update] [Snooze]',
        '',
        'Due today',
        '2.1 Practice standards',
        '1. Website filled',
        'Due today: Fri 31 Mar 2017',
        '[Done] [Move date] [Update] [Snooze]',
        '',
        'Due by Wed 5 Apr 2017',
        '2.2 Assessments',
        '1. Training bought',
        'Due in 3 working days: Wed 5 Apr 2017',
        '[Done] [Move date] [Update] [Snooze]',
        '',
        '2.2 has no lead yet: set one.',
        '',
        '[Why?]',
      ].join('\n'),
    )
  })

  test('is one sentence in a notification', () => {
    const card = expandCard(reminderCard(messageOf(sketch), '/rag'))
    expect(card.fallbackText).toBe('3 milestones need an answer, 1 of them overdue.')
  })

  test('says at the top what was saved, and answered rows have no buttons', () => {
    const data = reminderData.parse(reminderCard(messageOf(sketch), '/rag').data)
    const now = new Map([
      [
        '2.1/1',
        {
          due: civilDate('2017-03-31'),
          ...{ doneOn: civilDate('2017-03-31'), awaitsConfirmation: false },
        },
      ],
      ['2.1/2', { due: civilDate('2017-04-06'), doneOn: null, awaitsConfirmation: false }],
      ['2.2/1', { due: civilDate('2017-04-05'), doneOn: null, awaitsConfirmation: false }],
    ])
    const answers = answersOf((id) => now.get(id))
    const text = renderPlainText(expandCard(rerenderReminderCard(data, answers, '2.1: Done')))
    expect(text).toContain('1 milestone needs an answer\n✓ 2.1: Done')
    expect(text).toContain('→ Moved to Thu 6 Apr 2017\n\nDue today')
    expect(text).toContain('✓ Done\n\nDue by')
    expect(text.match(/\[Done\]/g)).toHaveLength(1)
  })

  test('asks nothing more about a row that awaits a second person', () => {
    const data = reminderData.parse(reminderCard(messageOf(sketch), '/rag').data)
    const now = { due: civilDate('2017-03-31'), doneOn: null, awaitsConfirmation: true }
    const text = renderPlainText(
      expandCard(
        rerenderReminderCard(
          data,
          answersOf(() => now),
          '',
        ),
      ),
    )
    expect(text.match(/✓ Done, awaiting confirmation/g)).toHaveLength(3)
    expect(text).not.toContain('[Done]')
  })

  test('with more rows than fit, shows new ones before those overdue already, and counts the rest', () => {
    const overdue = Array.from({ length: 40 }, (_, at) => ({
      about: `Old ${at}`,
      due: '2017-02-01',
    }))
    const message = messageOf(
      {
        projects: [
          {
            ref: '2.1',
            leads: ['priya'],
            milestones: [...overdue, { about: 'New', due: '2017-03-31' }],
          },
        ],
      },
      new Set(overdue.map((_, at) => `2.1/${at + 1}:2017-02-01:+40`)),
    )
    const text = renderPlainText(expandCard(reminderCard(message, '/rag')))
    expect(text).toContain('41 milestones need an answer')
    expect(text).toContain('41. New')
    expect(text.indexOf('1. Old 0')).toBeLessThan(text.indexOf('41. New'))
    expect(text).toContain(
      '27 more need an answer: type /rag due for milestones, /rag alone for your projects.',
    )
  })

  test('says why it comes in addition to the day’s message', () => {
    const usual = messageOf(sketch)
    const words = (apart: 'nudge' | null) =>
      renderPlainText(expandCard(reminderCard({ ...usual, dailyLimitException: apart }, '/rag')))
    expect(words('nudge')).toContain('because your programme office pressed “nudge now”.')
    expect(words(null)).not.toContain('besides')
  })

  test('does not give thanks where the rest was snoozed', () => {
    const data = reminderData.parse(reminderCard(messageOf(sketch), '/rag').data)
    const snoozed = rerenderReminderCard(
      data,
      () => ({ code: 'snoozed', text: 'Snoozed by Asha Verity until Mon 3 Apr 2017' }),
      '',
    )
    expect(snoozed.data).toMatchObject({
      heading: 'Nothing to answer for now',
      summary: 'What is left here was snoozed.',
    })
  })

  test('gives thanks when everything is answered', () => {
    const data = reminderData.parse(reminderCard(messageOf(sketch), '/rag').data)
    const { heading } = reminderData.parse(
      rerenderReminderCard(
        data,
        answersOf(() => undefined),
        '',
      ).data,
    )
    expect(heading).toBe('All answered, thank you')
  })
})

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom(
    '<!channel> & <@U1>',
    '*bold* _x_ `y` ~z~ [a](b)',
    '\u202Eevil',
    'שלום '.repeat(60),
    '漢字'.repeat(150),
    '\n\n\n',
    '$\u007bsummary}',
    'word '.repeat(10_000),
  ),
)

describe('with any text and any number of rows', () => {
  test('a reminder fits Slack and Teams, and says how many it does not show', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.integer({ min: 1, max: 60 }), (title, about, count) => {
        const dues = Array.from({ length: count }, (_, at) => ({
          about,
          due: `2017-03-${String((at % 31) + 1).padStart(2, '0')}`,
        }))
        const message = messageOf({
          projects: [
            {
              ref: '2.1',
              title,
              leads: ['priya'],
              milestones: dues.concat({ about, due: '2017-03-31' }),
            },
          ],
        })
        const card = reminderCard(message, '/rag')
        const { groups, hidden } = reminderData.parse(card.data)
        const shown = groups.flatMap(({ rows }) => rows).length
        expect(shown + hidden).toBe(message.items.length)
        expect(shown).toBeGreaterThan(0)
        const expanded = expandCard(card)
        expect(blockProblems(toMessage(expanded, 'reminder').blocks, 'message')).toEqual([])
        expect(cardProblems(JSON.parse(JSON.stringify(expanded)))).toEqual([])
        expect(jsonBytes(expanded)).toBeLessThanOrEqual(28 * 1024)
      }),
      // Two bytes for each letter, as often as a card has rows.
      { numRuns: 60, examples: [['שלום '.repeat(60), 'שלום '.repeat(60), 13]] },
    )
  })
})

/** Of every kind as many: overdue, undated, past its green-by day, a missing reading, owed to the round. */
function ofEveryKind(title: string, about: string, count: number): Reminder {
  const numbers = Array.from({ length: count }, (_, at) => at + 1)
  const green = { state: 'green', onDay: '2017-03-01' }
  const late = { state: 'red', onDay: '2017-03-01', greenBy: '2017-03-30', reason: about }
  const plan = aPlan({
    programme: { title },
    projects: numbers.flatMap((at) => [
      {
        ref: `2.${at}`,
        title,
        leads: ['priya'],
        updates: [green],
        milestones: [{ about, due: null }],
      },
      { ref: `3.${at}`, title, leads: ['priya'], updates: [late] },
      { ref: `4.${at}`, title, leads: ['priya'], milestones: [{ about, due: '2017-03-29' }] },
    ]),
  })
  const measures = numbers.map(
    (number): Measure => ({
      ...{ id: `m${number}`, number, title, kind: 'kpi', polarity: 'increase', baseline: null },
      ...{ baselineState: null, target: null, targetOn: null, frequency: 'Monthly', method: null },
      ...{ nextDue: null, addedOn: civilDate('2017-01-02'), outcomes: [], allReadings: [] },
      projects: [{ id: `2.${number}`, ref: `2.${number}`, title }],
    }),
  )
  const rounds = {
    programme: plan.programme,
    schedule: defaultSchedule('Europe/London'),
    changes: [],
  }
  const [first] = remindersDue({
    plans: [plan],
    // On the opening day of the round that serves Mon 3 Apr 2017; the fortnight's Monday was the day before.
    now: momentAt(civilDate('2017-03-28'), '09:00', 'Europe/London'),
    topicsSentTo: () => new Set(),
    measures: () => measures,
    rounds: () => rounds,
  }).reminders
  if (!first) throw new Error('nothing is due')
  return first
}

describe('a message of every kind', () => {
  test('reads from the most urgent to the last, each row with the buttons that fit it', () => {
    const text = renderPlainText(
      expandCard(reminderCard(ofEveryKind('Practice', 'Pages', 1), '/rag')),
    )
    const headings = [
      ...['Due by Wed 29 Mar 2017', 'Update round: answer by Thu 30 Mar 2017, 12:00'],
      ...['Readings overdue', 'No date yet'],
    ]
    expect(headings.filter((heading) => text.includes(heading))).toEqual(headings)
    expect(text).toContain('[No change] [Update]')
    expect(text).toContain('[Record] [Snooze]')
    expect(text).toContain('[Done] [Give a date] [Update] [Snooze]')
    expect(text).toContain('[No change to all]')
  })

  test('fits Slack and Teams, whatever people wrote and however much there is', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.integer({ min: 1, max: 20 }), (title, about, count) => {
        const message = { ...ofEveryKind(title, about, count), alarms: Array(9).fill(about) }
        const card = reminderCard(message, '/rag')
        const { groups, hidden } = reminderData.parse(card.data)
        expect(groups.flatMap(({ rows }) => rows).length + hidden).toBe(message.items.length)
        const expanded = expandCard(card)
        expect(blockProblems(toMessage(expanded, 'reminder').blocks, 'message')).toEqual([])
        expect(cardProblems(JSON.parse(JSON.stringify(expanded)))).toEqual([])
        expect(jsonBytes(expanded)).toBeLessThanOrEqual(28 * 1024)
      }),
      { numRuns: 40 },
    )
  })
})
