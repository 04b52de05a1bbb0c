import { describe, expect, test } from '@jest/globals'
import { strFromU8, unzipSync } from 'fflate'
import { civilDate } from '../../../../src/base/dates.ts'
import { parseXml } from '../../../../src/base/sheets/parse-xml.ts'
import { readSheet } from '../../../../src/base/sheets/read-sheet.ts'
import { formWorkbook } from '../../../../src/base/sheets/write-form-xlsx.ts'
import { rag } from '../../../../src/domain/scheme/schemes.ts'
import { parsePlan } from '../../../../src/features/imports/parse-plan.ts'
import { templateSheets } from '../../../../src/features/imports/template/template.ts'

const lists = {
  states: ['Red', 'Amber', 'Green'],
  workstreams: ['1. Practice & quality', '2. Housing'],
  people: ['Asha Verity'],
  stateHeading: 'RAG',
}
const asOf = civilDate('2026-11-29')
const own = ['1.3', '1. Practice', 'Audit cases', 'Asha Verity', '31 Jan 2027', 'Amber', 'Late']

/** The template as somebody saved it, with these rows below the examples. */
async function filled(...rows: string[][]) {
  const [plan, ...others] = templateSheets(lists)
  if (!plan) throw new Error('The template has no sheet')
  const bytes = formWorkbook([{ ...plan, rows: [...plan.rows, ...rows] }, ...others])
  return readSheet(bytes, 'plan.xlsx')
}

describe('the template', () => {
  test('as it was sent is no plan, and says so', async () => {
    const sheet = await filled()
    expect(() => parsePlan(sheet, asOf, rag)).toThrow(
      'plan.xlsx is the blank template: there is nothing in it but its example rows',
    )
  })

  test('filled in is read without its example rows, which it mentions', async () => {
    const plan = parsePlan(await filled(own), asOf, rag)
    expect(plan.headings.sheetFormat.key).toBe('action-plan')
    expect(plan.problems).toEqual([])
    expect(plan.unreadCells).toEqual([])
    expect(plan.projects).toMatchObject([
      {
        ...{ ref: '1.3', title: 'Audit cases', state: 'amber', commentary: 'Late' },
        ...{ leads: ['Asha Verity'], milestones: [{ due: '2027-01-31' }] },
      },
    ])
    expect(plan.warnings.map(({ row, message }) => `${row} ${message}`)).toEqual(
      expect.arrayContaining(
        [2, 3].map((row) => `${row} An example row of the template; left out.`),
      ),
    )
  })

  test('has every example row as one that a plan may have', async () => {
    const [plan] = templateSheets(lists)
    const rows = (plan?.rows ?? []).map((cells) =>
      cells.map((cell) => cell.replace('Example: ', '')),
    )
    const bytes = formWorkbook([{ name: 'Plan', rows, widths: [], hasHeadings: true }])
    const read = parsePlan(await readSheet(bytes, 'plan.xlsx'), asOf, rag)
    expect(read.projects.map(({ ref, leads }) => [ref, leads.length])).toEqual([
      ['1.1', 1],
      ['1.2', 2],
    ])
    expect(read.projects[1]?.milestones.map(({ due }) => due)).toEqual(['2027-01-15', '2027-06-30'])
  })
})

describe('its workbook', () => {
  const parts = unzipSync(formWorkbook(templateSheets(lists)))
  const part = (path: string) => strFromU8(parts[path] ?? new Uint8Array())
  const elements = (xml: string) => {
    const found: { name: string; attributes: Record<string, string | undefined> }[] = []
    parseXml(xml, { open: (name, of) => found.push({ name, attributes: of() }) })
    return found
  }

  test('has the elements of a worksheet in the order that ECMA-376 asks for', () => {
    const order = ['sheetViews', 'cols', 'sheetData', 'dataValidations', 'pageSetup']
    const names = elements(part('xl/worksheets/sheet1.xml')).map(({ name }) => name)
    expect(names.filter((name) => order.includes(name))).toEqual(order)
    expect(names.filter((name) => name === 'dataValidation')).toHaveLength(3)
  })

  test('offers lists from ranges of a sheet that it has', () => {
    const xml = part('xl/worksheets/sheet1.xml')
    const formulas = [...xml.matchAll(/<formula1>([^<]*)<\/formula1>/g)].map(([, text]) => text)
    expect(formulas).toEqual(["'Lists'!$A$1:$A$3", "'Lists'!$B$1:$B$2", "'Lists'!$C$1:$C$1"])
    const sheets = elements(part('xl/workbook.xml')).filter(({ name }) => name === 'sheet')
    expect(sheets.map(({ attributes }) => attributes.name)).toEqual([
      ...['Plan', 'How to fill it in', 'Lists'],
    ])
    for (const { attributes } of elements(xml).filter(({ name }) => name === 'dataValidation')) {
      expect(attributes).toMatchObject({ type: 'list', allowBlank: '1' })
      expect(attributes.prompt?.length).toBeLessThanOrEqual(255)
    }
  })

  test('names each of its parts, and each part is XML', () => {
    const types = part('[Content_Types].xml')
    for (const path of Object.keys(parts)) {
      expect(() => elements(part(path))).not.toThrow()
      if (path.startsWith('xl/') && !path.includes('_rels')) expect(types).toContain(`/${path}`)
    }
  })

  test('offers no list where there is nothing to offer', () => {
    const empty = unzipSync(formWorkbook(templateSheets({ ...lists, people: [], workstreams: [] })))
    const xml = strFromU8(empty['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(xml).toContain('<dataValidations count="1">')
  })
})
