import { beforeEach, describe, expect, test } from '@jest/globals'
import { declaredStateOf } from '../../../src/domain/plan/plan.ts'
import { loadPlan } from '../../../src/domain/plan/store.ts'
import {
  chatOn,
  day,
  emptyDatabase,
  milestoneIdOf,
  projectIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()

let programmeId: string
let asha: StoredPerson
let tom: StoredPerson
let priya: StoredPerson
let sam: StoredPerson
let vera: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, tom, priya, sam, vera] = await storePeople(
    db,
    'Asha Verity',
    'Tom Quill',
    'Priya Marlowe',
    'Sam Orchard',
    'Vera Lind',
  )
  programmeId = await storeProgramme(db, {
    key: 'BCS',
    office: [priya],
    sponsors: [sam],
    members: [vera],
    settings: { confirm: { improvement: true, done: true } },
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards',
        leads: [asha, tom],
        milestones: [
          ['All pages written', '2017-03-31'],
          ['Reviews begin', '2017-02-22'],
        ],
      },
    ],
  })
})

const on = (text: string) => chatOn(fresh.db, text)
const project = async (asAt: string) => {
  const [first] = (await loadPlan(fresh.db, programmeId, day(asAt))).projects
  if (!first) throw new Error('no project')
  return first
}
const stateAt = async (asAt: string) => declaredStateOf(await project(asAt))
const milestoneAt = async (asAt: string, number: number) =>
  (await project(asAt)).milestones.find((one) => one.number === number)

describe('a Red that is called not applicable', () => {
  beforeEach(async () => {
    await on('2017-02-20').ask(asha, '2.1 red no provider green by 30 Jun')
  })

  test('needs a reason, by line and by form, and saves nothing without one', async () => {
    const refusal =
      'Say in a few words why it is N/A: it was ◆ Red, and would not be rated any more.'
    expect(wordsOf(await on('2017-02-21').ask(asha, '2.1 n/a'))).toContain(refusal)
    const form = { project: await projectIdOf(fresh.db, '2.1'), state: 'not-applicable' }
    const reply = await on('2017-02-21').submit(asha, 'update', form)
    expect(JSON.stringify(reply)).toContain('would not be rated any more')
    expect((await project('2017-02-21')).updates).toHaveLength(1)
  })

  test('waits for a second person, and its way back to Green does, too', async () => {
    const words = wordsOf(await on('2017-02-21').ask(asha, '2.1 n/a the school has closed'))
    expect(words).toContain('is □ N/A, awaiting confirmation')
    expect(words).toContain('It counts as ◆ Red until Sam Orchard or your programme office')
    expect(await stateAt('2017-02-21')).toBe('red')
    await on('2017-02-22').ask(sam, 'confirm 2.1')
    expect(await stateAt('2017-02-22')).toBe('not-applicable')
    expect((await on('2017-02-23').ask(vera, '2.1')).card.data).toMatchObject({
      state: '□ N/A (was ◆ Red until Tue 21 Feb 2017, not rated since)',
    })
    expect(wordsOf(await on('2017-03-01').ask(asha, '2.1 green'))).toContain(
      'is ● Green, awaiting confirmation',
    )
    expect(await stateAt('2017-03-01')).toBe('not-applicable')
  })
})

describe('an improvement from Red', () => {
  beforeEach(async () => {
    await on('2017-02-20').ask(asha, '2.1 red no provider green by 30 Jun')
    await on('2017-02-24').ask(asha, '2.1 amber a provider is found green by 30 Jun')
  })

  test('is stored and shown, says who confirms it, and counts as Red until then', async () => {
    const words = wordsOf(await on('2017-02-25').ask(asha, '2.1 green'))
    expect(words).toContain('is ● Green, awaiting confirmation, as at Sat 25 Feb 2017.')
    expect(words).toContain(
      'It counts as ◆ Red until Sam Orchard or your programme office confirms it: /rag confirm 2.1',
    )
    expect(await stateAt('2017-02-25')).toBe('red')
    expect((await on('2017-02-25').ask(vera, '2.1')).card.data).toMatchObject({
      state: '● Green, awaiting confirmation; counts as ◆ Red',
      history: [
        { text: 'Sat 25 Feb 2017: ● Green, by Asha Verity, awaiting confirmation' },
        { text: 'Fri 24 Feb 2017: ▲ Amber, by Asha Verity, never confirmed' },
        { text: 'Mon 20 Feb 2017: ◆ Red, by Asha Verity' },
      ],
      buttons: [],
    })
  })

  test.each([
    ['its sponsor', () => sam],
    ['the programme office', () => priya],
  ])('counts from when %s confirms it, and not a day before', async (_who, person) => {
    const words = wordsOf(await on('2017-02-28').ask(person(), 'confirm 2.1'))
    expect(words).toContain(
      'Confirmed: 2.1 Practice standards is ▲ Amber, as said on Fri 24 Feb 2017.',
    )
    expect(await Promise.all(['2017-02-23', '2017-02-27', '2017-02-28'].map(stateAt))).toEqual([
      'red',
      'red',
      'amber',
    ])
    const { data } = (await on('2017-02-28').ask(vera, '2.1')).card
    expect(data).toMatchObject({
      state: '▲ Amber',
      history: [
        { text: `Fri 24 Feb 2017: ▲ Amber, by Asha Verity, confirmed by ${person().name}` },
        {},
      ],
    })
    // From Amber on nobody is asked.
    await on('2017-03-01').ask(asha, '2.1 green')
    expect(await stateAt('2017-03-01')).toBe('green')
  })

  test('is confirmed by a button that only those have who may', async () => {
    const id = await projectIdOf(fresh.db, '2.1')
    expect((await on('2017-02-25').ask(sam, '2.1')).card.data).toMatchObject({
      buttons: [{ title: 'Confirm', verb: 'confirm', data: { project: id } }],
    })
    expect((await on('2017-02-25').ask(asha, '2.1')).card.data).toMatchObject({
      buttons: [{ verb: 'update:form' }, { verb: 'no-change' }, { verb: 'change-project:form' }],
    })
    await on('2017-02-25').press(sam, 'confirm', { project: id })
    expect(await stateAt('2017-02-25')).toBe('amber')
  })

  test('is not confirmed by its leads, nor by the person who said it', async () => {
    expect(wordsOf(await on('2017-02-25').ask(tom, 'confirm 2.1'))).toContain(
      'is confirmed by its sponsor and the programme office. Nothing was saved.',
    )
    await on('2017-02-26').ask(priya, '2.1 green')
    expect(wordsOf(await on('2017-02-26').ask(priya, 'confirm 2.1'))).toContain(
      'You said that yourself',
    )
    expect(await stateAt('2017-02-26')).toBe('red')
  })

  test('that got Red again has nothing to confirm', async () => {
    await on('2017-02-26').ask(asha, '2.1 red the provider left green by 30 Jun')
    expect((await on('2017-02-26').ask(sam, 'confirm 2.1')).card.data).toMatchObject({
      heading: 'Nothing to change',
    })
    expect(await stateAt('2017-02-26')).toBe('red')
  })

  test('is confirmed once', async () => {
    await on('2017-02-25').ask(sam, 'confirm 2.1')
    expect((await on('2017-02-26').ask(priya, 'confirm 2.1')).card.data).toMatchObject({
      heading: 'Nothing to change',
      lines: ['Nothing that was said of 2.1 Practice standards waits.'],
    })
    expect(await fresh.db.confirmation.count()).toBe(1)
  })
})

