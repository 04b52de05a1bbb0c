import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../../src/base/ids.ts'
import { loadPlan, loadProject } from '../../../src/domain/plan/store.ts'
import { formOf } from '../../support/edit-form.ts'
import {
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
let programmeId: string
let asha: StoredPerson
let ben: StoredPerson
let priya: StoredPerson

beforeEach(async () => {
  ;[asha, ben, priya] = await storePeople(fresh.db, 'Asha Verity', 'Ben Okoro', 'Priya Marlowe')
  programmeId = await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya],
    members: [ben],
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards',
        leads: [asha],
        milestones: [['Publish the standards', '2017-03-31']],
      },
      { ref: '2.2', title: 'Quality of assessments', leads: [ben] },
    ],
  })
})

const sayOn = async (on: string, text: string, who = priya) =>
  wordsOf(await chatOn(fresh.db, on).ask(who, text))
const say = (text: string, who = priya) => sayOn('2017-02-24', text, who)

/** Refs, titles and leads of the live projects on a day. */
const planOn = async (on: string) => {
  const { projects, people } = await loadPlan(fresh.db, programmeId, day(on))
  return projects.map(({ ref, title, leads, milestones }) => ({
    ref,
    title,
    leads: leads.map((id) => people.get(id)?.name),
    milestones: milestones.map(({ about, doneOn }) => (doneOn ? `${about}, done` : about)),
  }))
}
const projectOn = async (on: string, ref = '2.1') =>
  (await planOn(on)).find((project) => project.ref === ref)

describe('a field of the plan', () => {
  test('is changed by the office, and is on earlier days what it was', async () => {
    expect(await say('set 2.1 title to Standards for all')).toMatch(
      /Saved\n2\.1 Practice standards\nTitle: Standards for all, was Practice standards/,
    )
    await sayOn('2017-03-10', 'set 2.1 leads to Ben Okoro and Asha Verity')
    await sayOn('2017-03-10', 'set 2.1 title to Standards')
    expect(await projectOn('2017-02-23')).toMatchObject({
      title: 'Practice standards',
      leads: ['Asha Verity'],
    })
    expect(await projectOn('2017-03-09')).toMatchObject({
      title: 'Standards for all',
      leads: ['Asha Verity'],
    })
    expect(await projectOn('2017-03-10')).toMatchObject({
      title: 'Standards',
      leads: ['Ben Okoro', 'Asha Verity'],
    })
  })

  test('gives its new lead the right to report on it', async () => {
    expect(await say('2.1 green', ben)).toContain('is updated by its leads')
    await say('set 2.1 lead to Ben Okoro')
    expect(await say('2.1 green', ben)).not.toContain('is updated by its leads')
    expect(await say('2.1 green', asha)).toContain('is updated by its leads')
  })

  test('of a workstream is changed as well', async () => {
    expect(await say('set workstream 2 title to Practice and people')).toContain('was Practice')
    await sayOn('2017-03-10', 'set workstream 2 sponsors to Ben Okoro')
    const before = await loadPlan(fresh.db, programmeId, day('2017-02-23'))
    const after = await loadPlan(fresh.db, programmeId, day('2017-03-10'))
    expect(before.workstreams).toMatchObject([{ title: 'Practice', sponsors: [] }])
    expect(after.workstreams).toMatchObject([{ title: 'Practice and people', sponsors: [ben.id] }])
  })

  test('links it with recommendations and outcomes by their numbers, by line and by form', async () => {
    const [ofPlan, other] = [newId(), newId()]
    const outcome = { id: newId(), programmeId, number: 4, text: 'Children are listened to' }
    await fresh.db.recommendation.createMany({
      data: [
        { id: ofPlan, programmeId, ref: '7' },
        { id: other, programmeId, ref: '12b' },
      ],
    })
    await fresh.db.outcome.create({ data: outcome })
    expect(await say('set 2.1 recommendations to 7 and 12B')).toContain('Recommendations: 12b, 7')
    expect(await say('set 2.1 outcomes to 9')).toContain('The plan has no outcome “9”')
    const project = await projectIdOf(fresh.db, '2.1')
    const chat = chatOn(fresh.db, '2017-02-24')
    const { values } = formOf(await chat.press(priya, 'change-project:form', { project }))
    expect(values).toMatchObject({ recommendations: '12b, 7', outcomes: '' })
    const sent = { ...values, recommendations: '7', outcomes: '4' }
    expect(wordsOf(await chat.submit(priya, 'change-project', sent))).toMatch(
      /Recommendations: 7, was 12b, 7\nOutcomes: 4, was none/,
    )
    expect(await say('undo')).toContain('Taken back. Outcomes: as before.')
    const history = await say('history 2.1')
    expect(history).toContain('Recommendations: 7, was')
    expect(history).toContain('Taken back. Outcomes: none, was 4')
  })

  test.each([
    ['set 2.1 number to 2.2', '2.2 is the number of “Quality of assessments” already.'],
    ['set 2.1 number to two', '“two” cannot be the number of a project.'],
    ['set 2.1 leads to Bob Okoro', 'Did you mean Ben Okoro?'],
    ['set 2.1 workstream to 9', 'There is no workstream “9”.'],
    ['set workstream 2 colour to 9', 'It has: Title, Number, Leads, Sponsors.'],
    ['add project Housing to 9', 'There is no workstream “9”.'],
    ['add milestone 2.1 Draft Nov 19. Publish Jan 20', 'That reads as 2 milestones'],
    ['hold 2.1', 'Say why, in a few words'],
    ['hold 2.1 until 1 Feb 2017 because of money', 'Wed 1 Feb 2017 is not in the future.'],
    ['close 2.1 as merged into 2.1 because same', '“2.1” is no other project of Programme BCS.'],
    ['reopen 2.1 1 because not yet', 'That milestone is open.'],
    ['undo', 'You said and changed nothing within the last day'],
  ])('%s is refused, and nothing is written', async (text, answer) => {
    const before = await planOn('2017-02-24')
    expect(await say(text)).toContain(answer)
    expect(await planOn('2017-02-24')).toEqual(before)
    expect(await fresh.db.planRevision.count()).toBe(0)
  })

  test.each([
    'set 2.1 title to Mine',
    'set 2.1 leads to Asha Verity',
    'add project Housing to 2',
    'add workstream Housing',
    'add milestone 2.1 Publish by 30 Jun 2017',
    'set workstream 2 title to Mine',
    'reword 2.1 1 to Mine',
    'remove milestone 2.1 1 because I say so',
    'hold 2.1 because I say so',
    'close 2.1 because I say so',
    'remove project 2.1 because I say so',
  ])('%s is for the office, not for a lead', async (text) => {
    expect(await say(text, asha)).toMatch(/programme office/)
    expect(await fresh.db.planRevision.count()).toBe(0)
  })
})

