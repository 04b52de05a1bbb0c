import { beforeEach, describe, expect, test } from '@jest/globals'
import { expandCard } from '../../../../src/chat/cards.ts'
import type { UserProfile } from '../../../../src/chat/port.ts'
import type { Reply } from '../../../../src/chat/reply.ts'
import { withProblems } from '../../../../src/platforms/slack/builtin-cards.ts'
import { toModal } from '../../../../src/platforms/slack/converter/modal.ts'
import { viewProblems } from '../../../../src/playground/slack/limits.ts'
import { cardProblems } from '../../../../src/playground/teams/limits.ts'
import { formOf } from '../../../support/edit-form.ts'
import {
  chatOn,
  emptyDatabase,
  projectIdOf,
  type StoredPerson,
  storePeople,
  storePerson,
  storeProgramme,
  wordsOf,
} from '../../../support/programme.ts'

const fresh = emptyDatabase()
let asha: StoredPerson
let ben: StoredPerson
let priya: StoredPerson
let ravi: StoredPerson
let project: string

beforeEach(async () => {
  ;[asha, ben, priya, ravi] = await storePeople(
    fresh.db,
    ...(['Asha Verity', 'Ben Okoro', 'Priya Marlowe', 'Ravi Sale'] as const),
  )
  await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya, ravi],
    projects: [
      { ref: '2.1', title: 'Practice standards', leads: [asha] },
      { ref: '2.2', title: 'Quality of assessments', leads: [ben] },
    ],
  })
  project = await projectIdOf(fresh.db, '2.1')
})

const chat = () => chatOn(fresh.db, '2017-02-24')
const open = async (who: StoredPerson) =>
  formOf(await chat().press(who, 'change-project:form', { project }))
const send = (who: StoredPerson, values: Record<string, unknown>) =>
  chat().submit(who, 'change-project', values)
const say = async (who: StoredPerson, text: string) => wordsOf(await chat().ask(who, text))
const stored = async () => {
  const row = await fresh.db.project.findUniqueOrThrow({
    where: { id: project },
    include: { leads: { orderBy: { position: 'asc' } } },
  })
  return { ...row, leads: row.leads.map(({ personId }) => personId) }
}
const origin = { tenant: 'T1', conversation: 'C1', kind: 'channel', message: '1.2' } as const
/** What stands as a problem, by the input's id. */
const problemsOf = (reply: Reply) => (reply.kind === 'invalid' ? reply.fields : {})

describe('leads from outside the programme', () => {
  const profiles: Readonly<Record<string, UserProfile>> = {
    U8: { displayName: 'Gita Prior', standing: 'guest' },
    U9: { displayName: 'Cai Moss', standing: 'employee' },
    UBOT: { displayName: 'Standup', standing: 'bot' },
  }
  const here = () =>
    chatOn(fresh.db, '2017-02-24', { lookupProfile: async ({ user }) => profiles[user] })

  test('are chosen with the platform’s own picker: Slack’s of several, and Teams’', async () => {
    const { card } = await here().press(priya, 'change-project:form', { project })
    const shown = expandCard(card)
    expect(JSON.stringify(toModal(shown, origin))).toContain(
      '"type":"multi_users_select","action_id":"leads-others"',
    )
    expect(JSON.stringify(shown)).toContain('"dataset":"graph.microsoft.com/users"')
  })

  test('are added to those it has, and taken back', async () => {
    const { values } = await open(priya)
    const sent = { ...values, 'leads-others': ['U9', ben.identity.user] }
    const reply = await here().submit(priya, 'change-project', sent)
    expect(wordsOf(reply)).toContain('Leads: Asha Verity, Cai Moss, Ben Okoro, was Asha Verity')
    expect(wordsOf(reply)).toContain('Cai Moss is new in the programme, with that account.')
    await say(priya, 'undo')
    expect((await stored()).leads).toEqual([asha.id])
  })

  test.each([
    ['a guest', 'U8', 'is a guest of your workspace'],
    ['an app', 'UBOT', 'is an app and not a person'],
  ])('are refused where one is %s, at the input', async (_, user, words) => {
    const { values } = await open(priya)
    const sent = { ...values, title: 'Another', 'leads-others': [user] }
    const reply = await here().submit(priya, 'change-project', sent)
    expect(problemsOf(reply)['leads-others']).toContain(words)
    expect(await stored()).toMatchObject({ title: 'Practice standards', leads: [asha.id] })
  })

  test('lead a new project', async () => {
    const reply = await here().submit(priya, 'add-project', {
      ...{ title: 'Homes', workstream: '2', 'leads-others': ['U9'], leads: [asha.id] },
    })
    expect(wordsOf(reply)).toContain('Leads: Asha Verity, Cai Moss')
  })

  test('sponsor a workstream', async () => {
    const workstream = (await fresh.db.workstream.findFirstOrThrow()).id
    const form = formOf(await here().press(priya, 'change-workstream:form', { workstream }))
    const sent = { ...form.values, 'sponsors-others': ['U9'] }
    const reply = await here().submit(priya, 'change-workstream', sent)
    expect(wordsOf(reply)).toContain('Sponsors: Cai Moss, was none')
  })
})

