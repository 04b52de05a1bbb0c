import { beforeEach, describe, expect, test } from '@jest/globals'
import {
  type Chat,
  chatOn,
  emptyDatabase,
  milestoneIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

/** Whatever words a digest may tell are asked about before they are stored, where they look as if they told of a child. */

const fresh = emptyDatabase()

let chat: Chat
let priya: StoredPerson

beforeEach(async () => {
  ;[priya] = await storePeople(fresh.db, 'Priya Marlowe')
  await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya],
    settings: { secondRating: { by: 'sponsor' } },
    projects: [
      { ref: '2.1', title: 'Practice standards', milestones: [['Go live', '2017-03-31']] },
    ],
  })
  chat = chatOn(fresh.db, '2017-02-24')
  await chat.ask(priya, 'decision Whether the board meets in May')
})

const counts = async () => [
  await fresh.db.milestoneMove.count(),
  await fresh.db.milestoneFlag.count(),
  await fresh.db.registerEntry.count(),
  await fresh.db.registerClosing.count(),
  await fresh.db.assuranceRating.count(),
  await fresh.db.rollUpOverride.count(),
  await fresh.db.digestDirection.count(),
  await fresh.db.checkAnswer.count(),
]

describe('words about a child', () => {
  test.each([
    'move 2.1 1 to 30 Jun because Child X is ill',
    'flag 2.1 1 because Child X is ill',
    'risk red 2.1 Child X may move mitigated by a visit',
    'risk red 2.1 A move mitigated by a visit to Child X',
    'decision for 2.1 Whether Child X moves needed from the panel',
    'dependency 2.1 on the court because Child X waits for it',
    'headline Child X is safe',
    'close decision 1 because Child X needs no meeting',
    'decide 1 Child X needs no meeting',
    'assure 2.1 red because Child X waits',
    'override programme red because Child X waits',
    'digest headline Child X is safe',
  ])('are not stored: %s', async (typed) => {
    const before = await counts()
    expect(wordsOf(await chat.ask(priya, typed))).toContain('“Child X”. Change the words')
    expect(await counts()).toEqual(before)
  })

  test.each([
    'flag 2.1 1 because Child X is ill words are fine because it is the name of a play',
    'override programme red because Child X waits words are fine because it is the name of a play',
    'assure 2.1 red because Child X waits words are fine because it is the name of a play',
  ])('are stored with why they are fine: %s', async (typed) => {
    await chat.ask(priya, typed)
    expect(await fresh.db.checkAnswer.findMany()).toMatchObject([
      { check: 'child', answer: 'it is the name of a play' },
    ])
  })

  test('of a form are asked about in the form, which takes the answer', async () => {
    const milestone = await milestoneIdOf(fresh.db, 'Go live')
    const moved = { milestone, date: '2017-06-30', reason: 'Child X is ill' }
    const refused = await chat.submit(priya, 'move', moved)
    expect(refused).toMatchObject({ kind: 'invalid', card: { data: { child: { fine: '' } } } })
    expect(wordsOf(refused)).toContain('“Child X”')
    await chat.submit(priya, 'move', { ...moved, fine: 'A play' })
    const headline = { text: 'Family F is safe' }
    expect(wordsOf(await chat.press(priya, 'headline:form', headline))).toContain('“Family F”')
    await chat.submit(priya, 'headline', { ...headline, fine: 'A film' })
    const closed = { kind: 'decision', number: '1', outcome: 'Pupil Ella was heard' }
    expect(wordsOf(await chat.press(priya, 'close:form', closed))).toContain('“Pupil Ella was”')
    await chat.submit(priya, 'close', { ...closed, fine: 'A song' })
    expect(await fresh.db.checkAnswer.findMany({ orderBy: { answer: 'asc' } })).toMatchObject([
      { answer: 'A film', projectId: null },
      { answer: 'A play' },
      { answer: 'A song', projectId: null },
    ])
    expect(await counts()).toEqual([1, 0, 2, 1, 0, 0, 0, 3])
  })
})
