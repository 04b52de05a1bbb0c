import { beforeEach, describe, expect, test } from '@jest/globals'
import { expandCard } from '../../../src/chat/cards.ts'
import { renderPlainText } from '../../../src/chat/plain-text.ts'
import { loadPlan } from '../../../src/domain/plan/store.ts'
import { updateFormCard } from '../../../src/features/updates/cards.ts'
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
let wynn: StoredPerson
let priya: StoredPerson
let vera: StoredPerson
let stranger: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, tom, wynn, priya, vera, stranger] = await storePeople(
    db,
    'Asha Verity',
    'Tom Quill',
    'Wynn Hale',
    'Priya Marlowe',
    'Vera Lind',
    'Sam Other',
  )
  programmeId = await storeProgramme(db, {
    key: 'BCS',
    office: [priya],
    members: [vera],
    workstreamLeads: [wynn],
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
      { ref: '2.2', title: 'Quality of assessments', leads: [tom] },
    ],
  })
  await storeProgramme(db, {
    key: 'OTH',
    members: [stranger],
    projects: [{ ref: '7.7', title: 'Roads', leads: [stranger] }],
  })
  chat = chatOn(db, '2017-02-24')
})

const updates = () =>
  fresh.db.statusUpdate.findMany({ orderBy: { at: 'asc' }, include: { project: true } })

describe('an update by words', () => {
  test('is stored, and the answer says what was stored', async () => {
    const reply = await chat.ask(asha, '2.1 amber waiting for legal green by 30 Jun')
    expect(renderPlainText(expandCard(reply.card))).toBe(
      [
        'Saved',
        '2.1 Practice standards is ▲ Amber, as at Fri 24 Feb 2017.',
        'Reason: waiting for legal',
        'Back to Green by Fri 30 Jun 2017.',
        '[Undo]',
      ].join('\n'),
    )
    expect(await updates()).toMatchObject([
      {
        state: 'amber',
        reason: 'waiting for legal',
        greenBy: new Date('2017-06-30T00:00:00Z'),
        byId: asha.id,
        source: 'slack',
        onDay: new Date('2017-02-24T00:00:00Z'),
        at: new Date('2017-02-24T12:00:00Z'),
        derived: null,
        project: { ref: '2.1' },
      },
    ])
  })

  test('to Green needs nothing more', async () => {
    expect(wordsOf(await chat.ask(tom, '2.1 green'))).toContain('is ● Green')
  })

  test('is added to the history and changes nothing that was said before', async () => {
    await chat.ask(asha, '2.1 red no provider green by 30 Jun')
    const [first] = await updates()
    await chatOn(fresh.db, '2017-03-03').ask(asha, '2.1 green')
    expect((await updates()).map(({ state }) => state)).toEqual(['red', 'green'])
    expect((await updates())[0]).toEqual(first)
  })

  test('to Red without a reason is asked for one, in the form with what was typed', async () => {
    const reply = await chat.ask(asha, '2.1 red green by 30 Jun')
    expect(reply).toMatchObject({
      kind: 'invalid',
      fields: { reason: 'Say in a few words why it is Red.' },
      card: { name: 'update-form', data: { values: { state: 'red', date: '2017-06-30' } } },
    })
    expect(await updates()).toEqual([])
  })

  test('names a state that is not known, and the nearest', async () => {
    const words = wordsOf(await chat.ask(asha, '2.1 ambr waiting for legal'))
    expect(words).toContain('“ambr”. Did you mean Amber?')
    expect(await updates()).toEqual([])
  })

  test('of a number that is not there offers the nearest one', async () => {
    const words = wordsOf(await chat.ask(asha, '2.11 green'))
    expect(words).toBe(
      'Not saved\nThere is no project “2.11” in your programmes. Did you mean 2.1 Practice standards?',
    )
    expect(wordsOf(await chat.ask(asha, 'BSC/2.1 green'))).toContain('Did you mean BCS/2.1')
    expect(await updates()).toEqual([])
  })

  test('of a number that is not there, only asked for, says nothing of storing', async () => {
    expect(wordsOf(await chat.ask(asha, '2.11'))).toBe(
      'I cannot tell\nThere is no project “2.11” in your programmes. Did you mean 2.1 Practice standards?',
    )
    expect(wordsOf(await chat.ask(asha, 'risk 9'))).toMatch(/^I cannot tell\n/)
    expect(wordsOf(await chat.ask(asha, 'close risk 9'))).toMatch(/^Not saved\n/)
  })

  test.each(['2_1', '2%', '%1', '2.1\\', 'BCS/2.1/x', '2.1/', 'B%/2.1'])(
    'of "%s" is not taken for 2.1',
    async (named) => {
      expect(wordsOf(await chat.ask(asha, `${named} green`))).toContain('There is no project')
      expect(await updates()).toEqual([])
    },
  )

  test('with characters that no database keeps is stored without them', async () => {
    await chat.ask(asha, '2.1 amber wait\u0000ing \uD83D for legal green by 30 Jun')
    expect((await updates())[0]?.reason).toBe('waiting \uFFFD for legal')
    expect(wordsOf(await chat.ask(asha, '2.1 am\u0000br \uD83D'))).toContain('“ambr”')
    const project = await projectIdOf(fresh.db, '2.1')
    const typed = { project, state: 'red', reason: '\u0000' }
    expect((await chat.submit(asha, 'update', typed)).kind).toBe('invalid')
  })

  test('longer than a form can hold is refused', async () => {
    const words = wordsOf(await chat.ask(asha, `2.1 amber ${'x'.repeat(2001)} green by 30 Jun`))
    expect(words).toContain('longer than 2,000 characters')
    expect(await updates()).toEqual([])
  })
})

