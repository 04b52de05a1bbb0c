import { beforeEach, describe, expect, test } from '@jest/globals'
import {
  chatOn,
  emptyDatabase,
  projectIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
const chat = () => chatOn(fresh.db, '2017-02-28')

let asha: StoredPerson
let priya: StoredPerson
let vera: StoredPerson
beforeEach(async () => {
  const names = ['Asha Verity', 'Priya Marlowe', 'Vera Nilsson'] as const
  ;[asha, priya, vera] = await storePeople(fresh.db, ...names)
  await storeProgramme(fresh.db, {
    ...{ key: 'BCS', office: [priya], members: [vera] },
    projects: [{ ref: '2.1', title: 'Practice standards', leads: [asha] }],
  })
})

describe('a shortcut', () => {
  test('asks which project, and goes on with the form of its update', async () => {
    const chooser = await chat().press(asha, 'choose-update:form', {})
    expect(chooser).toMatchObject({
      kind: 'form',
      card: { data: { verb: 'update:form', choices: [{ title: '2.1 Practice standards' }] } },
    })
    const project = await projectIdOf(fresh.db, '2.1')
    const next = await chat().submit(asha, 'update:form', { project })
    expect(next).toMatchObject({ kind: 'form', card: { name: 'update-form' } })
  })

  test('keeps the words of a message on the way to the form of a milestone', async () => {
    const text = 'Publish it\nhttps://slack.example/archives/C1/p1'
    const chooser = await chat().press(priya, 'choose-milestone:form', { text })
    expect(chooser.card.data).toMatchObject({ verb: 'add-milestone:form', text })
    const project = await projectIdOf(fresh.db, '2.1')
    const next = await chat().submit(priya, 'add-milestone:form', { project, text })
    expect(next.kind).toBe('form')
    expect(wordsOf(next)).toContain(text)
  })

  test('is refused in words where somebody may not', async () => {
    const project = await projectIdOf(fresh.db, '2.1')
    expect(wordsOf(await chat().submit(vera, 'update:form', { project }))).toContain(
      'is updated by its leads and the programme office',
    )
    expect(wordsOf(await chat().press(vera, 'risk:form', { text: 'It may fail' }))).toContain(
      'a risk is added by leads of projects',
    )
  })

  test('asks about words that may tell of a child, as elsewhere', async () => {
    const text = 'Three siblings were placed with Mr Harris of 4 Mill Lane'
    const next = await chat().press(priya, 'risk:form', { text })
    expect(JSON.stringify(next.card.data)).toMatch(/child/i)
  })

  test('typed, offers the form', async () => {
    expect((await chat().ask(asha, 'update a project')).card.data).toMatchObject({
      buttons: [{ verb: 'choose-update:form' }],
    })
  })
})
