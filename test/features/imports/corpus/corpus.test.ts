import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { lastDayOfMonth } from '../../../../src/base/dates.ts'
import { readSheets } from '../../../../src/base/sheets/read-sheet.ts'
import { dateStyleNames } from './date-styles.ts'
import { filesElsewhere } from './files-elsewhere.ts'
import { layouts } from './layouts.ts'
import {
  type CorpusFile,
  frameNames,
  type Outcome,
  readBytes,
  readFile,
  writerNames,
} from './read-corpus.ts'
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

const outcomes: readonly Outcome[] = ['without help', 'with answers', 'refused', 'wrong']

/** Counts outcomes by kind of file, and prints them. */
class Tally {
  readonly #all: { readonly kind: string; readonly outcome: Outcome; readonly why: string }[] = []

  add(kind: string, name: string, { outcome, why }: { outcome: Outcome; why: string }): void {
    this.#all.push({ kind, outcome, why: `${name}: ${why}` })
  }

  share(...of: readonly Outcome[]): number {
    return this.#all.filter(({ outcome }) => of.includes(outcome)).length / this.#all.length
  }

  print(what: string): void {
    const counts = [...Map.groupBy(this.#all, ({ kind }) => kind)].map(([kind, files]) => {
      const of = (wanted: Outcome) => files.filter(({ outcome }) => outcome === wanted).length
      return `  ${kind}: ${outcomes.map(of).join(', ')}`
    })
    const reasons = this.#all.flatMap(({ outcome, why }) =>
      outcome === 'wrong' || outcome === 'refused' ? [why] : [],
    )
    const heading = `${this.#all.length} files ${what}: without help, with at most three answers, refused, wrong`
    console.info([heading, ...counts, ...reasons].join('\n'))
  }
}

test('of the files that offices keep, most need no help, and none is read wrongly without a word', async () => {
  const tally = new Tally()
  for (const file of corpus) tally.add(file.layout.kind, nameOf(file), await readFile(file))
  tally.print(`in ${layouts.length} layouts`)
  expect(tally.share('wrong')).toBe(0)
  expect(tally.share('without help')).toBeGreaterThanOrEqual(0.7)
  expect(tally.share('refused')).toBeLessThanOrEqual(0.05)
})

const folder = new URL('files/', import.meta.url)

test('so it is with files that other programs wrote', async () => {
  const tally = new Tally()
  for (const { file, what, program, seed, tells, dates } of filesElsewhere) {
    const tasks = sampleTasks(seed).map((task) =>
      dates === 'month' ? { ...task, due: lastDayOfMonth(task.due) } : task,
    )
    const style = dates === 'American' ? dates : 'British'
    const contents = { layout: { tells }, tasks, dates: style } as const
    const bytes = readFileSync(new URL(file, folder))
    tally.add(`${program}, ${what}`, file, await readBytes(bytes, contents))
  }
  tally.print('that other programs wrote')
  expect(tally.share('wrong')).toBe(0)
  expect(tally.share('without help')).toBeGreaterThanOrEqual(0.7)
  expect(tally.share('refused')).toBeLessThanOrEqual(0.05)
})

test.each([
  ['sheetjs-plan.ods', 'is an OpenDocument file (LibreOffice, OpenOffice)'],
  ['sheetjs-plan.xlsb', 'is a binary workbook (.xlsb)'],
])('%s is named, with how it becomes one that is read', async (file, what) => {
  const bytes = readFileSync(new URL(file, folder))
  await expect(readSheets(bytes, file)).rejects.toThrow(what)
})

test('whatever the plan, its layout, its dates, its program and what stands around it: that plan, or a question', async () => {
  const seed = randomInt(2 ** 31 - 1)
  console.info(`Random plans of the seed ${seed}`)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...layouts),
      fc.constantFrom(...writerNames),
      fc.constantFrom(...dateStyleNames),
      fc.constantFrom(...frameNames),
      fc.integer({ min: 1, max: 1_000_000 }),
      async (layout, writer, dates, frame, ofTasks) => {
        const { outcome, why } = await readFile({
          ...{ layout, writer, dates, frame },
          tasks: sampleTasks(ofTasks),
        })
        expect([outcome === 'wrong', why]).toEqual([false, expect.any(String)])
      },
    ),
    { numRuns: 60, seed },
  )
})
