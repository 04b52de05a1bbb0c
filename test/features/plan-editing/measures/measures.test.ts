import { beforeEach, describe, expect, test } from '@jest/globals'
import { loadMeasures } from '../../../../src/domain/measures/store.ts'
import { formOf } from '../../../support/edit-form.ts'
import {
  chatOn,
  day,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../../support/programme.ts'

const fresh = emptyDatabase()
let programmeId: string
let asha: StoredPerson
let priya: StoredPerson

beforeEach(async () => {
  ;[asha, priya] = await storePeople(fresh.db, 'Asha Verity', 'Priya Marlowe')
  programmeId = await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya],
    projects: [
      { ref: '2.1', title: 'Practice standards', leads: [asha] },
      { ref: '2.2', title: 'Quality of assessments' },
    ],
  })
})

const chat = (on = '2017-02-24') => chatOn(fresh.db, on)
const say = async (text: string, who = priya, on = '2017-02-24') =>
  wordsOf(await chat(on).ask(who, text))
const measuresOn = async (on: string) =>
  (await loadMeasures(fresh.db, programmeId, day(on))).map(
    ({ id: _, addedOn: __, allReadings, ...measure }) => ({
      ...measure,
      projects: measure.projects.map(({ ref }) => ref),
      readings: allReadings.map(({ raw }) => raw),
    }),
  )
const visits = {
  ...{ number: 1, title: 'Visits on time', kind: 'kpi', polarity: 'increase' },
  ...{ baseline: '58.4%', baselineState: null, target: '65%', targetOn: '2018-03-31' },
  ...{ frequency: 'quarterly', method: null, nextDue: null, projects: ['2.1', '2.2'] },
  ...{ outcomes: [], readings: [] },
}
const addLine =
  'add measure Visits on time with baseline 58.4%, target 65%, by 31 Mar 2018, better higher, how often quarterly, projects 2.1 and 2.2'

