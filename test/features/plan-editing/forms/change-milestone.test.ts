import { beforeEach, expect, test } from '@jest/globals'
import type { Reply } from '../../../../src/chat/reply.ts'
import { formOf } from '../../../support/edit-form.ts'
import {
  chatOn,
  emptyDatabase,
  milestoneIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../../support/programme.ts'

const fresh = emptyDatabase()
let asha: StoredPerson
let priya: StoredPerson
let ravi: StoredPerson
let milestone: string

beforeEach(async () => {
  ;[asha, priya, ravi] = await storePeople(
    fresh.db,
    ...(['Asha Verity', 'Priya Marlowe', 'Ravi Sale'] as const),
  )
  const milestones = [['Publish the standards', '2017-03-31']] as const
  await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya, ravi],
    projects: [{ ref: '2.1', title: 'Practice standards', leads: [asha], milestones }],
  })
  milestone = await milestoneIdOf(fresh.db, 'Publish the standards')
})

const chat = () => chatOn(fresh.db, '2017-02-24')
const open = async (who: StoredPerson) =>
  formOf(await chat().press(who, 'change-milestone:form', { milestone }))
const send = (who: StoredPerson, values: Record<string, unknown>) =>
  chat().submit(who, 'change-milestone', values)
const stored = () => fresh.db.milestone.findUniqueOrThrow({ where: { id: milestone } })
const problemsOf = (reply: Reply) => (reply.kind === 'invalid' ? reply.fields : {})

test('its words and its date are changed in one form, the date with its reason', async () => {
  const { values } = await open(priya)
  expect(values).toMatchObject({ about: 'Publish the standards', date: '2017-03-31', reason: '' })
  const changed = { ...values, about: 'Publish for every team', date: '2017-04-28' }
  expect(problemsOf(await send(priya, changed))).toEqual({
    reason: 'Say why it moves, in a few words: “because …”.',
  })
  const reply = await send(priya, { ...changed, reason: 'the printer is late' })
  expect(wordsOf(reply)).toContain('Moved from Fri 31 Mar 2017 to Fri 28 Apr 2017')
  expect(await stored()).toMatchObject({
    about: 'Publish for every team',
    due: new Date('2017-04-28'),
  })
})

test('the column of the sheet that it stands in is changed, and taken away', async () => {
  const { values } = await open(priya)
  expect(values).toMatchObject({ heading: '' })
  const reply = await send(priya, { ...values, heading: 'March' })
  expect(wordsOf(reply)).toContain('Column: March, was none')
  expect(await stored()).toMatchObject({ heading: 'March' })
  await send(priya, { ...(await open(priya)).values, heading: '' })
  expect(await stored()).toMatchObject({ heading: null })
})

test('a date that somebody else moved meanwhile is decided about', async () => {
  const { values } = await open(priya)
  await chat().ask(ravi, 'move 2.1 1 to 5 May 2017 because of Easter')
  const reply = await send(priya, { ...values, date: '2017-04-28', reason: 'the printer' })
  expect(problemsOf(reply)).toEqual({
    'changed-date':
      'Since you opened this form, Due is now Fri 5 May 2017 (Ravi Sale, Fri 24 Feb 2017). Choose which is to be saved.',
  })
  await send(priya, { ...formOf(reply).values, 'choice-date': 'mine' })
  expect(await stored()).toMatchObject({ due: new Date('2017-04-28') })
})

test('words that may tell of a child are asked about in the form, which keeps them', async () => {
  const { values } = await open(priya)
  const about = 'Find a place for the child, aged 7'
  const reply = await send(priya, { ...values, about })
  expect(Object.keys(problemsOf(reply))).toEqual(['fine'])
  expect(formOf(reply).values).toMatchObject({ about })
  await send(priya, { ...formOf(reply).values, fine: 'it is an example' })
  expect(await stored()).toMatchObject({ about })
})

test('a lead moves dates, and leaves the words to the office', async () => {
  const reply = await chat().press(asha, 'change-milestone:form', { milestone })
  expect(wordsOf(reply)).toMatch(/programme office/)
})

test('one that was taken out meanwhile says so', async () => {
  const { values } = await open(priya)
  await chat().ask(ravi, 'remove milestone 2.1 1 because it is there twice')
  expect(wordsOf(await send(priya, { ...values, about: 'Anew' }))).toContain(
    'That milestone was taken out of the plan. Nothing was saved.',
  )
})