describe('what is added', () => {
  test('belongs to the plan from its day on, with its number and its leads', async () => {
    expect(await say('add project Housing to 2 led by Asha Verity and Ben Okoro')).toContain(
      '2.3 Housing was added.',
    )
    expect(await say('add workstream Early help')).toContain('Workstream 3 Early help was added.')
    expect(await say('add milestone 2.3 Open the office by 30 Jun 2017')).toContain(
      'Milestone 1 was added: Open the office (due Fri 30 Jun 2017)',
    )
    expect(await projectOn('2017-02-23', '2.3')).toBeUndefined()
    expect(await projectOn('2017-02-24', '2.3')).toEqual({
      ref: '2.3',
      title: 'Housing',
      leads: ['Asha Verity', 'Ben Okoro'],
      milestones: ['Open the office'],
    })
  })

  test('by a lead is a milestone of their own project, once the office lets them', async () => {
    await say('admin lead milestones on')
    expect(await say('add milestone 2.1 Tell every team', asha)).toContain('no date yet')
    expect(await say('add milestone 2.2 Tell every team', asha)).toContain(
      'is updated by its leads',
    )
  })
})

describe('a project that is not live', () => {
  test('is left out of the plan from that day on, and comes back', async () => {
    expect(await say('hold 2.1 until 1 Sep 2017 because the grant is open')).toContain(
      'On hold since Fri 24 Feb 2017, to be looked at again on Fri 1 Sep 2017.',
    )
    expect((await planOn('2017-02-24')).map(({ ref }) => ref)).toEqual(['2.2'])
    expect((await planOn('2017-02-23')).map(({ ref }) => ref)).toEqual(['2.1', '2.2'])
    await sayOn('2017-03-10', 'resume 2.1')
    expect((await planOn('2017-03-09')).map(({ ref }) => ref)).toEqual(['2.2'])
    expect((await planOn('2017-03-10')).map(({ ref }) => ref)).toEqual(['2.1', '2.2'])
  })

  test('that is closed says so, and takes no more updates', async () => {
    await say('close 2.1 as merged into 2.2 because both do the same')
    const project = await loadProject(
      fresh.db,
      await projectIdOf(fresh.db, '2.1'),
      day('2017-02-24'),
    )
    expect(project.life).toMatchObject({ state: 'closed', ending: 'merged', into: '2.2' })
    expect(await say('2.1 green', asha)).toContain('closed on Fri 24 Feb 2017: merged into 2.2')
    expect(await fresh.db.statusUpdate.count()).toBe(0)
  })

  test('that was taken out by mistake is no longer found', async () => {
    await say('remove project 2.1 because it stands there twice')
    expect(await say('2.1')).toContain('There is no project “2.1”')
    await say('undo')
    expect(await say('2.1')).toContain('2.1 Practice standards')
  })
})