test('an improvement counts at once where the programme asks for nobody', async () => {
  await on('2017-02-20').ask(priya, 'admin confirm improvement off')
  await on('2017-02-20').ask(asha, '2.1 red no provider green by 30 Jun')
  await on('2017-02-24').ask(asha, '2.1 green')
  expect(await stateAt('2017-02-24')).toBe('green')
})

describe('a milestone that a second person confirms', () => {
  beforeEach(async () => {
    const reply = await on('2017-02-20').ask(asha, 'done 2.1 2')
    expect(wordsOf(reply)).toContain(
      'It counts as finished when a second person confirms it: /rag confirm 2.1 2',
    )
  })

  test('is not finished until then, and finished on the day it was said to be', async () => {
    expect(await milestoneAt('2017-02-24', 2)).toMatchObject({
      doneOn: null,
      completion: { onDay: '2017-02-20', awaitsConfirmation: true },
    })
    expect(wordsOf(await on('2017-02-24').ask(vera, '2.1'))).toContain(
      'done Mon 20 Feb 2017, awaiting confirmation',
    )
    expect(wordsOf(await on('2017-02-24').ask(tom, 'confirm 2.1 reviews'))).toContain(
      'Confirmed, done on Mon 20 Feb 2017. 2.1: Reviews begin',
    )
    expect(await milestoneAt('2017-02-23', 2)).toMatchObject({ doneOn: null })
    expect(await milestoneAt('2017-02-24', 2)).toMatchObject({
      doneOn: '2017-02-20',
      completion: { awaitsConfirmation: false, confirmedById: tom.id },
    })
    expect(await fresh.db.milestone.findFirst({ where: { number: 2 } })).toMatchObject({
      doneOn: new Date('2017-02-20T00:00:00Z'),
    })
  })

  test.each([
    ['a lead', () => tom],
    ['the sponsor', () => sam],
    ['the programme office', () => priya],
  ])('may be confirmed by %s, with a button', async (_who, person) => {
    const milestone = await milestoneIdOf(fresh.db, 'Reviews begin')
    const { data } = (await on('2017-02-24').ask(person(), '2.1')).card
    expect(data).toMatchObject({
      milestones: [{}, { buttons: [{ title: 'Confirm', verb: 'confirm', data: { milestone } }] }],
    })
    await on('2017-02-24').press(person(), 'confirm', { milestone })
    expect(await milestoneAt('2017-02-24', 2)).toMatchObject({ doneOn: '2017-02-20' })
  })

  test('is not confirmed by who said it, nor by who only reads', async () => {
    expect(wordsOf(await on('2017-02-24').ask(asha, 'confirm 2.1 2'))).toContain(
      'You said that yourself',
    )
    expect(wordsOf(await on('2017-02-24').ask(vera, 'confirm 2.1 2'))).toContain('Thank you, but')
    expect(await milestoneAt('2017-02-24', 2)).toMatchObject({ doneOn: null })
  })

  test('that nobody said to be done is not confirmed', async () => {
    expect(wordsOf(await on('2017-02-24').ask(tom, 'confirm 2.1 1'))).toContain(
      'Nobody said yet that it is done. 2.1: All pages written. Nothing was saved.',
    )
  })

  test('needs nothing more of its lead: it is not late for them, and has no buttons', async () => {
    expect(wordsOf(await on('2017-02-24').ask(asha, ''))).not.toContain('late')
    expect((await on('2017-02-24').ask(asha, 'due 14')).card.data).toMatchObject({
      rows: [{ when: 'done Mon 20 Feb 2017, awaiting confirmation', buttons: [] }],
    })
    expect(wordsOf(await on('2017-02-24').ask(asha, 'move 2.1 2 to 30 Jun because x'))).toContain(
      'was done on Mon 20 Feb 2017',
    )
  })
})