describe('a measure', () => {
  test('is added by a line, taken back, and added by the form with the same outcome', async () => {
    const reply = await chat().ask(priya, addLine)
    expect(wordsOf(reply)).toMatch(
      /Saved\nMeasure 1 Visits on time was added\.\nBaseline: 58\.4%\nTarget: 65%\nTarget day: Sat 31 Mar 2018\nBetter is: higher\nHow often: quarterly\nProjects: 2\.1, 2\.2/,
    )
    expect(await measuresOn('2017-02-24')).toEqual([visits])
    expect(await measuresOn('2017-02-23')).toEqual([])
    expect(await say('plan')).toContain('1 measure: /rag kpi shows them.')
    expect(await say('undo')).toContain('Measure 1 Visits on time')
    expect(await measuresOn('2017-02-24')).toEqual([])
    const form = formOf(await chat().press(priya, 'add-measure:form', {}))
    await chat().submit(priya, 'add-measure', {
      ...form.values,
      ...{ title: 'Visits on time', baseline: '58.4%', target: '65%', targetOn: '2018-03-31' },
      ...{ polarity: 'increase', frequency: 'quarterly', projects: '2.1, 2.2' },
    })
    expect(await measuresOn('2017-02-24')).toEqual([{ ...visits, number: 2 }])
  })

  test('is changed by a line and by the form, and is on earlier days what it was', async () => {
    await say(addLine)
    const changed = await say('set measure 1 target to 70%', priya, '2017-03-10')
    expect(changed).toMatch(/Measure 1 Visits on time\nTarget: 70%, was 65%/)
    const { id } = await fresh.db.measure.findFirstOrThrow()
    const later = chat('2017-03-11')
    const form = formOf(await later.press(priya, 'change-measure:form', { measure: id }))
    expect(form.values).toMatchObject({ target: '70%', polarity: 'increase', projects: '2.1, 2.2' })
    const sent = { ...form.values, title: 'Visits in time', polarity: 'maintain', projects: '2.2' }
    expect(wordsOf(await later.submit(priya, 'change-measure', sent))).toMatch(
      /Title: Visits in time, was Visits on time\nBetter is: the same, was higher\nProjects: 2\.2, was 2\.1, 2\.2/,
    )
    const now = { title: 'Visits in time', polarity: 'maintain', target: '70%', projects: ['2.2'] }
    expect(await measuresOn('2017-03-11')).toEqual([{ ...visits, ...now }])
    expect(await measuresOn('2017-03-10')).toEqual([{ ...visits, target: '70%' }])
    expect(await measuresOn('2017-03-09')).toEqual([visits])
  })

  test('is taken out with a reason, keeps its readings on earlier days, and comes back', async () => {
    await say(addLine)
    await say('kpi 1 61%', asha)
    expect(await say('remove measure 1')).toContain('Say why')
    const removed = await chat('2017-03-01').ask(priya, 'remove measure 1 because nobody counts it')
    expect(wordsOf(removed)).toContain('Taken out: Measure 1 Visits on time')
    expect(await measuresOn('2017-03-01')).toEqual([])
    expect(await measuresOn('2017-02-28')).toEqual([{ ...visits, readings: ['61%'] }])
    expect(await say('kpi 1 62%', asha, '2017-03-01')).toContain('There are no measures')
    expect(await say('undo', priya, '2017-03-01')).toContain('Taken back')
    expect(await measuresOn('2017-03-01')).toEqual([{ ...visits, readings: ['61%'] }])
  })

  test('has a history: who changed and recorded what', async () => {
    await say(addLine)
    await say('kpi 1 61% for Q3 2016/17', asha)
    await say('set measure 1 projects to 2.1', priya, '2017-03-01')
    await say('set measure 1 baseline to none', priya, '2017-03-02')
    expect(await say('history measure 1', asha, '2017-03-03')).toBe(
      [
        'History of Measure 1 Visits on time',
        'Thu 2 Mar 2017, Priya Marlowe, in Slack: Baseline: none, was 58.4%',
        'Wed 1 Mar 2017, Priya Marlowe, in Slack: Projects: 2.1, was 2.1, 2.2',
        'Fri 24 Feb 2017, Asha Verity, in Slack: Reading for Q3 2016/17: 61%',
        'Fri 24 Feb 2017, Priya Marlowe, in Slack: Added to the plan',
      ].join('\n'),
    )
  })

  test('loses a reading that is taken back, by its lead too, and the history keeps both', async () => {
    await say(addLine)
    await say('kpi 1 58% for Q2 2016/17', asha, '2017-02-25')
    const answer = await chat('2017-03-01').ask(asha, 'kpi 1 610% for Q3 2016/17')
    const { buttons } = answer.card.data as { buttons: { data: Record<string, string> }[] }
    const undo = buttons[0]?.data ?? {}
    await say('kpi 1 61% for Q3 2016/17', priya, '2017-03-02')
    const undone = await chat('2017-03-02').press(asha, 'undo', undo)
    expect(wordsOf(undone)).toContain('That reading was corrected since. Nothing was changed.')
    expect(await say('undo', priya, '2017-03-02')).toContain(
      'Measure 1 Visits on time\nTaken back: the last reading is 610% for Q3 2016/17.',
    )
    expect(await say('undo because of a slip', asha, '2017-03-02')).toContain(
      'Taken back: the last reading is 58% for Q2 2016/17.',
    )
    expect(await measuresOn('2017-03-02')).toEqual([{ ...visits, readings: ['58%'] }])
    expect(await measuresOn('2017-03-01')).toEqual([{ ...visits, readings: ['610%', '58%'] }])
    expect(await say('history measure 1')).toContain(
      'Asha Verity, in Slack: Taken back: the reading for Q3 2016/17: 610%, because of a slip',
    )
  })

  test.each([
    ['add measure visits on  time', 'There is a measure of that title: 1 Visits on time'],
    ['add measure Plans with target 65% and unit percent', 'Saved'],
    ['set measure 1 targets to 5', 'A measure has no “targets”. It has: Title, Target,'],
    ['set measure 1 better to blue', '“blue” is none of higher, lower and the same'],
    ['set measure 1 projects to 2.9', 'There is no project'],
    ['set measure 1 target day to soon', 'I could not read “soon” as a date'],
    ['set measure 1 how often to when asked', 'tells no day for the next reading'],
    ['set measure 9 target to 5', 'There is no measure “9”'],
    ['add measure Plans with a target', 'Measure 2 Plans with a target was added'],
    [
      'add measure Waiting time for visits',
      'If “for visits” belongs to the title, say “for BCS” behind it. Nothing was saved.',
    ],
    ['add measure Waiting time for visits for BCS', '2 Waiting time for visits was added'],
  ])('"%s": %s', async (line, words) => {
    await say(addLine)
    expect(await say(line)).toContain(words)
  })

  test('is changed by the programme office alone', async () => {
    await say(addLine)
    for (const line of ['set measure 1 target to 1%', 'remove measure 1 because no', addLine]) {
      expect(await say(line, asha)).toContain('programme office')
    }
    expect(await measuresOn('2017-02-24')).toEqual([visits])
  })
})