describe('who may update a project', () => {
  test('each of its leads, the leads of its workstream and the programme office', async () => {
    for (const who of [asha, tom, wynn, priya]) await chat.ask(who, '2.1 green')
    expect((await updates()).map(({ byId }) => byId).sort()).toEqual(
      [asha.id, tom.id, wynn.id, priya.id].sort(),
    )
  })

  test('nobody else: they get a polite no that names the leads, and nothing is stored', async () => {
    const reply = await chat.ask(vera, '2.1 green')
    expect(reply.card.data).toMatchObject({
      lines: [
        'Thank you, but 2.1 Practice standards is updated by its leads and the programme office. Nothing was saved. Please tell Asha Verity or Tom Quill.',
      ],
      buttons: [],
    })
    expect(wordsOf(await chat.ask(asha, '2.2 green'))).toContain('Please tell Tom Quill.')
    expect(await updates()).toEqual([])
  })

  test('a form is refused to the same people, also when it has something to mend', async () => {
    const project = await projectIdOf(fresh.db, '2.1')
    for (const reply of [
      await chat.press(vera, 'update:form', { project }),
      await chat.submit(vera, 'update', { project, state: 'red' }),
      await chat.submit(vera, 'update', { project, state: 'red', reason: 'x'.repeat(2001) }),
    ]) {
      expect(wordsOf(reply)).toContain('Thank you, but')
      expect(reply.kind).toBe('answer')
    }
  })

  test.each(['7.7', '7.7 green', 'OTH/7.7', 'done 7.7 1', 'move 7.7 1 to 30 Jun because of snow'])(
    'somebody of another programme is told of "%s" what they are told of a project that does not exist',
    async (typed) => {
      const theirs = wordsOf(await chat.ask(asha, typed))
      const nobodys = wordsOf(await chat.ask(asha, typed.replace('7.7', '8.8')))
      expect(theirs.replaceAll('7.7', '8.8')).toBe(nobodys)
      expect(theirs).not.toContain('Roads')
    },
  )

  test('nor do the ids of another programme tell more than ids of nothing', async () => {
    const project = await projectIdOf(fresh.db, '7.7')
    const nothing = '00000000-0000-4000-8000-000000000000'
    for (const verb of ['show', 'update', 'update:form']) {
      const theirs = wordsOf(await chat.press(asha, verb, { project, state: 'green' }))
      const nobodys = await chat.press(asha, verb, { project: nothing, state: 'green' })
      expect(theirs.replaceAll(project, nothing)).toBe(wordsOf(nobodys))
    }
    expect(await updates()).toEqual([])
  })

  test('an account that is not known is told what to do', async () => {
    const nobody = { platform: 'slack', tenant: 'T1', user: 'U99' } as const
    for (const typed of ['', '2.1', '2.1 green', 'due']) {
      const words = wordsOf(await chat.ask(nobody, typed))
      expect(words).toContain('I do not know this account yet. Ask your programme office')
      expect(words).toContain('T1/U99')
    }
    expect(wordsOf(await chat.ask(nobody, 'whoami'))).toContain('slack: T1/U99')
    expect((await chat.ask(nobody, 'help')).card.name).toBe('help')
    expect(await updates()).toEqual([])
  })
})

