import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Reply } from '../../../../src/chat/reply.ts'
import { formOf } from '../../../support/edit-form.ts'
import {
  chatOn,
  emptyDatabase,
  projectIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../../support/programme.ts'

const fresh = emptyDatabase()
let asha: StoredPerson
let priya: StoredPerson
let ravi: StoredPerson
let project: string

beforeEach(async () => {
  ;[asha, priya, ravi] = await storePeople(
    fresh.db,
    ...(['Asha Verity', 'Priya Marlowe', 'Ravi Sale'] as const),
  )
  await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya, ravi],
    projects: [
      { ref: '2.1', title: 'Practice standards', leads: [asha] },
      { ref: '2.2', title: 'Quality of assessments', leads: [asha] },
    ],
  })
  project = await projectIdOf(fresh.db, '2.1')
})

const chat = () => chatOn(fresh.db, '2017-02-24')
const open = async (verb: string, data: Record<string, unknown> = { project }, who = priya) =>
  formOf(await chat().press(who, `${verb}:form`, data))
const send = (verb: string, values: Record<string, unknown>, who = priya) =>
  chat().submit(who, verb, values)
const problemsOf = (reply: Reply) => (reply.kind === 'invalid' ? reply.fields : {})
const life = async () =>
  (await fresh.db.project.findUniqueOrThrow({ where: { id: project } })).life as { state: string }

describe('a project is put on hold and closed by form', () => {
  test('with the reason and the day to look again; what is missing stands at its field', async () => {
    const { values } = await open('hold')
    const missing = await send('hold', { ...values, date: '2017-09-01' })
    expect(problemsOf(missing)).toEqual({ reason: expect.stringContaining('Say why') })
    expect(formOf(missing).values).toMatchObject({ date: '2017-09-01' })
    await send('hold', { ...values, date: '2017-09-01', reason: 'the grant is open' })
    expect(await life()).toMatchObject({ state: 'on hold', reviewOn: '2017-09-01' })
  })

  test('as merged into the project whose number is given', async () => {
    const { values } = await open('close-project')
    const merged = { ...values, ending: 'merged', reason: 'both do the same' }
    expect(problemsOf(await send('close-project', merged))).toEqual({
      into: 'Say which project it went into.',
    })
    await send('close-project', { ...merged, into: '2.2' })
    expect(await life()).toMatchObject({ state: 'closed', ending: 'merged', into: '2.2' })
  })

  test.each([
    ['theirs', 'closed'],
    ['mine', 'on hold'],
  ])('where another officer was first, they decide: %s', async (choice, state) => {
    const { values } = await open('hold')
    await chat().ask(ravi, 'close 2.1 as finished because it runs itself')
    const filled = { ...values, reason: 'the grant is open' }
    const reply = await send('hold', filled)
    expect(problemsOf(reply)).toEqual({
      'changed-life':
        'Since you opened this form, the project is closed on Fri 24 Feb 2017: finished (Ravi Sale, Fri 24 Feb 2017). Choose which is to be saved.',
    })
    expect(await life()).toMatchObject({ state: 'closed' })
    await send('hold', { ...formOf(reply).values, choice })
    expect(await life()).toMatchObject({ state })
  })
})

describe('what is added by form', () => {
  test('is a project with its workstream and leads, at the next free number', async () => {
    const { values } = await open('add-project', { programme: 'BCS' })
    expect(problemsOf(await send('add-project', values))).toEqual({
      title: 'Say what it is called.',
    })
    const reply = await send('add-project', { ...values, title: 'Housing', leads: [asha.id] })
    expect(wordsOf(reply)).toContain('2.3 Housing was added.\nLeads: Asha Verity')
  })

  test('is refused with a number that exists: what stands there, and the next free one', async () => {
    const { values } = await open('add-project', { programme: 'BCS' })
    const reply = await send('add-project', { ...values, title: 'Housing', number: '2.2' })
    expect(wordsOf(reply)).toContain(
      '2.2 is the number of “Quality of assessments” already. The next free one is 2.3.',
    )
  })

  test('is a workstream', async () => {
    const { values } = await open('add-workstream', { programme: 'BCS' })
    const reply = await send('add-workstream', { ...values, title: 'Early help' })
    expect(wordsOf(reply)).toContain('Workstream 3 Early help was added.')
  })

  test('is a milestone with the day that was picked', async () => {
    const { values } = await open('add-milestone')
    const filled = { ...values, text: 'Open the office', date: '2017-06-30' }
    expect(wordsOf(await send('add-milestone', filled))).toContain(
      'Milestone 1 was added: Open the office (due Fri 30 Jun 2017)',
    )
  })
})

describe('the plan', () => {
  test('is shown with what is set aside, and leads the office to its forms', async () => {
    await chat().ask(ravi, 'hold 2.2 because the grant is open')
    const shown = wordsOf(await chat().ask(priya, 'plan'))
    expect(shown).toMatch(
      /1 project in 1 workstream\.\nSet aside: 1 on hold\.\n2 Practice: 1 project/,
    )
    expect(shown).toContain('Add a project…')
    expect(wordsOf(await chat().ask(asha, 'plan'))).not.toContain('Add a project…')
  })

  test('leads from a chosen project to what may be changed of it', async () => {
    const reply = await send('change-project', { project, programme: 'BCS', text: '' })
    expect(wordsOf(reply)).toContain('Put on hold…')
  })

  test('has a form for each workstream', async () => {
    const { values } = await open('change-workstream', { workstream: '2' })
    const changed = { ...values, title: 'Practice for all', sponsors: [ravi.id] }
    expect(wordsOf(await send('change-workstream', changed))).toContain(
      'Title: Practice for all, was Practice\nSponsors: Ravi Sale, was none',
    )
  })
})
