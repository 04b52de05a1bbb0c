import { beforeEach, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { loadMoney } from '../../../src/domain/money/store.ts'
import { parseFigures } from '../../../src/features/money/parse-figures.ts'
import {
  type Chat,
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

test.each([
  [
    'budget 120k forecast 131k actual 40k',
    { budget: '120000', forecast: '131000', actual: '40000' },
  ],
  ['Budget of £1.2m, forecast 1.3 million', { budget: '1200000', forecast: '1300000' }],
  ['savings target 50k and savings achieved 999p', { savingsTarget: '50000', savings: '9.99' }],
])('“%s” is read', (text, figures) => {
  expect(parseFigures(text)).toEqual(figures)
})

test.each([
  ['budget plenty', '“plenty” is no amount'],
  ['savings 5k', 'I do not know “savings 5k”'],
  ['budget 5k and a bit', 'I do not know “a bit”'],
])('“%s” is refused whole: %s', (text, words) => {
  expect(() => parseFigures(text)).toThrow(words)
})

const fresh = emptyDatabase()
let chat: Chat
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
      { ref: '2.2', title: 'Assessments', leads: [asha] },
    ],
  })
  chat = chatOn(fresh.db, '2017-02-24')
})
const words = async (who: StoredPerson, typed: string) => wordsOf(await chat.ask(who, typed))

test('money is said of projects and workstreams, dated, rated, added up, reported where it does not, and taken back', async () => {
  expect(await words(asha, 'money 2.1 budget 120k forecast 131k actual 40k')).toContain(
    'Budget £120,000, forecast £131,000, actual £40,000: £11,000 over budget (9.2%), ◆ Red.',
  )
  expect(await words(asha, 'money workstream 2 budget 1m')).toContain('Not saved')
  chat = chatOn(fresh.db, '2017-02-27')
  await words(priya, 'money workstream 2 budget 150k')
  await words(asha, 'money 2.2 budget 20k')
  const wrong = 'its budget is £150,000, and those of its projects come to £140,000.'
  expect(await words(priya, 'money')).toContain(wrong)
  expect(await words(priya, 'mismatches')).toContain(wrong)
  expect(await words(priya, 'checks')).toContain(wrong.replace('its', 'Its'))
  expect(await words(asha, 'checks')).not.toContain('£150,000')
  expect(await words(priya, 'admin money amber over 5 red over 20%')).toContain(
    'More than 5% over its budget is Amber, more than 20% over it is Red.',
  )
  expect(await words(asha, 'money 2.1')).toContain('▲ Amber')
  // The day before knows of the first figures alone.
  const then = await loadMoney(fresh.db, programmeId, civilDate('2017-02-24'))
  expect([then.projects.size, then.workstreams.size]).toEqual([1, 0])
  await words(asha, 'undo')
  expect(await words(asha, 'money 2.2')).toContain('No figures yet.')
  const spent = '£140,000 is spent, more than its forecast of £131,000.'
  expect(await words(asha, 'money 2.1 actual 140k')).toContain(spent)
  expect(await words(asha, 'checks')).toContain(spent)
  await words(asha, 'undo')
  await words(priya, 'undo')
  await words(priya, 'undo')
  expect(await words(priya, 'money')).not.toContain('do not add up')
})
