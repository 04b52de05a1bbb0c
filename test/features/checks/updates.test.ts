import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Reply } from '../../../src/chat/reply.ts'
import {
  type Chat,
  chatOn,
  emptyDatabase,
  projectIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

/** What the author of an update is asked: of their words before they are stored, of all else beside the answer. */

const fresh = emptyDatabase()

let chat: Chat
let asha: StoredPerson
let project: string

beforeEach(async () => {
  const { db } = fresh
  ;[asha] = await storePeople(db, 'Asha Verity')
  await storeProgramme(db, {
    key: 'BCS',
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards',
        leads: [asha],
        milestones: [
          ['All pages written', '2017-02-10'],
          ['Reviews begin', '2017-02-20'],
        ],
      },
    ],
  })
  project = await projectIdOf(db, '2.1')
  chat = chatOn(db, '2017-02-24')
})

const updates = () => fresh.db.statusUpdate.findMany({ orderBy: { at: 'asc' } })
const answers = () => fresh.db.checkAnswer.findMany()
const verbsIn = (reply: Reply) => JSON.stringify(reply.card.data).match(/"verb":"([^"]+)"/g) ?? []

describe('an update that trips a check', () => {
  test('is stored, with the question beside it and a button to answer', async () => {
    const reply = await chat.ask(asha, '2.1 green')
    expect(await updates()).toHaveLength(1)
    expect(wordsOf(reply)).toContain('One question before the board asks:')
    expect(wordsOf(reply)).toContain('2 milestones are overdue. Is Green still right?')
    const data = { project, check: 'overdue' }
    expect(reply.card.data).toMatchObject({
      buttons: [
        { title: 'Answer: the overdue milestones', verb: 'answer:form', data },
        { title: 'Undo' },
      ],
    })
    await chat.submit(asha, 'answer', { ...data, text: 'Both wait for one signature' })
    expect(wordsOf(await chat.ask(asha, '2.1 green'))).not.toContain('overdue')
  })

  test('the third time that the words are the same', async () => {
    for (const day of ['2017-02-22', '2017-02-23']) {
      await chatOn(fresh.db, day).ask(asha, '2.1 amber Waiting for legal green by 30 Jun')
    }
    const reply = await chat.ask(asha, '2.1 amber waiting for LEGAL. green by 31 Jul')
    expect(wordsOf(reply)).toContain('The commentary has been the same 3 times running.')
  })

  test('and one that trips none has no question', async () => {
    const reply = await chat.ask(asha, '2.1 amber Late green by 30 Jun')
    expect(wordsOf(reply)).not.toContain('board')
    expect(verbsIn(reply)).toEqual(['"verb":"undo"'])
  })

  test('shows in the form what is asked already', async () => {
    await chat.ask(asha, '2.1 green')
    expect(wordsOf(await chat.press(asha, 'update:form', { project }))).toContain(
      '2 milestones are overdue',
    )
  })
})

describe('words that look as if they told of a child', () => {
  const typed = '2.1 amber We moved pupil Ella green by 30 Jun'

  test('are asked about before anything is stored', async () => {
    const reply = await chat.ask(asha, typed)
    expect(wordsOf(reply)).toContain('“pupil Ella”. Change the words, or say why they are fine.')
    expect(await updates()).toEqual([])
  })

  test('are stored when the form was told why they are fine, and not asked about again', async () => {
    const values = { project, state: 'amber', reason: 'We moved pupil Ella', date: '2017-06-30' }
    const refused = await chat.submit(asha, 'update', values)
    expect(refused).toMatchObject({ kind: 'invalid', card: { data: { verb: 'update-fine' } } })
    expect(wordsOf(refused)).toContain('“pupil Ella”')
    const still = await chat.submit(asha, 'update-fine', { ...values, fine: ' ' })
    expect(still.kind).toBe('invalid')
    expect(await updates()).toEqual([])
    await chat.submit(asha, 'update-fine', { ...values, fine: 'A character in our training film' })
    expect(await updates()).toMatchObject([{ reason: 'We moved pupil Ella' }])
    expect(await answers()).toMatchObject([
      { check: 'child', answer: 'A character in our training film', byId: asha.id },
    ])
    await chat.submit(asha, 'update', { ...values, date: '2017-07-31' })
    expect(await updates()).toHaveLength(2)
  })

  test('are stored when the line says so itself', async () => {
    await chat.ask(asha, `${typed} words are fine because she is a character in a film`)
    expect(await updates()).toMatchObject([{ reason: 'We moved pupil Ella' }])
    expect(await answers()).toMatchObject([{ answer: 'she is a character in a film' }])
  })

  test('keep what else was said: that all is fine is no answer', async () => {
    await chat.ask(asha, '2.1 green All is fine because the supplier is back')
    expect(await updates()).toMatchObject([{ reason: 'All is fine because the supplier is back' }])
  })

  test('of somebody who leads here are nobody to ask about', async () => {
    await chat.ask(asha, '2.1 amber We moved pupil work to Asha green by 30 Jun')
    expect(await updates()).toHaveLength(1)
  })
})
