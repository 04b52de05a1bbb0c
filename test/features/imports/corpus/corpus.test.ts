import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { dateStyleNames } from './date-styles.ts'
import { layouts } from './layouts.ts'
import { type CorpusFile, type Outcome, readFile, writerNames } from './read-corpus.ts'
import { sampleTasks } from './sample-tasks.ts'

/** Every layout by three programs, with the ways of writing a day in turn. */
const filesPerLayout = 3
const corpus: CorpusFile[] = layouts.flatMap((layout, at) =>
  Array.from({ length: filesPerLayout }, (_, copy): CorpusFile => {
    const turn = at * filesPerLayout + copy
    return {
      layout,
      writer: writerNames[(at + copy * 2) % writerNames.length] ?? 'workbook',
      dates: dateStyleNames[turn % dateStyleNames.length] ?? 'ISO',
      tasks: sampleTasks(turn + 1),
    }
  }),
)

const nameOf = ({ layout, writer, dates }: CorpusFile) => `${layout.kind}, ${writer}, ${dates}`

test('of the files that offices keep, most need no help, and none is read wrongly without a word', async () => {
  const counts = new Map<string, Record<Outcome, number>>()
  const reasons: string[] = []
  for (const file of corpus) {
    const { outcome, why } = await readFile(file)
    const ofKind = counts.get(file.layout.kind) ?? {
      ...{ 'without help': 0, 'with answers': 0, refused: 0, wrong: 0 },
    }
    ofKind[outcome] += 1
    counts.set(file.layout.kind, ofKind)
    if (outcome === 'wrong' || outcome === 'refused') reasons.push(`${nameOf(file)}: ${why}`)
  }
  const total = (outcome: Outcome) =>
    [...counts.values()].reduce((sum, ofKind) => sum + ofKind[outcome], 0)
  console.info(
    [
      `${corpus.length} files in ${layouts.length} layouts: without help, with at most three answers, refused, wrong`,
      ...[...counts].map(([kind, ofKind]) => `  ${kind}: ${Object.values(ofKind).join(', ')}`),
      ...reasons,
    ].join('\n'),
  )
  expect(total('wrong')).toBe(0)
  expect(total('without help') / corpus.length).toBeGreaterThanOrEqual(0.7)
  expect((corpus.length - total('refused')) / corpus.length).toBeGreaterThanOrEqual(0.95)
})

test('whatever the plan, its layout, its dates and its program: that plan, or a question', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...layouts),
      fc.constantFrom(...writerNames),
      fc.constantFrom(...dateStyleNames),
      fc.integer({ min: 1, max: 1_000_000 }),
      async (layout, writer, dates, seed) => {
        const { outcome, why } = await readFile({
          ...{ layout, writer, dates },
          tasks: sampleTasks(seed),
        })
        expect([outcome === 'wrong', why]).toEqual([false, expect.any(String)])
      },
    ),
    { numRuns: 40 },
  )
})