describe('taking back', () => {
  test('gives a field its earlier value, and can be taken back itself', async () => {
    const before = await planOn('2017-02-24')
    await say('set 2.1 title to Standards')
    await say('remove milestone 2.1 1 because it is done elsewhere')
    const changed = await planOn('2017-02-24')
    expect(changed).not.toEqual(before)
    await say('undo because that was wrong')
    await say('undo')
    expect(await planOn('2017-02-24')).toEqual(before)
    const [, , redoing] = await fresh.db.planRevision.findMany({ orderBy: { sequence: 'asc' } })
    const reply = await chatOn(fresh.db, '2017-02-24').press(priya, 'undo', {
      revision: redoing?.id,
    })
    expect(wordsOf(reply)).toContain('Taken back')
    expect(await projectOn('2017-02-24')).toMatchObject({
      title: 'Practice standards',
      milestones: [],
    })
  })

  test('is refused where somebody has built on it', async () => {
    await say('set 2.1 title to Standards')
    const first = await fresh.db.planRevision.findFirstOrThrow()
    await say('set 2.1 title to Standards for all')
    const chat = chatOn(fresh.db, '2017-02-24')
    const reply = await chat.press(priya, 'undo', { revision: first.id })
    expect(wordsOf(reply)).toContain('The title changed again since (')
    expect(await projectOn('2017-02-24')).toMatchObject({ title: 'Standards for all' })
  })

  test('of a number is refused where another project has it now', async () => {
    await say('set 2.1 number to 2.7')
    const first = await fresh.db.planRevision.findFirstOrThrow()
    await say('set 2.2 number to 2.1')
    const chat = chatOn(fresh.db, '2017-02-24')
    const reply = await chat.press(priya, 'undo', { revision: first.id })
    expect(wordsOf(reply)).toContain('2.1 is the number of “Quality of assessments” now')
  })

  test('is for whoever made the change, for a day, and for the office always', async () => {
    await say('done 2.1 1', asha)
    await say('reopen 2.1 1 because one team is missing', asha)
    const { id } = await fresh.db.planRevision.findFirstOrThrow()
    const press = async (on: string, who: StoredPerson) =>
      wordsOf(await chatOn(fresh.db, on).press(who, 'undo', { revision: id }))
    expect(await press('2017-02-24', ben)).toContain('Your programme office can take that back')
    expect(await press('2017-02-26', asha)).toContain('Your programme office can take that back')
    expect(await press('2017-02-26', priya)).toContain('Taken back')
  })
})

describe('a milestone that is opened again', () => {
  test('was done on the days between, and can be done once more', async () => {
    await say('done 2.1 1', asha)
    expect(await sayOn('2017-03-03', 'reopen 2.1 1 because one team is missing', asha)).toContain(
      'Open again: Publish the standards',
    )
    await sayOn('2017-03-10', 'done 2.1 1', asha)
    expect((await projectOn('2017-02-23'))?.milestones).toEqual(['Publish the standards'])
    expect((await projectOn('2017-03-02'))?.milestones).toEqual(['Publish the standards, done'])
    expect((await projectOn('2017-03-09'))?.milestones).toEqual(['Publish the standards'])
    expect((await projectOn('2017-03-10'))?.milestones).toEqual(['Publish the standards, done'])
  })
})

