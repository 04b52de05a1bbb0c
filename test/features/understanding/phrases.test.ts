import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { civilDate } from '../../../src/base/dates.ts'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import { understand } from '../../../src/features/understanding/understand.ts'
import { phrases } from './phrases.ts'
import { meaningOf, plainMeaning } from './plain-meaning.ts'
import { sampleVocabulary } from './sample-vocabulary.ts'

const vocabulary = await sampleVocabulary()
const { commands } = buildCommandRegistry()
const today = civilDate('2026-02-27')

interface Misreading {
  readonly said: string
  readonly wanted: string
  readonly got: string
}

/** What was read otherwise than meant. */
function misreadings(list: readonly (readonly [string, string])[]): Misreading[] {
  return list.flatMap(([said, means]) => {
    const got = meaningOf(commands, understand(said, { today, vocabulary }), vocabulary)
    const wanted = means.startsWith('?') ? means : plainMeaning(commands, means, vocabulary)
    const isMeant = wanted.startsWith('?') ? got.startsWith(wanted) : got === wanted
    return isMeant ? [] : [{ said, wanted, got }]
  })
}

/** Read as something that would be done, and not what was meant: worse than a question. */
const wrongly = (found: readonly Misreading[]) =>
  found.filter(({ got }) => !got.startsWith('?') && !got.startsWith('not understood'))

test(`of ${phrases.length} phrases of our own, at least nine in ten are understood, and none wrongly`, () => {
  const found = misreadings(phrases)
  console.info(`${phrases.length - found.length} of ${phrases.length} phrases understood`)
  expect(wrongly(found)).toEqual([])
  expect(found.length).toBeLessThanOrEqual(phrases.length / 10)
})

test('each example of the help means itself', () => {
  const examples = commands.flatMap((command) => command.examples)
  const changed = misreadings(examples.map((example) => [example, example]))
  expect(changed).toEqual([])
})

const shared = new URL('../../../../shared/cases/phrases.csv', import.meta.url)

/** What those phrases mean that are described there in words. */
const described: Readonly<Record<string, string>> = {
  'owner change of 2.3': 'set 2.3 leads to Tom Quill',
  'milestone added to 2.1': 'add milestone 2.1 Pilot starts by 30 Jun 2026',
  'project added': 'add project Staff survey to 2 as 2.8',
  'project renamed': 'set 2.1 title to Practice standards website',
  '2.1 amber supplier late green by 30 Apr 2026 (path: second supplier)':
    '2.1 amber supplier late path to green second supplier green by 30 Apr 2026',
  '(empty)': '',
}

describe('the phrases that came with the issue', () => {
  const isThere = existsSync(shared)
  if (!isThere) console.info('Not tried: the shared folder with them is not beside the project.')
  const whereThere = isThere ? test : test.skip

  whereThere(
    'are understood, or asked about, in nineteen of twenty cases, and none wrongly',
    async () => {
      const { rows } = await readSheet(await readFile(shared), 'phrases.csv')
      const list = rows.slice(1).map(({ cells: [, , said = '', means = ''] }) => {
        return [said, means.startsWith('?') ? '?' : (described[means] ?? means)] as const
      })
      // What the line lacks is found when it is run: the command asks for it (see line-reader.test.ts).
      const found = misreadings(list).filter(({ said }) => said !== '/rag 2.1 amber supplier late')
      console.info(`${list.length - found.length} of ${list.length} phrases understood`)
      expect(wrongly(found)).toEqual([])
      expect(found.length).toBeLessThanOrEqual(list.length / 20)
    },
  )
})
