import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { civilDate } from '../../../src/base/dates.ts'
import { understand } from '../../../src/features/understanding/understand.ts'
import { meaningOf, plainMeaning } from './plain-meaning.ts'
import { sampleVocabulary } from './sample-vocabulary.ts'

const vocabulary = await sampleVocabulary()
const { commands } = buildCommandRegistry()
const today = civilDate('2026-02-27')
const meaning = (line: string) =>
  meaningOf(commands, understand(line, { today, vocabulary }), vocabulary)

const lines = [
  '2.1 green',
  '2.1 amber supplier late green by 30 Apr 2026',
  '2.1 red two posts are vacant green by 15 May 2026',
  'no change 2.1',
  'done 2.1 1',
  'move 2.1 2 to 15 May 2026 because the supplier is late',
  'away 3 Aug 2026 to 14 Aug 2026',
] as const

/** What keyboards, platforms and manners put around a line. */
const before = fc.constantFrom(
  ...['', '  ', '/rag ', '@Milepost ', '<at>Milepost</at>&nbsp;', 'Hi Milepost, ', 'please '],
  ...['could you please ', '• ', '- ', '> ', '\u200B', 'Good morning, '],
)
const after = fc.constantFrom('', '  ', '\u00A0', ' please', ', thanks', ' thank you!', '\uFEFF')
const around = fc.constantFrom('', '*', '_', '`')
const spaces = fc.constantFrom(' ', '  ', '\u00A0', '\t')

test('noise around a line changes nothing of what is stored', () => {
  fc.assert(
    fc.property(
      ...([fc.constantFrom(...lines), before, around, after, spaces] as const),
      (line, opening, mark, ending, space) => {
        const noisy = `${opening}${mark}${line.replaceAll(' ', space)}${mark}${ending}`
        expect(meaning(noisy)).toBe(plainMeaning(commands, line, vocabulary))
      },
    ),
    { numRuns: 500 },
  )
})

test('whatever is typed is read or asked about, without an error', () => {
  const words = fc.constantFrom(
    ...[
      '2.1',
      '2.1.1',
      'green',
      'is',
      'to',
      'by',
      'because',
      '30',
      'Apr',
      'move',
      'done',
      'no',
      'change',
    ],
    ...[
      'all',
      'mid',
      'next',
      'week',
      '-',
      ':',
      '“x”',
      '&amp;',
      '🟢',
      'away',
      'away 3',
      'update',
      '<at>',
      '\u202E',
    ],
  )
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), (said) => {
      expect(typeof meaning(said.join(' '))).toBe('string')
    }),
    { numRuns: 500 },
  )
})
