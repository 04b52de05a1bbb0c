import { beforeEach, describe, expect, test } from '@jest/globals'
import { deliveryState } from '../../../src/domain/plan/plan.ts'
import { loadPlan } from '../../../src/domain/plan/store.ts'
import { aPlan, type MilestoneSketch } from '../../support/plans.ts'
import {
  chatOn,
  day,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

describe('the delivery state of a milestone', () => {
  test.each<[string, MilestoneSketch, string]>([
    ['is done', { due: '2017-02-01', doneOn: '2017-02-20', atRisk: 'ill' }, 'completed'],
    ['is late', { due: '2017-02-23', atRisk: 'ill' }, 'missed'],
    ['is due today', { due: '2017-02-24' }, 'on track'],
    ['is due today and flagged', { due: '2017-02-24', atRisk: 'ill' }, 'at risk'],
    ['is due later', { due: '2017-03-31' }, 'on track'],
    ['has no date and is flagged', { due: null, atRisk: 'ill' }, 'at risk'],
    ['has no date', { due: null }, 'on track'],
    ['is late, and said to be done', { due: '2017-02-23', awaitedSince: '2017-02-20' }, 'missed'],
    ['awaits confirmation in time', { due: '2017-03-31', awaitedSince: '2017-02-20' }, 'on track'],
  ])('that %s is the first that matches', (_how, milestone, state) => {
    const plan = aPlan({ projects: [{ ref: '2.1', milestones: [milestone] }] })
    const [only] = plan.projects[0]?.milestones ?? []
    expect(only && deliveryState(only, day('2017-02-24'))).toBe(state)
  })
})

const fresh = emptyDatabase()

let programmeId: string
let asha: StoredPerson
let vera: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, vera] = await storePeople(db, 'Asha Verity', 'Vera Lind')
  programmeId = await storeProgramme(db, {
    key: 'BCS',
    members: [vera],
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards',
        leads: [asha],
        milestones: [
          ['All pages written', '2017-03-31'],
          ['Gather evidence', '2017-03-31'],
        ],
      },
    ],
  })
})

const on = (text: string) => chatOn(fresh.db, text)
const firstAt = async (asAt: string) => {
  const [only] = (await loadPlan(fresh.db, programmeId, day(asAt))).projects
  const [first] = only?.milestones ?? []
  return first && [deliveryState(first, day(asAt)), first.flag?.reason ?? null]
}

describe('a milestone that its owner flags', () => {
  test('is at risk from that day on until the flag is taken back; the history keeps both', async () => {
    const reply = await on('2017-02-24').ask(asha, 'flag 2.1 pages because the writer is ill')
    expect(reply.card.data).toMatchObject({
      heading: 'Saved',
      lines: ['2.1 Practice standards', 'At risk: All pages written', 'Reason: the writer is ill'],
    })
    expect(wordsOf(await on('2017-02-24').ask(vera, '2.1'))).toContain(
      'due Fri 31 Mar 2017, at risk\nAt risk: the writer is ill (Asha Verity)',
    )
    await on('2017-03-03').ask(asha, 'unflag 2.1 1')
    expect(await firstAt('2017-02-23')).toEqual(['on track', null])
    expect(await firstAt('2017-03-02')).toEqual(['at risk', 'the writer is ill'])
    expect(await firstAt('2017-03-03')).toEqual(['on track', null])
    expect(await firstAt('2017-04-03')).toEqual(['missed', null])
    expect(await fresh.db.milestoneFlag.count()).toBe(2)
  })

  test.each([
    ['without a reason', 'flag 2.1 1', 'Say why it is at risk'],
    ['that is not flagged, no more', 'unflag 2.1 1', 'It was not at risk: All pages written'],
  ])('%s is not saved', async (_how, typed, words) => {
    expect(wordsOf(await on('2017-02-24').ask(asha, typed))).toContain(words)
    expect(await fresh.db.milestoneFlag.count()).toBe(0)
  })

  test('is flagged by its leads alone, and not once it is done', async () => {
    expect(wordsOf(await on('2017-02-24').ask(vera, 'flag 2.1 1 because x'))).toContain('Thank you')
    await on('2017-02-24').ask(asha, 'done 2.1 1')
    expect(wordsOf(await on('2017-02-24').ask(asha, 'flag 2.1 1 because x'))).toContain(
      'That milestone was done on Fri 24 Feb 2017.',
    )
    expect(await fresh.db.milestoneFlag.count()).toBe(0)
  })
})

describe('the evidence of a milestone that is done', () => {
  const link = 'https://files.example/pages.docx'

  test.each([
    ['as it is', `done 2.1 1 evidence ${link}`],
    ['as Slack writes a link', `done 2.1 1 evidence <${link}|files.example>`],
    ['after words', `done 2.1 all pages written evidence ${link}`],
    ['without its scheme, as people type it', 'done 2.1 1 evidence files.example/pages.docx'],
  ])('is kept %s, and shown as text', async (_how, typed) => {
    expect(wordsOf(await on('2017-02-24').ask(asha, typed))).toContain(`Evidence: ${link}`)
    expect(await fresh.db.milestoneCompletion.findMany()).toMatchObject([{ evidence: link }])
    expect(wordsOf(await on('2017-02-24').ask(vera, '2.1'))).toContain(`Evidence: ${link}`)
  })

  test.each(['http://files.example/a', 'ftp://files.example/a'])(
    'is not "%s": only https is taken',
    async (other) => {
      expect(wordsOf(await on('2017-02-24').ask(asha, `done 2.1 1 evidence ${other}`))).toContain(
        'The evidence is a link that begins with https://.',
      )
      expect(await fresh.db.milestoneCompletion.count()).toBe(0)
    },
  )

  test('may be a word of the milestone itself', async () => {
    await on('2017-02-24').ask(asha, `done 2.1 gather evidence evidence ${link}`)
    expect(
      await fresh.db.milestoneCompletion.findMany({ include: { milestone: true } }),
    ).toMatchObject([{ evidence: link, milestone: { number: 2 } }])
  })
})

test('a moved milestone shows its first date, how often it moved, why and who said so', async () => {
  await on('2017-02-24').ask(asha, 'move 2.1 1 to 28 Apr because the writer is ill')
  await on('2017-03-03').ask(asha, 'move 2.1 1 to 31 May because she is still ill')
  expect(wordsOf(await on('2017-03-03').ask(vera, '2.1'))).toContain(
    'due Wed 31 May 2017; was Fri 31 Mar 2017, moved twice: the writer is ill (Asha Verity); she is still ill (Asha Verity)',
  )
})