describe('the form that changes a project', () => {
  test('shows what is saved, and saves what was changed in it, each with an Undo', async () => {
    const form = await open(priya)
    expect(form.values).toMatchObject({
      title: 'Practice standards',
      ref: '2.1',
      leads: asha.id,
      tags: '',
      start: '',
    })
    const reply = await send(priya, {
      ...form.values,
      title: 'Standards for all',
      leads: [asha.id, ben.id],
      tags: 'Ofsted, SEND',
      start: '2017-03-01',
    })
    expect(wordsOf(reply)).toMatch(
      /Title: Standards for all, was Practice standards\nLeads: Asha Verity, Ben Okoro, was Asha Verity\nTags: Ofsted, SEND, was none\nStarts: Wed 1 Mar 2017\n/,
    )
    expect(wordsOf(reply)).toContain('Undo: title')
    expect(await stored()).toMatchObject({
      title: 'Standards for all',
      tags: ['Ofsted', 'SEND'],
      leads: [asha.id, ben.id],
    })
  })

  test('saves nothing where nothing was changed, and writes no history', async () => {
    const { values } = await open(priya)
    expect(wordsOf(await send(priya, values))).toContain('Nothing to change')
    expect(await fresh.db.planRevision.count()).toBe(0)
  })

  test('shows a lead its days alone, and takes no title from one', async () => {
    const { values } = await open(asha)
    expect(Object.keys(values)).toEqual(expect.not.arrayContaining(['title', 'leads', 'ref']))
    await send(asha, { ...values, title: 'Mine', start: '2017-03-01' })
    expect(await stored()).toMatchObject({ title: 'Practice standards' })
    expect(await fresh.db.projectAttribute.count()).toBe(1)
  })

  test('says at each field what to mend, keeps what was filled in and saves none of it', async () => {
    const { values } = await open(priya)
    const reply = await send(priya, { ...values, title: '', ref: '2.2', tags: 'Ofsted' })
    expect(problemsOf(reply)).toEqual({
      title: 'Say what it is called. Nothing was saved.',
      ref: expect.stringContaining('2.2 is the number of “Quality of assessments” already.'),
    })
    expect(formOf(reply).values).toMatchObject({ title: '', ref: '2.2', tags: 'Ofsted' })
    expect(await stored()).toMatchObject({ title: 'Practice standards', tags: [] })
  })

  test('takes nobody who is not in the programme, whatever id is sent', async () => {
    const stranger = await storePerson(fresh.db, 'Cai Moss', 'U9')
    const { values } = await open(priya)
    const reply = await send(priya, { ...values, leads: [stranger.id] })
    expect(problemsOf(reply)).toEqual({ leads: expect.stringContaining('is not in the programme') })
    expect(await stored()).toMatchObject({ leads: [asha.id] })
  })

  test('fits a modal of Slack and a card of Teams, with long titles and with choices in it', async () => {
    const long = 'x'.repeat(300)
    const form = await open(priya)
    await say(ravi, `set 2.1 title to ${long}`)
    await say(ravi, 'set 2.1 number to 2.7')
    const reply = await send(priya, { ...form.values, title: `${long.slice(1)}y`, ref: '2.8' })
    const card = expandCard(reply.card)
    const view = toModal(withProblems(card, problemsOf(reply)), origin)
    expect(viewProblems(view)).toEqual([])
    const isPicker = /choices\.data/
    const problems = cardProblems(JSON.parse(JSON.stringify(card)))
    expect(problems.filter((problem) => !isPicker.test(problem))).toEqual([])
    // No input has the id of the problem: Slack would only show it at the input, with the old form.
    const inputs = view.blocks.map(({ block_id }) => block_id)
    expect(inputs).not.toContain('changed-title')
    expect(JSON.stringify(view.blocks)).toContain('Since you opened this form, Title is now')
  })

  test('is offered to whoever types "change 2.1"', async () => {
    expect(await say(asha, 'change 2.1')).toContain('Change…')
    expect(await say(ben, 'change 2.1')).toContain('2.1 Practice standards is updated by its leads')
  })
})

