import { readdirSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { civilDate, fullDate, momentAt } from '../../../src/base/dates.ts'
import { workingDaysFrom } from '../../../src/base/working-days.ts'
import { expandCard } from '../../../src/chat/cards.ts'
import { renderPlainText } from '../../../src/chat/plain-text.ts'
import type { Completion, Milestone } from '../../../src/domain/plan/plan.ts'
import { reminderCard, rerenderReminderCard } from '../../../src/features/reminders/cards.ts'
import { remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import {
  type Finding,
  type RuleInput,
  recentSteps,
} from '../../../src/features/reminders/finding.ts'
import { reminderData } from '../../../src/features/reminders/reminder-data.ts'
import { loadRowStatuses } from '../../../src/features/reminders/row-status.ts'
import { createRuleCommands } from '../../../src/features/reminders/rule-commands.ts'
import { reminderRules } from '../../../src/features/reminders/rules/registry.ts'
import { defineRule } from '../../../src/features/reminders/rules/rule.ts'
import { onOffSetting } from '../../../src/features/reminders/rules/rule-setting.ts'
import { aPlan } from '../../support/plans.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

/**
 * How to add a reminder rule: a file with `defineRule`, a row in rules/registry.ts, and a test. This one adds a toy rule,
 * "ring the bell the working day after a milestone is done", to a registry of its own, and nothing else knows of it.
 */

const bellRule = defineRule({
  name: 'ring-the-bell',
  about: 'A milestone that was done',
  setting: onOffSetting('ringTheBell', 'once, on the working day after'),
  kind: 'bell',
  loadAnswers: async () => () => '✓ Rang',
  find: (input, isOn) => {
    if (!isOn || input.escalationLevel !== 'lead') return []
    return (input.project?.milestones ?? []).flatMap((milestone) =>
      milestone.completion ? bell(input, milestone, milestone.completion) : [],
    )
  },
})

function bell(
  { project, calendar, day }: RuleInput,
  milestone: Milestone,
  { onDay }: Completion,
): Finding[] {
  const steps = recentSteps(workingDaysFrom(calendar, onDay, day)).filter((step) => step === 1)
  const subject = `milestone:${milestone.id}` as const
  return steps.map((step) => ({
    subject,
    item: {
      ...{ kind: 'bell', project },
      format: () => ({
        ...{ rank: 8, heading: 'Done', day: onDay, isOverdue: false, baseline: onDay },
        ...{ title: `Milestone ${milestone.number}`, about: milestone.about },
        when: `Done on ${fullDate(onDay)}: tell those who did it`,
        shortName: `milestone ${milestone.number}, done`,
        text: `Milestone ${milestone.number} was done on ${fullDate(onDay)}`,
        buttons: [],
      }),
    },
    triggers: [{ key: `${milestone.id}:bell`, step, ruleText: 'the day after it was done' }],
    isListedWhileOpen: false,
    hasBegun: true,
  }))
}

const rules = [...reminderRules, bellRule]

const remindersOn = (day: string, settings: object = {}) =>
  remindersDue({
    plans: [
      aPlan({
        programme: { settings },
        projects: [
          {
            ref: '2.1',
            leads: ['asha'],
            milestones: [{ about: 'Website filled', due: '2017-04-28', doneOn: '2017-03-31' }],
          },
        ],
      }),
    ],
    topicsSentTo: () => new Set(),
    now: momentAt(civilDate(day), '10:00', 'Europe/London'),
    rules,
  }).reminders

describe('a toy rule that is added to the registry', () => {
  test('is evaluated with the others, on the working days of the lead', () => {
    expect(remindersOn('2017-03-31')).toEqual([])
    expect(remindersOn('2017-04-03')).toMatchObject([
      {
        person: { id: 'asha' },
        topics: ['reminder:asha:2017-04-03', '2.1/1:bell'],
        items: [{ kind: 'bell', step: 1, ruleText: 'the day after it was done' }],
      },
    ])
  })

  test('has a setting of its own', () => {
    expect(remindersOn('2017-04-03', { reminders: { ringTheBell: false } })).toEqual([])
    expect(bellRule.accepts({ ringTheBell: 'perhaps' })).toBe(false)
  })

  test('has rows in the day’s message, which show how they are answered', async () => {
    const [reminder] = remindersOn('2017-04-03')
    if (!reminder) throw new Error('nothing is due')
    const card = reminderCard(reminder, '/rag')
    expect(renderPlainText(expandCard(card))).toContain(
      [
        'Done',
        'Milestone 1',
        'Website filled',
        'Done on Fri 31 Mar 2017: tell those who did it',
      ].join('\n'),
    )
    const data = reminderData.parse(card.data)
    const statusOf = await loadRowStatuses(fresh.db, data, undefined, reminder.at, rules)
    const redrawn = renderPlainText(expandCard(rerenderReminderCard(data, statusOf, '')))
    expect(redrawn).toContain('✓ Rang')
  })
})

const fresh = emptyDatabase()

describe('its words', () => {
  let olu: StoredPerson

  beforeEach(async () => {
    ;[olu] = await storePeople(fresh.db, 'Olu Ade')
    await storeProgramme(fresh.db, { key: 'P1', office: [olu], projects: [] })
  })

  test('are in the table of the rules, and set it', async () => {
    const commands = Object.values(createRuleCommands(rules))
    const ask = async (text: string) =>
      wordsOf(await chatOn(fresh.db, '2017-03-29', { commands }).ask(olu, text))
    const row = 'A milestone that was done (ring-the-bell)'
    expect(await ask('reminders')).toContain(`${row}: once, on the working day after.`)
    expect(await ask('reminders ring the bell off')).toContain(`${row}: off.`)
    expect(await ask('reminders')).toContain(`${row}: off.`)
    expect(await ask('reminders ring-the-bell loudly')).toContain(
      'I could not read “loudly” for “ring-the-bell”. Say it as “ring-the-bell on” and “ring-the-bell off”.',
    )
  })
})

test('no other file has to know of it', () => {
  const src = new URL('../../../src/', import.meta.url)
  const names = readdirSync(src, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => name.endsWith('.ts') && !name.startsWith('infra/prisma/'))
  expect(files.length).toBeGreaterThan(300)
  const known = files.filter((name) =>
    /ring-the-bell|ringTheBell/i.test(readFileSync(new URL(name, src), 'utf8')),
  )
  expect(known).toEqual([])
})
