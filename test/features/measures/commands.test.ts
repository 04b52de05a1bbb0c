import { beforeEach, describe, expect, test } from '@jest/globals'
import { expandCard } from '../../../src/chat/cards.ts'
import { parseCommand } from '../../../src/chat/commands.ts'
import { renderPlainText } from '../../../src/chat/plain-text.ts'
import { addReadings, createMeasure, type NewMeasure } from '../../../src/domain/measures/store.ts'
import { measureCommands } from '../../../src/features/measures/commands.ts'
import {
  type Chat,
  chatOn,
  day,
  emptyDatabase,
  projectIdOf,
  type StoredPerson,
  storePeople,
  storePerson,
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
const ids = new Map<string, string>()

const chatOnDay = (text: string) => chatOn(fresh.db, text)

async function add(measure: Omit<NewMeasure, 'addedOn'>): Promise<void> {
  const { id } = await createMeasure(fresh.db, programmeId, {
    addedOn: day('2018-04-01'),
    ...measure,
  })
  ids.set(measure.title, id)
}
const idOf = (title: string) => ids.get(title) ?? ''

beforeEach(async () => {
  const { db } = fresh
  ;[asha, tom, wynn, priya, vera] = await storePeople(
    db,
    'Asha Verity',
    'Tom Quill',
    'Wynn Hale',
    'Priya Marlowe',
    'Vera Lind',
  )
  programmeId = await storeProgramme(db, {
    key: 'CUM',
    office: [priya],
    members: [vera],
    workstreamLeads: [wynn],
    projects: [
      { ref: '9.1', title: 'Ways into work', leads: [asha] },
      { ref: '9.2', title: 'Mentors', leads: [tom] },
    ],
  })
  const projects = [await projectIdOf(db, '9.1')]
  await add({
    title: 'Care leavers in work or learning',
    polarity: 'increase',
    baseline: '58.4%',
    target: '65%',
    targetOn: day('2019-03-31'),
    frequency: 'Quarterly',
    projects,
  })
  await add({
    title: 'Care leavers aged 19 to 21 in universities',
    polarity: 'increase',
    target: '12%',
    projects,
  })
  await add({
    title: 'Rate of protection plans',
    polarity: 'decrease',
    baseline: '66 (611)',
    target: '56 (519)',
  })
  await add({ title: 'Young people feel listened to', kind: 'feedback', frequency: 'Six monthly' })
  chat = chatOnDay('2018-10-19')
})

const stored = () => fresh.db.reading.findMany({ orderBy: { at: 'asc' } })
const linesOf = async (who: StoredPerson, typed: string) => {
  const { data } = (await chat.ask(who, typed)).card
  return (data as { heading: string; lines: string[] }).lines
}

describe('what people type about measures', () => {
  const meant = (typed: string) => {
    const parsed = parseCommand(measureCommands, typed)
    return [parsed?.command.name, parsed?.raw]
  }

  test.each([
    ['kpi', 'measures', {}],
    ['kpi for CUM', 'measures', { programme: 'CUM' }],
    ['kpi 3', 'measure', { measure: '3' }],
    ['KPI CUM/3', 'measure', { measure: 'CUM/3' }],
    ['kpi 3 for CUM', 'measure', { measure: '3', programme: 'CUM' }],
    ['kpi care leavers', 'measure', { title: 'care leavers' }],
    ['kpi 3 58.6%', 'kpi', { measure: '3', value: '58.6%' }],
    ['kpi #3 58.6%', 'kpi', { measure: '#3', value: '58.6%' }],
    ['kpi 3 NYA', 'kpi', { measure: '3', value: 'NYA' }],
    ['kpi 3 41% (tbc by PC)', 'kpi', { measure: '3', value: '41% (tbc by PC)' }],
    ['kpi 3 58.6% for Q3 2017/18', 'kpi', { measure: '3', value: '58.6%', period: 'Q3 2017/18' }],
    [
      'kpi 3 58.6% for March for CUM',
      'kpi',
      { measure: '3', value: '58.6%', period: 'March', programme: 'CUM' },
    ],
    ['kpi care leavers in work 58.6%', 'kpi', { title: 'care leavers in work', figure: '58.6%' }],
    ['kpi waiting for a visit 12 days', 'kpi', { title: 'waiting for a visit', figure: '12 days' }],
    [
      'kpi aged 19, 20 and 21 in university 6.90% for Q2 2018/19',
      'kpi',
      { title: 'aged 19, 20 and 21 in university', figure: '6.90%', period: 'Q2 2018/19' },
    ],
    ['kpi spending £2.3m', 'kpi', { title: 'spending', figure: '£2.3m' }],
  ])('%j', (typed, name, raw) => {
    expect(meant(typed)).toEqual([name, raw])
  })
})

describe('a typed reading', () => {
  test('is saved, and the answer shows its RAG and when the next one is due', async () => {
    const reply = await chat.ask(asha, 'kpi 1 58.6% for Q2 2018/19')
    expect(renderPlainText(expandCard(reply.card)).split('\n')).toEqual([
      'Saved',
      '1 Care leavers in work or learning: 58.6% for Q2 2018/19 (to Sun 30 Sep 2018).',
      '▲ Amber: 9.85% short of the target of “65%”.',
      'Direction: ↑ better than the baseline (58.4%).',
      'Next reading due Mon 31 Dec 2018.',
      '[Undo]',
    ])
    expect(await stored()).toMatchObject([
      { raw: '58.6%', value: 58.6, period: 'Q2 2018/19', byId: asha.id, source: 'slack' },
    ])
  })

  test('is for today where no period is given', async () => {
    expect((await linesOf(asha, 'kpi 1 66%')).slice(0, 2)).toEqual([
      '1 Care leavers in work or learning: 66% for Fri 19 Oct 2018.',
      '● Green: the target of “65%” is reached.',
    ])
  })

  test('is compared with the stage of the target that is in force on its day', async () => {
    const typed = 'set measure 1 target to 55% by Jun 2018; 60% by Sep 2018; 65% by Mar 2019'
    expect((await linesOf(priya, typed)).join(' ')).toContain(
      'It is read as 55% by Sat 30 Jun 2018, 60% by Sun 30 Sep 2018 and 65% by Sun 31 Mar 2019.',
    )
    expect((await linesOf(asha, 'kpi 1 58% for Q2 2018/19'))[1]).toBe(
      '● Green: 3.33% short of the target of “60%” by Sun 30 Sep 2018.',
    )
    expect((await linesOf(asha, 'kpi 1 58% for 19 Oct 2018'))[1]).toBe(
      '◆ Red: 10.77% short of the target of “65%” by Sun 31 Mar 2019.',
    )
    expect(wordsOf(await chat.ask(asha, 'kpi 1'))).toContain(
      '55% by Sat 30 Jun 2018, 60% by Sun 30 Sep 2018 and 65% by Sun 31 Mar 2019',
    )
    expect(
      (await linesOf(priya, 'set measure 1 target to June 60%, March 65%')).join(' '),
    ).toContain('Its days have no year')
  })

  test('that cannot be computed is kept as written, with the reason', async () => {
    expect(await linesOf(priya, 'kpi 1 41% (tbc by PC)')).toEqual([
      '1 Care leavers in work or learning: 41% (tbc by PC) for Fri 19 Oct 2018.',
      '○ RAG not computable: the reading, “41% (tbc by PC)”, is not certain yet.',
      'Direction: not computable: the reading, “41% (tbc by PC)”, is not certain yet.',
      'It is kept as you wrote it.',
      'Next reading due Thu 31 Jan 2019.',
    ])
    expect(await linesOf(priya, 'kpi 3 62.4')).toContain(
      '○ RAG not computable: the target, “56 (519)”, holds more than one number.',
    )
    expect(await stored()).toMatchObject([{ value: null }, { raw: '62.4', value: 62.4 }])
  })

  test('over 100% is flagged with the remedy', async () => {
    expect(await linesOf(asha, 'kpi 1 586%')).toContain(
      'The reading “586%” is over 100%. If that is a slip, say it again as it should be.',
    )
  })

  test('for the same period corrects the one before, and both are kept', async () => {
    await chat.ask(asha, 'kpi 1 586% for Q2 2018/19')
    const lines = await linesOf(asha, 'kpi 1 58.6% for September 2018')
    expect(lines).toContain('It corrects “586%”; both are kept.')
    expect(lines).toContain('Direction: ↑ better than the baseline (58.4%).')
    expect(await stored()).toHaveLength(2)
    const { card } = await chat.ask(asha, 'kpi 1 58.6% for Sept')
    expect(card.data).toMatchObject({ heading: 'Nothing to change' })
    expect(await stored()).toHaveLength(2)
  })

  test('names the measure by words of its title', async () => {
    expect((await linesOf(asha, 'kpi learning care 58.6%'))[0]).toContain('1 Care leavers in work')
    expect((await linesOf(asha, 'kpi aged 19 to 21 in universities 6.90% for Sept'))[0]).toContain(
      '2 Care leavers aged 19 to 21 in universities: 6.90% for Sept (to Sun 30 Sep 2018)',
    )
  })

  test.each([
    ['kpi care leavers aged 19', '“19” stands in the title of 2 Care leavers aged 19 to 21'],
    ['kpi care leavers 58.6%', '“care leavers” fits several measures: 1 Care leavers in work'],
    ['kpi 12 58.6%', 'There is no measure “12” in your programmes.'],
    ['kpi rate of protecton plans 5', 'Did you mean 3 Rate of protection plans?'],
    ['kpi 1 58.6% for Q9', 'I could not read “Q9” as a period. Try Q3 2017/18'],
    ['kpi 1 58.6% for 31 February 2018', 'I could not read “31 February 2018” as a period.'],
    ['kpi 1 58.6% for Dec 2018', 'begins on Sat 1 Dec 2018: it has not begun yet.'],
    ['kpi W17/1 58.6%', 'You have no programme “W17”.'],
  ])('"%s" is not saved: %s', async (typed, words) => {
    expect(wordsOf(await chat.ask(asha, typed))).toContain(words)
    expect(await stored()).toEqual([])
  })
})

describe('who may record a reading', () => {
  test('leads of a linked project, of its workstream, and the programme office', async () => {
    for (const who of [asha, wynn, priya]) {
      expect((await chat.ask(who, `kpi 1 ${who.name.length}%`)).card.data).toMatchObject({
        heading: 'Saved',
      })
    }
    expect((await stored()).map(({ byId }) => byId).sort()).toEqual(
      [asha.id, wynn.id, priya.id].sort(),
    )
  })

  test('nobody else: the refusal names whom to tell', async () => {
    const no = 'is recorded by the leads of its projects and the programme office.'
    for (const who of [tom, vera]) {
      const words = wordsOf(await chat.ask(who, 'kpi 1 58.6%'))
      expect(words).toContain(`Thank you, but 1 Care leavers in work or learning ${no}`)
      expect(words).toContain('Please tell Asha Verity.')
    }
    expect(wordsOf(await chat.ask(asha, 'kpi 3 62.4'))).toContain('tell your programme office.')
    const measure = idOf('Care leavers in work or learning')
    expect(wordsOf(await chat.press(vera, 'kpi:form', { measure }))).toContain('Thank you, but')
    expect(wordsOf(await chat.submit(vera, 'kpi', { measure, value: '' }))).toContain('Thank you')
    expect(await stored()).toEqual([])
  })

  test('somebody of another programme is told that there is no such measure', async () => {
    const other = await storePerson(fresh.db, 'Sam Other', 'U6')
    const project = { ref: '7.7', title: 'Roads', leads: [other] }
    const theirs = await storeProgramme(fresh.db, { key: 'OTH', projects: [project] })
    await createMeasure(fresh.db, theirs, { title: 'Potholes', addedOn: day('2018-04-01') })
    const measure = idOf('Rate of protection plans')
    const words = wordsOf(await chat.press(other, 'measure', { measure }))
    expect(words).toContain('There is no measure')
    expect(words).not.toContain('protection')
  })
})

describe('a number that two programmes of one person have', () => {
  beforeEach(async () => {
    const project = { ref: '2.1', title: 'Assessments', leads: [asha] }
    const w17 = await storeProgramme(fresh.db, { key: 'W17', projects: [project] })
    await createMeasure(fresh.db, w17, {
      title: 'Seen in time',
      addedOn: day('2018-04-01'),
      projects: [await projectIdOf(fresh.db, '2.1')],
    })
  })

  test('is refused without the programme, and accepted with it before or after', async () => {
    expect(wordsOf(await chat.ask(asha, 'kpi 1 58%'))).toContain(
      '“1” fits several measures: CUM/1 Care leavers in work or learning; W17/1 Seen in time. Say which by its number.',
    )
    for (const typed of ['kpi W17/1 51%', 'kpi 1 52% for W17', 'kpi 1 53% for Sept for w17']) {
      expect((await linesOf(asha, typed))[0]).toContain('1 Seen in time')
    }
    expect(wordsOf(await chat.ask(asha, 'kpi 1 for CUM'))).toContain('1 Care leavers in work')
    expect(wordsOf(await chat.ask(asha, 'kpi'))).toContain('Say which, with “for CUM” at the end.')
    expect(wordsOf(await chat.ask(asha, 'kpi for W17'))).toContain('1 Seen in time')
  })
})

describe('a reading by form', () => {
  test('opens with the last value and the target, and with what was typed', async () => {
    await chat.ask(asha, 'kpi 1 58.4% for Q1 2018/19')
    const measure = idOf('Care leavers in work or learning')
    expect(await chat.press(asha, 'kpi:form', { measure })).toMatchObject({
      kind: 'form',
      card: {
        name: 'measure-form',
        data: {
          measure,
          latest: '58.4% for Q1 2018/19',
          target: '65%, by Sun 31 Mar 2019',
          values: { value: '', period: '', state: '' },
        },
      },
    })
    const typed = { title: 'work learning', figure: '58.6%', period: 'Q9' }
    expect((await chat.press(asha, 'kpi:form', typed)).card.data).toMatchObject({
      measure,
      values: { value: '58.6%', period: 'Q9' },
    })
  })

  test('is saved, with the declared RAG beside the computed one', async () => {
    const measure = idOf('Care leavers in work or learning')
    const filled = { measure, value: '58.6%', period: 'Q2 2018/19', state: 'green' }
    expect(wordsOf(await chat.submit(asha, 'kpi', filled))).toContain(
      '▲ Amber by the rule, ● Green as declared: 9.85% short of the target of “65%”.',
    )
    const feedback = idOf('Young people feel listened to')
    const told = { measure: feedback, value: 'Most said yes', period: '', state: 'amber' }
    expect(wordsOf(await chat.submit(priya, 'kpi', told))).toContain(
      '▲ Amber as declared: not computable by the rule: no target is set.',
    )
    expect(await stored()).toMatchObject([{ declared: 'green' }, { declared: 'amber' }])
  })

  test('with problems comes back as filled in, with the problems at their fields', async () => {
    const measure = idOf('Care leavers in work or learning')
    const reply = await chat.submit(asha, 'kpi', { measure, value: ' ', period: 'Dec 2018' })
    const problems = {
      value: 'Say the value, for example 58.6%.',
      period: '“Dec 2018” begins on Sat 1 Dec 2018: it has not begun yet.',
    }
    expect(reply).toMatchObject({
      kind: 'invalid',
      fields: problems,
      card: { data: { measure, values: { period: 'Dec 2018' }, problems } },
    })
    const long = await chat.submit(asha, 'kpi', { measure, value: 'x'.repeat(2001) })
    expect(long).toMatchObject({ kind: 'invalid', fields: { value: expect.any(String) } })
    expect(await stored()).toEqual([])
  })
})

describe('questions', () => {
  beforeEach(async () => {
    const said = {
      byId: null,
      source: 'import',
      onDay: day('2018-07-10'),
      at: new Date('2018-07-10T09:00:00Z'),
    }
    const june = { period: 'Q1 2018/19', forDay: day('2018-06-30') }
    await addReadings(
      fresh.db,
      idOf('Care leavers in work or learning'),
      [{ ...june, raw: '60%' }],
      said,
    )
    await addReadings(
      fresh.db,
      idOf('Care leavers aged 19 to 21 in universities'),
      [{ ...june, raw: '6.90%' }],
      said,
    )
    await addReadings(fresh.db, idOf('Rate of protection plans'), [{ ...june, raw: '62.4' }], said)
  })

  test('the list has reds first, counts in words, and a button for who may record', async () => {
    const { data } = (await chat.ask(asha, 'kpi')).card
    expect(data).toMatchObject({
      programme: 'Programme CUM',
      counts:
        '4 measures: ◆ Red 1, ▲ Amber 1, ○ RAG not computable 1, ○ No reading yet 1. 1 reading overdue.',
      rows: [
        {
          title: '2 Care leavers aged 19 to 21 in universities',
          state: '◆ Red',
          latest: '6.90% for Q1 2018/19',
          direction: 'no earlier reading to compare with',
          due: 'no day known for the next reading',
          buttons: [{ title: 'Record' }, { title: 'Show' }],
        },
        {
          title: '1 Care leavers in work or learning',
          state: '▲ Amber',
          latest: '60% for Q1 2018/19',
          direction: '↑ better than the baseline (58.4%)',
          due: 'reading overdue since Sun 30 Sep 2018',
          buttons: [{ title: 'Record' }, { title: 'Show' }],
        },
        { title: '3 Rate of protection plans', buttons: [{ title: 'Show' }] },
        {
          state: '○ No reading yet',
          latest: 'nothing recorded',
          due: 'next reading due Wed 31 Oct 2018',
        },
      ],
      more: '',
    })
  })

  test('a long list says how many are not shown, an empty one that there are none', async () => {
    for (let at = 0; at < 10; at += 1) await add({ title: `Audit ${at}` })
    expect((await chat.ask(vera, 'kpi')).card.data).toMatchObject({
      more: '2 more measures not listed.',
    })
    await fresh.db.$executeRaw`TRUNCATE "Measure" CASCADE`
    expect((await chat.ask(vera, 'kpi')).card.data).toMatchObject({
      counts: 'There are no measures in this programme yet.',
      rows: [],
    })
    expect(wordsOf(await chat.ask(vera, 'kpi 1'))).toContain('There are no measures')
  })

  test('one measure has its readings, who recorded them, and what was corrected', async () => {
    await chat.ask(asha, 'kpi 1 586% for Q2 2018/19')
    await chatOnDay('2018-10-22').ask(priya, 'kpi 1 58.6% for Q2 2018/19')
    const { data } = (await chatOnDay('2018-10-23').ask(vera, 'kpi work learning')).card
    expect(data).toMatchObject({
      title: '1 Care leavers in work or learning',
      state: '▲ Amber',
      latest: '58.6% for Q2 2018/19',
      details: [
        { label: 'Why', text: '9.85% short of the target of “65%”' },
        { label: 'Direction', text: '↓ worse than Q1 2018/19 (60%)' },
        { label: 'Target', text: '65%, by Sun 31 Mar 2019 (the figure should rise)' },
        { label: 'Baseline', text: '58.4%' },
        { label: 'How often', text: 'Quarterly' },
        { label: 'Next', text: 'next reading due Mon 31 Dec 2018' },
        { label: 'Projects', text: '9.1 Ways into work' },
      ],
      doubts: [],
      history: [
        { text: 'Q2 2018/19: 58.6%, ▲ Amber', by: 'recorded Mon 22 Oct 2018, by Priya Marlowe' },
        {
          text: 'Q2 2018/19: 586%, corrected since',
          by: 'recorded Fri 19 Oct 2018, by Asha Verity',
        },
        { text: 'Q1 2018/19: 60%, ▲ Amber', by: 'recorded Tue 10 Jul 2018, by import' },
      ],
      buttons: [{ title: 'History' }],
    })
  })

  test('the thresholds are those of the programme', async () => {
    const settings = { thresholds: { green: 8, amber: 20 } }
    await fresh.db.programme.updateMany({ data: { settings } })
    expect(wordsOf(await chat.ask(asha, 'kpi 1'))).toContain('● Green')
  })

  test('an earlier day has no later readings', async () => {
    await chat.ask(asha, 'kpi 1 58.6% for Q2 2018/19')
    expect(wordsOf(await chatOnDay('2018-10-18').ask(asha, 'kpi 1'))).not.toContain('58.6%')
  })
})

test('a project says which measure it is to move, and is asked once it ends', async () => {
  const say = async (who: StoredPerson, typed: string) => wordsOf(await chat.ask(who, typed))
  expect(await say(asha, 'benefit 9.1 moves M99 from Apr 2018 by 5')).toContain('has no measure 99')
  expect(await say(asha, 'benefit 9.1 moves M1 from soon by 5')).toContain('Nothing was saved')
  expect(await say(asha, 'benefit 9.1 moves M1 from Apr 2018 by 5')).toContain(
    'Moves measure 1 by 5 from Sun 1 Apr 2018.',
  )
  expect(await say(asha, '9.1')).toContain('measure 1 by 5 from Sun 1 Apr 2018')
  const closed = await say(priya, 'close 9.1 as finished because it runs itself')
  expect(closed).toContain('Did it move measure 1 by 5?')
  expect(closed).toContain('Record a reading: /rag kpi 1 …')
})
