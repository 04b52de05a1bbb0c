import { beforeEach, describe, expect, test } from '@jest/globals'
import { toDbDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { expandCard } from '../../../src/chat/cards.ts'
import { renderPlainText } from '../../../src/chat/plain-text.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { toMessage } from '../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../src/playground/slack/limits.ts'
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
let sol: StoredPerson
let stranger: StoredPerson

const chatOf = (on: string) => chatOn(fresh.db, on)

beforeEach(async () => {
  const { db } = fresh
  ;[asha, tom, wynn, priya, vera, sol, stranger] = await storePeople(
    db,
    'Asha Verity',
    'Tom Quill',
    'Wynn Hale',
    'Priya Marlowe',
    'Vera Lind',
    'Sol Ames',
    'Sam Other',
  )
  programmeId = await storeProgramme(db, {
    key: 'BCS',
    office: [priya],
    members: [vera],
    workstreamLeads: [wynn],
    projects: [
      { ref: '2.1', title: 'Practice standards', leads: [asha] },
      {
        ref: '2.2',
        title: 'Quality of assessments',
        leads: [tom],
        milestones: [['Training begins', '2017-02-22']],
      },
    ],
  })
  await db.membership.create({ data: { programmeId, personId: sol.id, role: 'sponsor' } })
  await storeProgramme(db, {
    key: 'OTH',
    office: [stranger],
    projects: [{ ref: '7.7', title: 'Roads', leads: [stranger] }],
  })
  chat = chatOf('2017-02-24')
})

const entries = () =>
  fresh.db.registerEntry.findMany({
    orderBy: [{ kind: 'asc' }, { number: 'asc' }],
    include: { closing: true },
  })
const text = (reply: Reply) => renderPlainText(expandCard(reply.card))

describe('what is added by a typed line', () => {
  test('a risk is saved with its rating and mitigation, and the answer shows them', async () => {
    const reply = await chat.ask(
      asha,
      'risk red 2.1 the supplier may fail mitigated by a second supplier',
    )
    expect(text(reply)).toBe(
      [
        'Saved',
        'Risk 1: 2.1 Practice standards',
        'the supplier may fail',
        '◆ Red',
        'Mitigated by: a second supplier',
      ].join('\n'),
    )
    expect(await entries()).toMatchObject([
      {
        kind: 'risk',
        number: 1,
        programmeId,
        projectId: await projectIdOf(fresh.db, '2.1'),
        text: 'the supplier may fail',
        state: 'red',
        mitigation: 'a second supplier',
        byId: asha.id,
        source: 'slack',
        onDay: toDbDate(day('2017-02-24')),
        at: new Date('2017-02-24T12:00:00Z'),
      },
    ])
  })

  test('a risk without a rating is not rated, never Green', async () => {
    expect(wordsOf(await chat.ask(asha, 'risk 2.1 A supplier may leave'))).toContain('○ Not rated')
    expect(await entries()).toMatchObject([{ state: 'blank', text: 'A supplier may leave' }])
  })

  test('a risk is rated by the scheme that its programme chose', async () => {
    const data = { settings: { scheme: 'delivery' } }
    await fresh.db.programme.update({ where: { id: programmeId }, data })
    const words = wordsOf(await chat.ask(asha, 'risk minor issues 2.1 no provider'))
    expect(words).toContain('▲ Possibility of missing deadlines/Minor issues')
    expect(await entries()).toMatchObject([{ state: 'minor-issues' }])
    const form = await chat.press(asha, 'risk:form', { rating: 'on track' })
    expect(form.card.data).toMatchObject({ values: { rating: 'on-track' } })
    expect(wordsOf(await chat.ask(asha, 'risk blu 2.1 no provider'))).toContain(
      'I do not know the state “blu”. Did you mean Completed?',
    )
  })

  test('a decision is saved with who is to decide and the full day', async () => {
    const words = wordsOf(
      await chat.ask(asha, 'decision for 2.1 which site needed from the Cabinet Member by 31 Mar'),
    )
    expect(words).toContain('Needed from: the Cabinet Member')
    expect(words).toContain('Needed by Fri 31 Mar 2017')
    await chat.ask(wynn, 'decision whether the board meets monthly needed by end of March')
    expect(await entries()).toMatchObject([
      { askedOf: 'the Cabinet Member', neededBy: toDbDate(day('2017-03-31')) },
      { number: 2, projectId: null, askedOf: null, neededBy: toDbDate(day('2017-03-31')) },
    ])
  })

  test('a dependency is saved on a project of the plan or on a body', async () => {
    await chat.ask(asha, 'dependency 2.1 on 2.2 because the forms come from there')
    await chat.ask(asha, 'dependency 2.1 on the regional partnership')
    expect(await entries()).toMatchObject([
      { number: 1, dependsOn: '2.2', text: 'the forms come from there' },
      { number: 2, dependsOn: 'the regional partnership', text: '' },
    ])
  })

  test('a headline is saved for the programme', async () => {
    expect(wordsOf(await chat.ask(wynn, 'headline 40 families now wait five days'))).toContain(
      'Headline 1: Programme BCS',
    )
    expect(await entries()).toMatchObject([{ kind: 'headline', projectId: null }])
  })

  test('each kind has its own numbers, and a closed entry keeps its number', async () => {
    await chat.ask(priya, 'risk 2.1 one')
    await chat.ask(priya, 'headline one')
    await chat.ask(priya, 'close risk 1')
    await chat.ask(priya, 'risk 2.1 two')
    expect((await entries()).map(({ kind, number }) => `${kind} ${number}`)).toEqual([
      'risk 1',
      'risk 2',
      'headline 1',
    ])
  })

  test('entries added at the same moment get different numbers', async () => {
    const asked = Array.from({ length: 8 }, (_, at) => chat.ask(asha, `risk 2.1 risk ${at}`))
    await Promise.all(asked)
    expect((await entries()).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  test.each([
    ['a project that is not there', 'risk 9.9 no provider', 'There is no project “9.9”'],
    [
      'a rating that is none',
      'risk ambr 2.1 no provider',
      'I do not know the state “ambr”. Did you mean Amber?',
    ],
    [
      'a day that is none',
      'decision for 2.1 which site needed by Ofsted',
      'I could not read “Ofsted” as a date',
    ],
    [
      'a day that has passed',
      'decision for 2.1 which site needed by 1 Feb 2017',
      'Wed 1 Feb 2017 has passed',
    ],
    [
      'a dependency on no project',
      'dependency 2.1 on 2.3',
      'There is no project “2.3” in the programme.',
    ],
    ['a project that waits for itself', 'dependency 2.1 on 2.1', '2.1 cannot wait for itself'],
    ['too long a text', `risk 2.1 ${'x'.repeat(2001)}`, 'longer than 2,000 characters'],
  ])('%s is refused, with a form that holds what was typed', async (_, typed, problem) => {
    const reply = await chat.ask(priya, typed)
    expect(wordsOf(reply)).toContain(problem)
    expect([reply.kind, reply.card.name]).toEqual(['invalid', 'register-form'])
    expect(await entries()).toEqual([])
  })
})

describe('what is added by form', () => {
  test('opens for the kind, with what was typed', async () => {
    const reply = await chat.press(asha, 'decision:form', {
      project: '2.1',
      text: 'which site',
      date: 'end of March',
    })
    expect(reply).toMatchObject({
      kind: 'form',
      card: {
        name: 'register-form',
        data: {
          kind: 'decision',
          heading: 'Ask for a decision',
          values: { project: '2.1', text: 'which site', date: '2017-03-31' },
          problems: [],
        },
      },
    })
  })

  test('is saved, with long texts uncut', async () => {
    const long = 'The supplier may fail. '.repeat(80).trim()
    await chat.submit(asha, 'risk', {
      project: '2.1',
      text: long,
      rating: 'amber',
      mitigation: long,
    })
    await chat.submit(priya, 'risk', { project: '', text: 'Money', rating: '', mitigation: '' })
    expect(await entries()).toMatchObject([
      { text: long, mitigation: long, state: 'amber' },
      { text: 'Money', mitigation: null, state: 'blank', projectId: null },
    ])
  })

  test('with problems comes back as filled in', async () => {
    for (const [args, field] of [
      [{ project: '9.9', text: 'Money' }, 'project'],
      [{ project: '2.1', text: ' ' }, 'text'],
    ] as const) {
      expect(await chat.submit(asha, 'risk', { ...args, mitigation: 'A plan' })).toMatchObject({
        kind: 'invalid',
        fields: { [field]: expect.any(String) },
        card: { data: { values: { project: args.project, mitigation: 'A plan' } } },
      })
    }
    const noProject = await chat.submit(priya, 'dependency', { project: '', body: '2.2' })
    expect(noProject).toMatchObject({ kind: 'invalid', fields: { project: expect.any(String) } })
    expect(await entries()).toEqual([])
  })
})

describe('who may add', () => {
  test('leads to their projects; leads of workstreams and the programme office to all', async () => {
    for (const who of [asha, wynn, priya]) await chat.ask(who, 'risk 2.1 money')
    expect(await entries()).toHaveLength(3)
    expect(wordsOf(await chat.ask(tom, 'risk 2.1 money'))).toContain(
      'Thank you, but 2.1 Practice standards is updated by its leads',
    )
    expect(await entries()).toHaveLength(3)
  })

  test('to the whole programme: leads of workstreams and the programme office', async () => {
    for (const who of [wynn, priya]) {
      await chat.ask(who, 'headline news')
      await chat.ask(who, 'decision whether to go on')
    }
    expect(await entries()).toHaveLength(4)
    for (const who of [asha, vera, sol]) {
      for (const typed of ['headline news', 'decision whether to go on']) {
        const words = wordsOf(await chat.ask(who, typed))
        expect(words).toContain('Thank you, but what concerns a whole programme')
        expect(words).toContain('Nothing was saved.')
      }
    }
    await chat.submit(asha, 'headline', {
      text: 'news',
      project: await projectIdOf(fresh.db, '2.1'),
    })
    expect(await entries()).toHaveLength(4)
  })

  test('people who may add nothing get no form', async () => {
    expect(wordsOf(await chat.press(vera, 'risk:form', {}))).toContain('Thank you, but a risk')
    expect(wordsOf(await chat.press(asha, 'headline:form', {}))).toContain('Thank you, but')
    expect((await chat.press(asha, 'risk:form', {})).kind).toBe('form')
  })

  test('somebody of another programme gets the same answer as for what does not exist', async () => {
    await chat.ask(priya, 'risk 2.1 secret')
    const id = (await entries())[0]?.id ?? ''
    for (const [theirs, nothing] of [
      ['risk 2.1 x', 'risk 8.8 x'],
      ['risk BCS/2.1 x', 'risk BCS/8.8 x'],
      ['close risk 1', 'close risk 8'],
      ['risk 1', 'risk 8'],
      ['risk BCS/1', 'risk BCS/8'],
      ['dependency 7.7 on 2.1', 'dependency 7.7 on 8.8'],
    ] as const) {
      const told = wordsOf(await chat.ask(stranger, theirs))
      const number = /\b8(\.8)?\b/g
      expect(told.replace(/\b(2\.1|1)\b/g, 'N')).toBe(
        wordsOf(await chat.ask(stranger, nothing)).replace(number, 'N'),
      )
      expect(told).not.toContain('secret')
    }
    for (const verb of ['close', 'close:form', 'entry']) {
      const args = { entry: id, number: id }
      expect(wordsOf(await chat.press(stranger, verb, args))).toContain('There is no such entry')
    }
    for (const typed of ['register', 'risks', 'register for OTH']) {
      expect(wordsOf(await chat.ask(stranger, typed))).not.toContain('secret')
    }
    expect(wordsOf(await chat.ask(stranger, 'register for BCS'))).toContain(
      'You have no programme “BCS”. Yours: OTH.',
    )
    expect((await entries())[0]?.closing).toBeNull()
  })

  test('an unknown account is told what to do', async () => {
    const nobody = { platform: 'slack', tenant: 'T1', user: 'U99' } as const
    for (const typed of ['register', 'risk 2.1 x', 'headline x', 'close risk 1', 'risk 1']) {
      expect(wordsOf(await chat.ask(nobody, typed))).toContain('I do not know this account yet')
    }
    expect(await entries()).toEqual([])
  })
})

describe('closing', () => {
  beforeEach(async () => {
    await chat.ask(asha, 'risk 2.1 the supplier may fail')
    await chat.ask(asha, 'decision for 2.1 which site')
    await chat.ask(priya, 'headline news')
  })
  const closed = async () =>
    (await entries()).flatMap(({ kind, closing }) => (closing ? [{ kind, ...closing }] : []))

  test('is a row of its own with the outcome, who and when; the entry is not changed', async () => {
    const before = (await entries()).map(({ closing: _, ...entry }) => entry)
    const later = chatOf('2017-03-03')
    expect(text(await later.ask(asha, 'close risk 1 because the supplier signed'))).toBe(
      [
        'Saved',
        'Risk 1 is closed, as at Fri 3 Mar 2017.',
        'the supplier may fail',
        'Because: the supplier signed',
        '[Undo]',
      ].join('\n'),
    )
    expect(await closed()).toMatchObject([
      {
        kind: 'risk',
        outcome: 'the supplier signed',
        byId: asha.id,
        source: 'slack',
        onDay: toDbDate(day('2017-03-03')),
        at: new Date('2017-03-03T12:00:00Z'),
      },
    ])
    expect((await entries()).map(({ closing: _, ...entry }) => entry)).toEqual(before)
  })

  test('a decision needs its outcome, and the form asks for it', async () => {
    const reply = await chat.ask(asha, 'close decision 1')
    expect(wordsOf(reply)).toContain('Say what was decided, and who decided it.')
    expect(reply).toMatchObject({
      kind: 'invalid',
      card: { data: { heading: 'Close decision 1' } },
    })
    expect(await closed()).toEqual([])
    const form = await chat.press(asha, 'close:form', { kind: 'Decision', number: '1' })
    expect(form.card.data).toMatchObject({
      heading: 'Close decision 1',
      text: 'which site',
      label: 'What was decided, and by whom?',
    })
    const entry = (await entries()).find(({ kind }) => kind === 'decision')?.id
    expect(await chat.submit(asha, 'close', { entry, outcome: ' ' })).toMatchObject({
      kind: 'invalid',
      fields: { outcome: 'Say what was decided, and who decided it.' },
    })
    await chat.submit(asha, 'close', { entry, outcome: 'North Street, by the Cabinet' })
    expect(await closed()).toMatchObject([{ outcome: 'North Street, by the Cabinet' }])
  })

  test('is open to those who may add; of a decision also to sponsors', async () => {
    for (const who of [tom, vera]) {
      expect(wordsOf(await chat.ask(who, 'close decision 1 because B'))).toContain(
        'Thank you, but decision 1 is closed by the leads of 2.1, sponsors and the programme office.',
      )
    }
    expect(wordsOf(await chat.ask(sol, 'close risk 1'))).toContain('Thank you, but risk 1')
    expect(wordsOf(await chat.ask(asha, 'close headline 1'))).toContain('Thank you, but headline 1')
    expect(await closed()).toEqual([])
    await chat.ask(sol, 'close decision 1 because North Street')
    await chat.ask(wynn, 'close risk 1')
    await chat.ask(wynn, 'close headline 1')
    expect(await closed()).toHaveLength(3)
  })

  test('happens once, even if two people close it at the same moment', async () => {
    const both = await Promise.all([
      chat.ask(asha, 'close risk 1 because one'),
      chat.ask(wynn, 'close risk 1 because two'),
    ])
    const told = [...both, await chat.ask(priya, 'close risk 1')].map(wordsOf)
    expect(told.filter((words) => words.includes('Risk 1 is closed, as at'))).toHaveLength(1)
    expect(told.filter((words) => words.includes('Risk 1 is closed already.'))).toHaveLength(2)
    expect(await closed()).toHaveLength(1)
  })

  test('by a number that two programmes have asks which', async () => {
    await fresh.db.membership.create({
      data: { programmeId, personId: stranger.id, role: 'programme_office' },
    })
    await chat.ask(stranger, 'risk 7.7 a flood')
    expect(wordsOf(await chat.ask(stranger, 'close risk 1'))).toMatch(
      /Several of your programmes have a risk 1\. Say which: (BCS\/1 or OTH\/1|OTH\/1 or BCS\/1)\./,
    )
    await chat.ask(stranger, 'close risk oth/1')
    expect(await closed()).toHaveLength(1)
    expect(wordsOf(await chat.ask(stranger, 'headline in both'))).toContain('Choose the one')
    const other = (await fresh.db.programme.findFirstOrThrow({ where: { key: 'OTH' } })).id
    await chat.submit(stranger, 'headline', { programme: other, text: 'in one' })
    expect((await entries()).map((entry) => entry.text)).toContain('in one')
  })
})

describe('questions', () => {
  beforeEach(async () => {
    await chatOf('2017-02-10').ask(asha, 'decision for 2.1 which site needed by 20 Feb 2017')
    await chatOf('2017-02-15').ask(asha, 'dependency 2.1 on 2.2')
    await chatOf('2017-02-15').ask(asha, 'risk amber 2.1 the supplier may fail')
    await chatOf('2017-02-20').ask(asha, 'risk red 2.1 the money may go')
  })

  test('the register of a programme, for anybody in it', async () => {
    await chat.ask(priya, 'headline news')
    expect(text(await chat.ask(vera, 'register'))).toBe(
      [
        'The register as at Fri 24 Feb 2017',
        'Programme BCS',
        '1 decision, 2 risks, 1 dependency and 1 headline open. 1 decision overdue. 1 dependency held up.',
        '',
        'Decisions needed',
        'Decision 1: 2.1 Practice standards',
        'which site',
        '4 days overdue: was needed by Mon 20 Feb 2017',
        '',
        'Risks',
        'Risk 2: 2.1 Practice standards',
        'the money may go',
        '◆ Red',
        'No mitigation given',
        'Risk 1: 2.1 Practice standards',
        'the supplier may fail',
        '▲ Amber',
        'No mitigation given',
        '',
        'Dependencies',
        'Dependency 1: 2.1 Practice standards',
        'Waits for: 2.2',
        '2.2 Quality of assessments is ○ Not rated and has 1 overdue milestone',
        '',
        'Headlines',
        'Headline 1',
        'news',
        'Fri 24 Feb 2017',
      ].join('\n'),
    )
  })

  test('as at an earlier day, what was open then', async () => {
    await chat.ask(asha, 'close risk 1')
    const words = wordsOf(await chat.ask(vera, 'register for BCS as at 15 Feb 2017'))
    expect(words).toContain('The register as at Wed 15 Feb 2017')
    expect(words).toContain('1 decision, 1 risk and 1 dependency open.')
    expect(words).toContain('the supplier may fail')
    expect(words).toContain('Needed by Mon 20 Feb 2017')
    expect(words).not.toContain('the money may go')
    expect(wordsOf(await chat.ask(vera, 'risks as at 9 Feb 2017'))).toContain('Nothing is open.')
    expect(wordsOf(await chat.ask(vera, 'risks as at 25 Feb 2017'))).toContain('has not come yet')
    expect(wordsOf(await chat.ask(vera, 'risks as at noon'))).toContain('I could not read “noon”')
  })

  test('one kind alone, with buttons for those who may add and close', async () => {
    const { data } = (await chat.ask(asha, 'risks')).card
    expect(data).toMatchObject({
      heading: 'Risks as at Fri 24 Feb 2017',
      sections: [
        {
          rows: [
            { title: 'Risk 2: 2.1 Practice standards', buttons: [{ verb: 'close:form' }] },
            { title: 'Risk 1: 2.1 Practice standards', buttons: [{ verb: 'close:form' }] },
          ],
        },
      ],
      buttons: [{ title: 'Add a risk', verb: 'risk:form', data: { programme: programmeId } }],
    })
    for (const reply of [
      await chat.ask(vera, 'risks'),
      await chat.ask(asha, 'risks as at 23 Feb'),
    ]) {
      expect(JSON.stringify(reply.card.data)).not.toContain('verb')
    }
    const asked = (await chat.ask(sol, 'decisions')).card.data
    expect(asked).toMatchObject({
      sections: [{ rows: [{ buttons: [{ title: 'Close' }] }] }],
      buttons: [],
    })
    expect(wordsOf(await chat.ask(vera, 'dependencies'))).toContain('1 overdue milestone')
    expect(wordsOf(await chat.ask(vera, 'headlines'))).toContain('Nothing is open.')
  })

  test('one entry in full, open and closed', async () => {
    expect(text(await chat.ask(vera, 'risk 2'))).toBe(
      [
        'Risk 2',
        '2.1 Practice standards',
        'the money may go',
        '◆ Red',
        'No mitigation given',
        'Added on Mon 20 Feb 2017, by Asha Verity',
      ].join('\n'),
    )
    await chat.ask(sol, 'close decision 1 because North Street, by the Cabinet')
    const words = wordsOf(await chat.ask(vera, 'Decision #1'))
    expect(words).toContain('Closed on Fri 24 Feb 2017, by Sol Ames')
    expect(words).toContain('North Street, by the Cabinet')
    expect(wordsOf(await chat.ask(vera, 'risk 9'))).toContain(
      'There is no risk “9” in your programmes.',
    )
  })

  test('with many long entries stay within Slack’s limits, and count what is not listed', async () => {
    const projectId = await projectIdOf(fresh.db, '2.1')
    const kinds = ['risk', 'decision', 'dependency', 'headline'] as const
    const rows = kinds.flatMap((kind) =>
      Array.from({ length: 30 }, (_, at) => ({
        id: newId(),
        programmeId,
        kind,
        number: at + 101,
        text: 'long words '.repeat(180),
        mitigation: 'long words '.repeat(180),
        askedOf: 'x'.repeat(300),
        dependsOn: 'x'.repeat(300),
        projectId: kind === 'headline' ? null : projectId,
        source: 'test',
        onDay: toDbDate(day('2017-02-20')),
        at: new Date('2017-02-20T12:00:00Z'),
      })),
    )
    await fresh.db.registerEntry.createMany({ data: rows })
    for (const typed of ['register', 'risks', 'decisions', 'dependencies', 'headlines']) {
      const reply = await chat.ask(priya, typed)
      const { blocks } = toMessage(expandCard(reply.card))
      expect(blockProblems(blocks, 'message')).toEqual([])
      expect(wordsOf(reply)).toMatch(/\d+ more are not listed\./)
      expect(wordsOf(reply)).toMatch(/\/rag \w+ 1\d\d for the whole/)
    }
    const form = await chat.press(priya, 'close:form', { kind: 'risk', number: '101' })
    expect(form.kind).toBe('form')
  })
})
