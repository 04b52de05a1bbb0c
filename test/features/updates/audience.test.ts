import { beforeEach, describe, expect, test } from '@jest/globals'
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

const fresh = emptyDatabase()
let chat: Chat
let asha: StoredPerson
let priya: StoredPerson

beforeEach(async () => {
  ;[asha, priya] = await storePeople(fresh.db, 'Asha Verity', 'Priya Marlowe')
  await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya],
    projects: [{ ref: '2.1', title: 'Practice standards', leads: [asha] }],
  })
  chat = chatOn(fresh.db, '2017-02-24')
})

const said = async () => {
  const rows = await fresh.db.statusUpdate.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] })
  return rows.map(({ audience, reason }) => ({ audience, reason }))
}
const red = '2.1 red The site is down'

describe('for whom the words of an update are', () => {
  test.each([
    [`${red} green by 30 Jun`, 'board', 'The site is down'],
    [`${red} green by 30 Jun for internal only`, 'internal', 'The site is down'],
    [`${red} green by 30 Jun for PUBLIC only`, 'public', 'The site is down'],
    ['2.1 green Ready for board', 'board', 'Ready for board'],
    ['2.1 green Ready for the board only', 'board', 'Ready for the board only'],
    ['2.1 green All is well for internal only', 'internal', 'All is well'],
  ])('%s: %s', async (typed, audience, reason) => {
    await chat.ask(asha, typed)
    expect(await said()).toEqual([{ audience, reason }])
  })

  test('is said where it is not the board', async () => {
    const told = await chat.ask(asha, `${red} green by 30 Jun for internal only`)
    expect(wordsOf(told)).toContain('the board’s digest does not show them')
    expect(wordsOf(await chat.ask(asha, '2.1'))).toContain('the programme’s own people alone')
    expect(wordsOf(await chat.ask(asha, '2.1 green'))).not.toContain('Your words are for')
  })

  test('is chosen in the form, which begins with what the programme says', async () => {
    await chat.ask(priya, 'admin commentary internal')
    const project = await projectIdOf(fresh.db, '2.1')
    const form = await chat.press(asha, 'update:form', { project })
    expect(form.card.data).toMatchObject({ values: { audience: 'internal' } })
    const filled = { project, state: 'red', reason: 'The site is down', date: '2017-06-30' }
    await chat.submit(asha, 'update', { ...filled, audience: 'board' })
    expect(await said()).toEqual([{ audience: 'board', reason: 'The site is down' }])
  })

  test('is for whom the programme says, where nobody marks it; what was said before stays', async () => {
    await chat.ask(asha, '2.1 green One')
    expect(wordsOf(await chat.ask(priya, 'admin commentary internal'))).toContain(
      'commentary that nobody marks is for the people of the programme alone',
    )
    await chat.ask(asha, '2.1 green Two')
    expect(
      (await said()).toSorted((a, b) => (a.reason ?? '').localeCompare(b.reason ?? '')),
    ).toEqual([
      { audience: 'board', reason: 'One' },
      { audience: 'internal', reason: 'Two' },
    ])
    expect(wordsOf(await chat.ask(asha, 'admin commentary public'))).toContain(
      'Only the programme office',
    )
  })

  test('stays with the words when they are attested', async () => {
    await chat.ask(asha, `${red} green by 30 Jun for internal only`)
    await chatOn(fresh.db, '2017-02-27').ask(asha, 'no-change 2.1')
    expect((await said()).map(({ audience }) => audience)).toEqual(['internal', 'internal'])
  })
})