describe('two officers at once', () => {
  test('keep each other’s changes of different fields, and the second is told', async () => {
    const form = await open(priya)
    await say(ravi, 'set 2.1 leads to Ben Okoro')
    const reply = await send(priya, { ...form.values, title: 'Standards' })
    expect(wordsOf(reply)).toContain('Title: Standards, was Practice standards')
    expect(wordsOf(reply)).toContain(
      'Meanwhile: Leads is now Ben Okoro (Ravi Sale, Fri 24 Feb 2017)',
    )
    expect(await stored()).toMatchObject({ title: 'Standards', leads: [ben.id] })
  })

  test('of one field: the second sees what the first did, and nothing is saved', async () => {
    const form = await open(priya)
    await say(ravi, 'set 2.1 title to Standards for all')
    const reply = await send(priya, { ...form.values, title: 'Standards', tags: 'Ofsted' })
    expect(problemsOf(reply)).toEqual({
      'changed-title':
        'Since you opened this form, Title is now Standards for all (Ravi Sale, Fri 24 Feb 2017). Choose which is to be saved.',
    })
    expect(await stored()).toMatchObject({ title: 'Standards for all', tags: [] })
    const again = formOf(reply)
    expect(again.values).toMatchObject({ title: 'Standards', tags: 'Ofsted', 'choice-title': '' })
    expect(again.choices('choice-title')).toEqual([
      'Keep theirs: Standards for all',
      'Save mine: Standards',
    ])
  })

  test.each([
    ['mine', 'Standards'],
    ['theirs', 'Standards for all'],
  ])('of one field, decided for %s, saves the rest as well', async (decision, title) => {
    const form = await open(priya)
    await say(ravi, 'set 2.1 title to Standards for all')
    const again = formOf(await send(priya, { ...form.values, title: 'Standards', tags: 'Ofsted' }))
    await send(priya, { ...again.values, 'choice-title': decision })
    expect(await stored()).toMatchObject({ title, tags: ['Ofsted'] })
  })

  test('of one field are asked again where nobody decided, and where it changed once more', async () => {
    const form = await open(priya)
    await say(ravi, 'set 2.1 title to Standards for all')
    const again = formOf(await send(priya, { ...form.values, title: 'Standards' }))
    expect(problemsOf(await send(priya, again.values))).toEqual({
      'choice-title': 'Choose which is to be saved.',
    })
    await say(ravi, 'set 2.1 title to Standards of practice')
    const third = await send(priya, { ...again.values, 'choice-title': 'mine' })
    expect(Object.keys(problemsOf(third))).toEqual(['changed-title'])
    expect(await stored()).toMatchObject({ title: 'Standards of practice' })
  })

  test('of two fields decide for all at once, or one by one', async () => {
    const form = await open(priya)
    await say(ravi, 'set 2.1 title to Standards for all')
    await say(ravi, 'set 2.1 number to 2.7')
    const again = formOf(await send(priya, { ...form.values, title: 'Standards', ref: '2.8' }))
    expect(again.choices('choice')).toEqual(['Keep theirs, all 2', 'Save mine, all 2'])
    await send(priya, { ...again.values, choice: 'mine', 'choice-ref': 'theirs' })
    expect(await stored()).toMatchObject({ title: 'Standards', ref: '2.7' })
  })

  test('keep theirs also where the platform shows the old text again', async () => {
    const form = await open(priya)
    await say(ravi, 'set 2.1 title to Standards for all')
    await say(ravi, 'set 2.1 number to 2.7')
    const again = formOf(await send(priya, { ...form.values, ref: '2.8' }))
    // Slack keeps what an input held before.
    await send(priya, { ...again.values, title: 'Practice standards', 'choice-ref': 'mine' })
    expect(await stored()).toMatchObject({ title: 'Standards for all', ref: '2.8' })
  })
})

describe('a form that was left open', () => {
  test('says what became of a project that is not in the plan any more', async () => {
    const form = await open(priya)
    await say(ravi, 'remove project 2.1 because it is there twice')
    expect(wordsOf(await send(priya, { ...form.values, title: 'Standards' }))).toContain(
      '2.1 Practice standards was taken out of the plan on Fri 24 Feb 2017, because it is there twice.',
    )
  })
})
