import { expect, test } from '@jest/globals'
import { IntlMessageFormat } from 'intl-messageformat'
import { civilDate } from '../../src/base/dates.ts'
import {
  catalogue,
  currentLanguage,
  dayPhrase,
  inLanguage,
  listPhrase,
  phrase,
  say,
} from '../../src/base/language.ts'
import { messagesInCode } from './messages-in-code.ts'

const milestones = (count: number) =>
  phrase('{count, plural, one {# milestone} other {# milestones}}', { count })

test('English stands in the code, and is what everybody reads who chose nothing', () => {
  expect(currentLanguage()).toBe('en')
  expect(say('Saved')).toBe('Saved')
  expect(milestones(1200)('en')).toBe('1,200 milestones')
})

test('Welsh comes from its file; what that has not, in English as a whole, its days too', () => {
  const day = dayPhrase(civilDate('2017-03-31'))
  inLanguage('cy', () => {
    expect(say('Due by {day}', { day })).toBe('I’w chwblhau erbyn Gwen 31 Maw 2017')
    expect(say('Nobody has translated {day}', { day })).toBe(
      'Nobody has translated Fri 31 Mar 2017',
    )
  })
})

test.each([
  [0, '0 carreg filltir'],
  [1, '1 garreg filltir'],
  [2, '2 garreg filltir'],
  [3, '3 carreg filltir'],
  [6, '6 charreg filltir'],
  [7, '7 carreg filltir'],
])('Welsh counts in the forms it has: %d', (count, text) => {
  expect(milestones(count)('cy')).toBe(text)
})

test('counted things are joined in the language of the sentence', () => {
  const what = listPhrase([milestones(2), milestones(3), milestones(6)])
  expect(what('en')).toBe('2 milestones, 3 milestones and 6 milestones')
  expect(what('cy')).toBe('2 garreg filltir, 3 carreg filltir a 6 charreg filltir')
})

test('a language holds for what awaits, and for nobody beside it', async () => {
  const later = (language: 'en' | 'cy') =>
    inLanguage(language, async () => {
      await Promise.resolve()
      return say('Overdue')
    })
  expect(await Promise.all([later('cy'), later('en')])).toEqual(['Yn hwyr', 'Overdue'])
})

test('the code has a place for each translation: none is left over from an English that was reworded', () => {
  const inCode = new Set([...messagesInCode(), ...namedElsewhere])
  expect(Object.keys(catalogue('cy')).filter((english) => !inCode.has(english))).toEqual([])
})

/** States, and titles that the code hands on. */
const namedElsewhere = ['Red', 'Amber', 'Green', 'Move date', 'Your language']

test('each translation can be read, and names the same values as its English', () => {
  const valuesIn = (message: string) =>
    [...message.matchAll(/(?<!\b(?:zero|one|two|few|many|other) )\{(\w+)(?=[,}])/g)]
      .map(([, name]) => name)
      .toSorted()
  for (const [english, translated] of Object.entries(catalogue('cy'))) {
    expect(() => new IntlMessageFormat(translated, 'cy')).not.toThrow()
    expect([english, [...new Set(valuesIn(translated))]]).toEqual([
      english,
      [...new Set(valuesIn(english))],
    ])
  }
})
