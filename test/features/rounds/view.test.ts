import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { type Card, expand } from '../../../src/chat/cards.ts'
import { defaultSchedule } from '../../../src/features/digests/schedule.ts'
import type { Asking } from '../../../src/features/reminders/recipients.ts'
import { roundsAt } from '../../../src/features/rounds/rules.ts'
import { officeView, ownView } from '../../../src/features/rounds/view.ts'
import { toMessage } from '../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../src/playground/slack/limits.ts'
import { cardProblems, jsonBytes } from '../../../src/playground/teams/limits.ts'
import { aPlan, type ProjectSketch } from '../../support/plans.ts'

const now = new Date('2017-02-22T12:00:00Z')
const asking: Asking = { day: civilDate('2017-02-22'), reach: () => 'reached' }
const endless = 'Ünlimited words '.repeat(300)

/** Sixty projects of as many people; every second one was updated in the round. */
const plan = aPlan({
  people: Array.from({ length: 60 }, (_, at) => ({
    id: `lead ${at}`,
    name: `${at} ${endless}`.slice(0, 200),
  })),
  projects: Array.from(
    { length: 60 },
    (_, at): ProjectSketch => ({
      ref: `2.${at + 1}`,
      title: endless,
      leads: [`lead ${at}`, 'lead 0'],
      updates: at % 2 === 0 ? [{ state: 'green', onDay: '2017-02-21', byId: 'lead 0' }] : [],
    }),
  ),
})
const rounds = roundsAt(
  { programme: plan.programme, schedule: defaultSchedule('Europe/London'), changes: [] },
  now,
)
const names = new Map([...plan.people.values()].map(({ id, name }) => [id, name]))
const viewed = { plan, rounds, now, prefix: '/rag' }

describe('a round of however many people', () => {
  test.each<[string, Card]>([
    ['for the programme office', officeView(viewed, asking, names)],
    ['for who leads them all', ownView(viewed, 'lead 0', asking)],
  ])('can be shown on both platforms, %s, and says what is left out', (_, view) => {
    const card = expand(view)
    expect(blockProblems(toMessage(card).blocks, 'message')).toEqual([])
    expect(cardProblems(JSON.parse(JSON.stringify(card)))).toEqual([])
    expect(jsonBytes(card)).toBeLessThan(28_000)
    expect(JSON.stringify(card)).toMatch(/not listed/)
  })
})

test('one person sees nothing of the others', () => {
  const shown = JSON.stringify(ownView(viewed, 'lead 3', asking))
  expect(shown).toContain('2.4 ')
  expect(shown).not.toContain('2.6 ')
  expect(shown).not.toContain('Nudge now')
})
