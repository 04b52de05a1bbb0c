import { beforeEach, describe, expect, test } from '@jest/globals'
import { toDbDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { loadOpenChecks } from '../../../src/domain/checks/store.ts'
import { loadPlan } from '../../../src/domain/plan/store.ts'
import {
  type Chat,
  chatOn,
  day,
  emptyDatabase,
  projectIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()

let chat: Chat
let programmeId: string
let asha: StoredPerson
let tom: StoredPerson
let priya: StoredPerson
let vera: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, tom, priya, vera] = await storePeople(
    db,
    ...(['Asha Verity', 'Tom Quill', 'Priya Marlowe', 'Vera Lind'] as const),
  )
  programmeId = await storeProgramme(db, {
    key: 'BCS',
    office: [priya],
    members: [vera],
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
      { ref: '2.2', title: 'Quality of assessments', leads: [tom] },
    ],
  })
  await said('2.1', 'green', '2017-02-20', null)
  await said('2.2', 'amber', '2017-02-22', 'We moved pupil Ella to a school nearby')
  chat = chatOn(db, '2017-02-24')
})

/** As an import says it: nobody was asked anything. */
async function said(ref: string, state: string, onDay: string, reason: string | null) {
  await fresh.db.statusUpdate.create({
    data: {
      ...{ id: newId(), projectId: await projectIdOf(fresh.db, ref), state, reason },
      ...{ criteria: [], source: 'import', greenBy: toDbDate(day('2017-06-30')) },
      ...{ onDay: toDbDate(day(onDay)), at: new Date(`${onDay}T09:00:00Z`) },
    },
  })
}

const answers = () => fresh.db.checkAnswer.findMany()
const openOn = async (asAt: string) =>
  (await loadOpenChecks(fresh.db, await loadPlan(fresh.db, programmeId, day(asAt)))).map(
    ({ check, project }) => `${project?.ref} ${check}`,
  )

describe('what is to answer', () => {
  test('is that of the whole programme for its office, of their own for leads, nothing for who only reads', async () => {
    const office = wordsOf(await chat.ask(priya, 'checks'))
    expect(office).toContain('2 questions to answer')
    expect(office).toContain('It is ● Green, and 2 milestones are overdue.')
    expect(office).toContain('“pupil Ella”')
    const lead = wordsOf(await chat.ask(asha, 'checks for BCS'))
    expect(lead).toContain('2.1 Practice standards')
    expect(lead).not.toContain('2.2')
    expect(wordsOf(await chat.ask(vera, 'checks'))).toContain('There is nothing to answer.')
  })
})

describe('while a lead is away', () => {
  beforeEach(async () => {
    await fresh.db.leave.create({
      data: {
        ...{ id: newId(), personId: asha.id, deputyId: tom.id, source: 'test' },
        ...{ from: toDbDate(day('2017-02-24')), to: toDbDate(day('2017-02-28')) },
        at: new Date('2017-02-20'),
      },
    })
  })

  test('their checks are listed to their deputy, and answered for them', async () => {
    const listed = wordsOf(await chat.ask(tom, 'checks'))
    expect(listed).toContain('2.1 Practice standards')
    expect(listed).toContain('2.2 Quality of assessments')
    await chat.ask(tom, 'answer 2.1 overdue because both wait for one signature')
    expect(await answers()).toMatchObject([{ byId: tom.id, onBehalfOfId: asha.id }])
  })
})

describe('an answer', () => {
  test('is kept, and the same is not asked again', async () => {
    const reply = await chat.ask(asha, 'answer 2.1 overdue because both wait for one signature')
    expect(wordsOf(reply)).toContain('Your answer: both wait for one signature')
    expect(await answers()).toMatchObject([
      { check: 'overdue', answer: 'both wait for one signature', byId: asha.id, source: 'slack' },
    ])
    expect(await openOn('2017-02-24')).toEqual(['2.2 child'])
  })

  test('counts from its day on: an earlier day is as it was', async () => {
    await chat.ask(asha, 'answer 2.1 because both wait for one signature')
    expect(await openOn('2017-02-23')).toEqual(['2.1 overdue', '2.2 child'])
  })

  test('is given by form, which asks for the reason', async () => {
    const project = await projectIdOf(fresh.db, '2.1')
    const data = { project, check: 'overdue' }
    const form = await chat.press(asha, 'answer:form', data)
    expect(form.kind).toBe('form')
    expect(wordsOf(form)).toContain('2 milestones are overdue')
    const empty = await chat.submit(asha, 'answer', { ...data, text: ' ' })
    expect(empty.kind).toBe('invalid')
    expect(await answers()).toEqual([])
    await chat.submit(asha, 'answer', { ...data, text: 'One signature' })
    expect(await answers()).toMatchObject([{ answer: 'One signature' }])
    expect(wordsOf(await chat.submit(asha, 'answer', { ...data, text: 'Again' }))).toContain(
      'That is not asked any more.',
    )
  })

  test('is asked for by its word where several things are asked', async () => {
    await said('2.1', 'green', '2017-02-21', 'Child X has a place')
    expect(wordsOf(await chat.ask(asha, 'answer 2.1 because we know'))).toContain(
      'Several things are asked of 2.1: overdue and child. Say which.',
    )
    expect(await answers()).toEqual([])
  })

  test('is for who may change the project', async () => {
    expect(wordsOf(await chat.ask(vera, 'answer 2.1 overdue because so'))).toContain(
      'is updated by its leads and the programme office',
    )
    expect(await answers()).toEqual([])
  })

  test('to the words of a headline is its programme office’s', async () => {
    await fresh.db.registerEntry.create({
      data: {
        ...{ id: newId(), programmeId, kind: 'headline', number: 1, text: 'Family F is settled' },
        ...{ source: 'import', onDay: toDbDate(day('2017-02-20')), at: new Date('2017-02-20') },
      },
    })
    const open = await loadOpenChecks(
      fresh.db,
      await loadPlan(fresh.db, programmeId, day('2017-02-24')),
    )
    const raised = open.find(({ project }) => project === null)
    const data = { programme: programmeId, check: 'child', about: raised?.fingerprints[0] }
    const refused = await chat.press(vera, 'answer', { ...data, text: 'No' })
    expect(wordsOf(refused)).toContain('That is not asked any more.')
    await chat.press(priya, 'answer', { ...data, text: 'It is a film' })
    expect(await answers()).toMatchObject([{ projectId: null, answer: 'It is a film' }])
  })
})