describe('a number that two programmes of one person have', () => {
  beforeEach(async () => {
    await storeProgramme(fresh.db, {
      key: 'W17',
      projects: [{ ref: '2.1', title: 'Early help', leads: [asha] }],
    })
  })

  test('is asked about, and nothing is stored', async () => {
    expect(wordsOf(await chat.ask(asha, '2.1 green'))).toContain(
      'Several of your programmes have a project 2.1. Say which: BCS/2.1 or W17/2.1.',
    )
    expect(await updates()).toEqual([])
  })

  test('is plain with the key of the programme before it, in any case', async () => {
    expect(wordsOf(await chat.ask(asha, 'BCS/2.1 green'))).toContain('2.1 Practice standards is')
    expect(wordsOf(await chat.ask(asha, 'w17/2.1 green'))).toContain('2.1 Early help is')
    expect(wordsOf(await chat.ask(tom, '2.1 green'))).toContain('2.1 Practice standards is')
  })
})

describe('an update by form', () => {
  const filled = (project: string) => ({
    project,
    state: 'amber',
    reason: 'Waiting for legal',
    path: 'A second provider',
    date: '2017-06-30',
    criteria: ['scope', 'requirements', 'resource', 'plan'],
  })

  test('opens with the states, the criteria and the next milestones', async () => {
    const project = await projectIdOf(fresh.db, '2.1')
    const reply = await chat.press(asha, 'update:form', { project })
    expect(reply).toMatchObject({
      kind: 'form',
      card: {
        name: 'update-form',
        data: {
          project,
          title: '2.1 Practice standards',
          now: '○ Not rated, no update yet',
          last: null,
          milestones: [
            'All pages written: due Fri 31 Mar 2017',
            'Reviews begin: 2 days overdue: was due Wed 22 Feb 2017',
          ],
          values: { state: '', reason: '', path: '', date: '', criteria: '' },
        },
      },
    })
  })

  test('opens with what was typed, a date in words included', async () => {
    const typed = { project: '2.1', state: 'A', reason: 'waiting', date: '30 Jun' }
    const reply = await chat.press(asha, 'update:form', typed)
    expect(reply.card.data).toMatchObject({
      values: { state: 'amber', reason: 'waiting', date: '2017-06-30' },
    })
  })

  test('is stored with the ticks, and what they come to beside what was declared', async () => {
    const project = await projectIdOf(fresh.db, '2.1')
    const differing = { ...filled(project), criteria: ['scope'] }
    expect(await chat.submit(asha, 'update', differing)).toMatchObject({
      kind: 'invalid',
      fields: {
        differs:
          'The five criteria come to ◆ Red. Say in a few words why it is Amber all the same.',
      },
    })
    const differs = 'The tender decides'
    const reply = await chat.submit(asha, 'update', { ...differing, differs })
    expect(reply.kind).toBe('answer')
    expect(wordsOf(reply)).toContain('Way back to Green: A second provider')
    expect(wordsOf(reply)).toContain('The five criteria come to ◆ Red. Both are kept')
    expect(await updates()).toMatchObject([
      {
        ...{ state: 'amber', derived: 'red', criteria: ['scope'], divergenceReason: differs },
        path: 'A second provider',
      },
    ])
  })

  test('takes ticks joined by commas, and none as passed over', async () => {
    const project = await projectIdOf(fresh.db, '2.1')
    await chat.submit(asha, 'update', {
      ...filled(project),
      ...{ criteria: 'scope,plan', differs: 'Nearly there' },
    })
    await chat.submit(asha, 'update', { ...filled(project), criteria: [] })
    const rows = await updates()
    expect(rows.map(({ criteria, derived }) => [criteria, derived])).toContainEqual([[], null])
    expect(rows.map(({ criteria, derived }) => [criteria, derived])).toContainEqual([
      ['scope', 'plan'],
      'red',
    ])
  })

  test('with something to mend comes back as it was filled in, with the problems at their fields', async () => {
    const project = await projectIdOf(fresh.db, '2.1')
    const reply = await chat.submit(asha, 'update', {
      ...filled(project),
      reason: '  ',
      date: '2017-02-23',
    })
    const problems = {
      reason: 'Say in a few words why it is Amber.',
      date: 'Thu 23 Feb 2017 has passed. Say a day from today on.',
    }
    expect(reply).toMatchObject({
      kind: 'invalid',
      fields: problems,
      card: {
        name: 'update-form',
        data: {
          values: {
            state: 'amber',
            path: 'A second provider',
            date: '2017-02-23',
            criteria: 'scope,requirements,resource,plan',
          },
          problems,
        },
      },
    })
    expect(await updates()).toEqual([])
  })

  test('begins with the words of the same status, to be edited', async () => {
    await chat.ask(asha, '2.1 amber waiting for legal green by 30 Jun')
    const project = await projectIdOf(fresh.db, '2.1')
    const { data } = (await chat.press(asha, 'update:form', { project })).card
    expect(data).toMatchObject({
      isLong: false,
      last: null,
      values: { state: 'amber', reason: 'waiting for legal', date: '2017-06-30' },
    })
    const { was, values } = data as { was: string; values: object }
    const sent = { project, was, ...values, criteria: [] }
    const redraw = async (state: string) =>
      (await chat.press(asha, 'update:form', { ...sent, state, drawnFor: 'amber' })).card.data
    expect(await redraw('red')).toMatchObject({
      was,
      needs: { hasReason: true, isReasonRequired: true, hasDate: true },
      last: { text: 'waiting for legal' },
      values: { state: 'red', reason: '', date: '2017-06-30' },
    })
    expect(await redraw('green')).toMatchObject({ needs: { hasReason: false, hasDate: false } })
    // Nobody touched the words, and they are of another status.
    expect(await chat.submit(asha, 'update', { ...sent, state: 'red' })).toMatchObject({
      kind: 'invalid',
      fields: { reason: 'Say in a few words why it is Red.' },
    })
    await chat.submit(asha, 'update', { ...sent, state: 'green' })
    await chat.submit(asha, 'update', { ...sent, reason: 'waiting for a judge' })
    const said = (await updates()).map(({ state, reason }) => ({ state, reason }))
    expect(said).toEqual(
      expect.arrayContaining([
        { state: 'green', reason: null },
        { state: 'amber', reason: 'waiting for a judge' },
      ]),
    )
  })

  test('has what few updates need under More, where it stays once something is there', async () => {
    const project = await projectIdOf(fresh.db, '2.1')
    const isLong = async (values: object) => {
      const { card } = await chat.press(asha, 'update:form', { project, ...values })
      return updateFormCard.data.parse(card.data).isLong
    }
    expect(await isLong({})).toBe(false)
    expect(await isLong({ state: 'amber', reason: 'late' })).toBe(false)
    expect(await isLong({ more: 'yes' })).toBe(true)
    expect(await isLong({ path: 'a second tender' })).toBe(true)
  })

  test('shows the latest commentary for reference, with its day, where the status had none since', async () => {
    await chat.ask(asha, '2.1 amber waiting for legal green by 30 Jun')
    const later = chatOn(fresh.db, '2017-03-03')
    await later.ask(asha, '2.1 green')
    const project = await projectIdOf(fresh.db, '2.1')
    const reply = await later.press(asha, 'update:form', { project })
    expect(reply.card.data).toMatchObject({
      now: '● Green, as at Fri 3 Mar 2017',
      last: { on: 'Fri 24 Feb 2017', text: 'waiting for legal' },
      values: { state: 'green', reason: '', path: '', date: '' },
    })
  })

  test('works the RAG out from the ticks before anything is stored', async () => {
    const project = await projectIdOf(fresh.db, '2.1')
    const reply = await chat.press(asha, 'update:form', filled(project))
    expect(reply.card.data).toMatchObject({
      criteriaResult: '4 of 5 ticked. The five criteria come to ▲ Amber.',
      values: { state: 'amber', reason: 'Waiting for legal', date: '2017-06-30' },
    })
    expect(await updates()).toEqual([])
  })
})

