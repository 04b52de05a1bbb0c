import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { type Card, expandCard } from '../../../src/chat/cards.ts'
import type { RecipientQuery } from '../../../src/domain/plan/recipients.ts'
import { roundsAt } from '../../../src/domain/rounds/rules.ts'
import { defaultSchedule } from '../../../src/domain/schedule/schedule.ts'
import { officeView, ownView, summariseNudge } from '../../../src/features/rounds/view.ts'
import { toMessage } from '../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../src/playground/slack/limits.ts'
import { cardProblems, jsonBytes } from '../../../src/playground/teams/limits.ts'
import { aPlan, type ProjectSketch } from '../../support/plans.ts'

const now = new Date('2017-02-22T12:00:00Z')
const asking: RecipientQuery = { day: civilDate('2017-02-22'), contactabilityOf: () => 'reached' }
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

describe('a round of any number of people', () => {
  test.each<[string, Card]>([
    ['for the programme office', officeView(viewed, asking, names)],
    ['for who leads them all', ownView(viewed, 'lead 0', asking)],
  ])('fits both platforms, %s, and says what is left out', (_, view) => {
    const card = expandCard(view)
    expect(blockProblems(toMessage(card).blocks, 'message')).toEqual([])
    expect(cardProblems(JSON.parse(JSON.stringify(card)))).toEqual([])
    expect(jsonBytes(card)).toBeLessThan(28_000)
    expect(JSON.stringify(card)).toMatch(/not listed/)
  })
})

describe('the office’s view of a round', () => {
  const small = aPlan({
    programmeOffice: ['olu'],
    people: ['asha', 'tom', 'olu'].map((id) => ({ id, name: id })),
    workstreams: [{ ref: '2', leads: ['asha'] }],
    projects: [
      { ref: '2.1', leads: ['asha'] },
      { ref: '2.2', leads: [] },
    ],
  })
  const round = rounds.open
  if (!round) throw new Error('no round is open')

  test('says why somebody is asked about a project they do not lead, and for no other project', () => {
    const { data } = officeView({ ...viewed, plan: small }, asking, names)
    expect(JSON.stringify(data)).toContain('asha: 2.1; 2.2 (no lead yet)')
  })

  test('names forty people at most for a nudge by hand, and counts the rest', () => {
    const many = aPlan({
      people: Array.from({ length: 60 }, (_, at) => ({ id: `p${at}`, name: `Person ${at}` })),
      projects: Array.from({ length: 60 }, (_, at) => ({ ref: `2.${at + 1}`, leads: [`p${at}`] })),
    })
    const nudged = summariseNudge(many, round, asking)
    expect(nudged.ok && nudged.lines[0]).toMatch(
      /^60 people are nudged .* Person 39 and 20 more\.$/,
    )
  })

  test('says where none of them can be reached', () => {
    expect(
      summariseNudge(small, round, { ...asking, contactabilityOf: () => 'no account' }),
    ).toEqual({
      ok: false,
      why: 'Nobody who owes an update can be reached in chat, and nobody of your office.',
    })
  })
})

test('a lead sees no planned nudge where the office’s own replaced it', () => {
  const times = (nudgedAt: Date | null) => {
    if (!rounds.open) throw new Error('no round is open')
    const open = { ...rounds.open, nudgedAt }
    const { data } = ownView({ ...viewed, rounds: { ...rounds, open } }, 'lead 3', asking)
    return JSON.stringify(data)
  }
  expect(times(null)).toContain('is nudged on Thu 23 Feb 2017, 09:00')
  expect(times(now)).not.toContain('nudged')
})

test('a person sees what they answered, also for projects they do not lead', () => {
  const led = aPlan({
    workstreams: [{ ref: '2', leads: ['asha'] }],
    projects: [
      { ref: '2.1', updates: [{ state: 'green', onDay: '2017-02-21', byId: 'asha' }] },
      { ref: '2.2', updates: [{ state: 'green', onDay: '2017-02-21', byId: 'tom' }] },
    ],
  })
  const shown = JSON.stringify(ownView({ ...viewed, plan: led }, 'asha', asking).data)
  expect(shown).toContain('You owe nothing more. Thank you.')
  expect(shown).toContain('2.1 ')
  expect(shown).not.toContain('2.2 ')
})

test('a person sees nothing about others', () => {
  const shown = JSON.stringify(ownView(viewed, 'lead 3', asking))
  expect(shown).toContain('2.4 ')
  expect(shown).not.toContain('2.6 ')
  expect(shown).not.toContain('Nudge now')
})