test('the history tells who changed what, when and from where', async () => {
  await say('2.1 amber the draft is late green by 31 Mar', asha)
  await sayOn('2017-03-01', 'set 2.1 title to Standards')
  await sayOn('2017-03-02', 'undo because the board knows the old name')
  await sayOn('2017-03-03', 'move 2.1 1 to 30 Jun because of the election', asha)
  await sayOn('2017-03-04', 'done 2.1 1', asha)
  const text = await sayOn('2017-03-05', 'history 2.1', ben)
  expect(text.split('\n').slice(1, 6)).toEqual([
    'Sat 4 Mar 2017, Asha Verity, in Slack: Milestone 1 done',
    'Fri 3 Mar 2017, Asha Verity, in Slack: Milestone 1 moved from Fri 31 Mar 2017 to Fri 30 Jun 2017, because of the election',
    'Thu 2 Mar 2017, Priya Marlowe, in Slack: Taken back. Title: Practice standards, was Standards, because the board knows the old name',
    'Wed 1 Mar 2017, Priya Marlowe, in Slack: Title: Standards, was Practice standards',
    expect.stringContaining('Fri 24 Feb 2017, Asha Verity, in Slack: Amber: the draft is late'),
  ])
})

describe('a workstream', () => {
  test('without projects is taken out, on earlier days it is there, and it comes back', async () => {
    await say('add workstream Housing')
    const removed = await sayOn('2017-03-01', 'remove workstream 3 because it was joined with 2')
    expect(removed).toContain('Taken out: Workstream 3 Housing')
    const titlesOn = async (on: string) =>
      (await loadPlan(fresh.db, programmeId, day(on))).workstreams.map(({ title }) => title)
    expect(await titlesOn('2017-02-28')).toEqual(['Practice', 'Housing'])
    expect(await titlesOn('2017-03-01')).toEqual(['Practice'])
    expect(await sayOn('2017-03-01', 'undo')).toContain('Taken back')
    expect(await titlesOn('2017-03-01')).toEqual(['Practice', 'Housing'])
  })

  test('with projects stays: by its line, by undoing its addition, and by undoing what emptied it', async () => {
    const stays =
      'Workstream 2 Practice would be out of the plan, and 2.1 Practice standards and 2.2 Quality of assessments in it. Nothing was changed.'
    expect(await say('remove workstream 2 because it is old')).toContain(stays)
    const added = await chatOn(fresh.db, '2017-02-24').ask(priya, 'add workstream Housing')
    await say('add project Homes to 3')
    const { buttons } = added.card.data as { buttons: { data: Record<string, unknown> }[] }
    const undone = await chatOn(fresh.db, '2017-02-24').press(priya, 'undo', buttons[0]?.data ?? {})
    expect(wordsOf(undone)).toContain('Workstream 3 Housing would be out of the plan')
    const moved = await chatOn(fresh.db, '2017-02-24').ask(priya, 'set 3.1 workstream to 2')
    expect(await say('remove workstream 3 because it is empty')).toContain('Taken out')
    const { buttons: again } = moved.card.data as { buttons: { data: Record<string, unknown> }[] }
    const back = await chatOn(fresh.db, '2017-02-24').press(priya, 'undo', again[0]?.data ?? {})
    expect(wordsOf(back)).toContain('Workstream 3 Housing would be out of the plan, and 3.1 Homes')
    expect(await projectOn('2017-02-24', '3.1')).toMatchObject({ title: 'Homes' })
  })
})

test('the history tells whether it was said by a line, a button or a form', async () => {
  const chat = chatOn(fresh.db, '2017-03-01')
  const project = await projectIdOf(fresh.db, '2.1')
  const form = formOf(await chat.press(priya, 'change-project:form', { project }))
  await chat.submit(priya, 'change-project', { ...form.values, title: 'Standards' })
  await chat.press(priya, 'undo', { revision: (await latestRevision()).id })
  await chat.ask(priya, 'set 2.1 title to Standards for all')
  const lines = wordsOf(await chat.ask(priya, 'history 2.1'))
    .split('\n')
    .slice(1, 4)
  expect(lines.map((line) => line.split(': ')[0])).toEqual([
    'Wed 1 Mar 2017, Priya Marlowe, in Slack',
    'Wed 1 Mar 2017, Priya Marlowe, by button in Slack',
    'Wed 1 Mar 2017, Priya Marlowe, by form in Slack',
  ])
})

const latestRevision = () =>
  fresh.db.planRevision.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