describe('questions', () => {
  test('one project has its milestones, its history and who said it; buttons only for who may', async () => {
    await chat.ask(asha, '2.1 red no provider green by 30 Jun')
    await chatOn(fresh.db, '2017-02-27').ask(priya, '2.1 amber provider found green by 30 Jun')
    const later = chatOn(fresh.db, '2017-02-28')
    const { data } = (await later.ask(vera, '2.1')).card
    expect(data).toMatchObject({
      title: '2.1 Practice standards',
      state: '▲ Amber',
      since: 'as at Mon 27 Feb 2017, by Priya Marlowe',
      details: [
        { label: 'Leads', text: 'Asha Verity, Tom Quill' },
        { label: 'Reason', text: 'provider found' },
        { label: 'Back to Green by', text: 'Fri 30 Jun 2017' },
      ],
      milestones: [
        { text: '1. All pages written', when: 'due Fri 31 Mar 2017', buttons: [] },
        { text: '2. Reviews begin', when: '6 days overdue: was due Wed 22 Feb 2017', buttons: [] },
      ],
      history: [
        { text: 'Mon 27 Feb 2017: ▲ Amber, by Priya Marlowe', reason: 'provider found' },
        { text: 'Fri 24 Feb 2017: ◆ Red, by Asha Verity', reason: 'no provider' },
      ],
      buttons: [],
    })
    expect((await later.ask(asha, '2.1')).card.data).toMatchObject({
      buttons: [{ verb: 'update:form' }, { verb: 'no-change' }, { verb: 'change-project:form' }],
    })
  })

  test('"due" lists what is overdue and due in the next 14 days, or as many as are asked for', async () => {
    expect((await chat.ask(asha, 'due')).card.data).toMatchObject({
      heading: 'Due by Fri 10 Mar 2017',
      intro: '1 milestone, 1 of them overdue.',
      rows: [{ about: 'Reviews begin', buttons: [{ title: 'Done' }, { title: 'Move date' }] }],
    })
    expect((await chat.ask(asha, 'due 60')).card.data).toMatchObject({
      intro: '2 milestones, 1 of them overdue.',
      rows: [{ about: 'Reviews begin' }, { about: 'All pages written' }],
    })
  })

  test('"due" shows the programme to who leads nothing in it, without buttons', async () => {
    expect((await chat.ask(vera, 'due')).card.data).toMatchObject({
      rows: [{ about: 'Reviews begin', buttons: [] }],
    })
    expect((await chat.ask(priya, 'due')).card.data).toMatchObject({
      rows: [{ buttons: [{ title: 'Done' }, {}] }],
    })
    expect((await chat.ask(stranger, 'due 365')).card.data).toMatchObject({ rows: [] })
  })

  test.each(['due 366', 'due 99999999999999999999'])('"%s" is too far', async (typed) => {
    expect(wordsOf(await chat.ask(asha, typed))).toContain(
      'Say a whole number of days, at most 365.',
    )
  })

  test('the help says how to update and to move a date', async () => {
    const words = wordsOf(await chat.ask(asha, 'help'))
    expect(words).toContain('/rag 2.1 green\nSay how “Practice standards”')
    expect(words).toMatch(/\/rag move 2\.1 \d to \d+ Mar 2017 because/)
    expect(wordsOf(await chat.ask(asha, 'help update'))).toContain(
      '/rag <project> <state> [<reason>] [path to green <path>] [green by <date>] [for <audience> only]',
    )
  })

  test('words that are not understood are shown again, with what was nearly meant', async () => {
    const unread = wordsOf(await chat.ask(asha, 'move 2.1 pages'))
    expect(unread).toContain(
      'I could not read “move 2.1 pages”, and did nothing.\n/rag move <project> <milestone> to <date> [because <reason>]\nMove a milestone to another date',
    )
    expect(unread).toContain('Help: move')
    expect(wordsOf(await chat.ask(asha, 'hello'))).toContain('What you can ask')
  })
})

test('the plan as at an earlier day does not know of later updates', async () => {
  await chat.ask(asha, '2.1 red no provider green by 30 Jun')
  await chatOn(fresh.db, '2017-03-03').ask(asha, '2.1 green')
  const statesAt = async (asAt: string) => {
    const plan = await loadPlan(fresh.db, programmeId, day(asAt))
    return plan.projects[0]?.updates.map(({ state }) => state)
  }
  expect(await statesAt('2017-02-23')).toEqual([])
  expect(await statesAt('2017-02-24')).toEqual(['red'])
  expect(await statesAt('2017-03-02')).toEqual(['red'])
  expect(await statesAt('2017-03-03')).toEqual(['green', 'red'])
})
