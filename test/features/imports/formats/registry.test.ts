import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { readSheet } from '../../../../src/base/sheets/read-sheet.ts'
import { planAttributes } from '../../../../src/domain/plan/attributes/registry.ts'
import { rag } from '../../../../src/domain/scheme/schemes.ts'
import { sheetFormats } from '../../../../src/features/imports/formats/index.ts'
import { type SheetFormat, textOf } from '../../../../src/features/imports/formats/sheet-format.ts'
import { parsePlan } from '../../../../src/features/imports/parse-plan.ts'

/** A format that Milepost does not have: all that a new one needs is an object like this one. */
const wishList: SheetFormat = {
  key: 'wishing-well',
  description: 'a wishing well',
  columns: {
    title: { heading: 'Wish', aliases: ['wish'], need: 'must' },
    who: { heading: 'Wished by', aliases: ['wished by'], need: 'must' },
  },
  parse: ([table], _context, draft) => {
    draft.workstreams.push({ ref: '1', title: 'Wishes', row: 1, sponsors: [], leads: [] })
    for (const [at, row] of (table?.rows ?? []).entries()) {
      draft.projects.push({
        ...{ ref: `1.${at + 1}`, workstreamRef: '1', row: row.number },
        title: textOf(row, table?.columns ?? new Map(), 'title'),
        leads: [textOf(row, table?.columns ?? new Map(), 'who')],
        ...{ state: 'blank', rawState: '', commentary: '' },
        ...{ recommendations: [], outcomes: [], milestones: [] },
      })
    }
  },
}

const registries = { formats: [...sheetFormats, wishList], attributes: planAttributes }
const asOf = civilDate('2018-05-04')
const read = async (text: string, shape?: string) =>
  parsePlan(await readSheet(Buffer.from(text), 'plan.csv'), asOf, rag, { shape, registries })

describe('a toy format that is registered', () => {
  test('is recognised by its headings, and has the attributes of projects without declaring them', async () => {
    const plan = await read('Wish,Wished by,Start\nA boat,Tom Quill,1 June 2018\n')
    expect(plan.headings.sheetFormat.key).toBe('wishing-well')
    expect(plan.projects).toMatchObject([
      { title: 'A boat', leads: ['Tom Quill'], attributes: { start: '2018-06-01' } },
    ])
    expect(plan.unreadCells).toEqual([])
  })

  test('can be requested, and is offered where the requested one is unknown', async () => {
    await expect(read('Theme,Commitment\nA,B\n', 'wishingwell')).rejects.toThrow(
      /There is no shape “wishingwell”\. There are: milepost, .*, wishing-well\./,
    )
    await expect(read('a,b\n1,2\n', 'wishing-well')).rejects.toThrow(
      'By its headings, a wishing well has Wish and Wished by.',
    )
  })

  test('leaves the sheets of other formats to them', async () => {
    const plan = await read('Theme,Commitment\nSafety,New charts by June 2018\n')
    expect(plan.headings.sheetFormat.key).toBe('commitments')
  })
})

test('no two formats have one key', () => {
  const keys = sheetFormats.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
})
