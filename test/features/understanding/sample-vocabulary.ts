import { readFile } from 'node:fs/promises'
import { civilDate } from '../../../src/base/dates.ts'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import type { NamedMilestone } from '../../../src/domain/plan/vocabulary-store.ts'
import { rag } from '../../../src/domain/scheme/schemes.ts'
import type { Vocabulary } from '../../../src/features/understanding/reading.ts'
import { stateWords } from '../../../src/features/understanding/state-words.ts'

/** The sample programme BCS as Asha Verity sees it on Fri 27 Feb 2026; with the milestones that the tests name. */

const mine = ['2.1', '2.2', '7.1']

const milestone = (position: number, text: string, due: string | null): NamedMilestone => ({
  position,
  text,
  due: due === null ? null : civilDate(due),
  isOpen: true,
})

const milestones: Readonly<Record<string, readonly NamedMilestone[]>> = {
  '2.1': [
    milestone(1, 'All pages written and checked', '2026-03-31'),
    milestone(2, 'Monthly page review begins', '2026-04-01'),
  ],
  '2.3': [
    milestone(1, 'Visit to a neighbouring authority', '2026-03-04'),
    milestone(2, 'TBC', null),
  ],
}

export async function sampleVocabulary(): Promise<Vocabulary> {
  const file = new URL('../../../src/playground/sample/plan.csv', import.meta.url)
  const sheet = await readSheet(await readFile(file), 'plan.csv')
  const projects = sheet.rows
    .map(({ cells: [ref = '', title = ''] }) => ({ ref, title }))
    .filter(({ ref }) => ref.includes('.'))
    .map(({ ref, title }) => ({
      ...{ ref, title, isMine: mine.includes(ref) },
      milestones: milestones[ref] ?? [],
    }))
  return {
    projects,
    people: ['Priya Marlowe', 'Owen Castell', 'Asha Verity', 'Tom Quill', 'Ben Okoro'],
    states: stateWords([rag]),
  }
}
