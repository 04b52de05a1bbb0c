import { describe, expect, test } from '@jest/globals'
import { type CivilDate, civilDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { loadPlan, programmeByKey } from '../../../src/domain/plan/store.ts'
import { exportPlan } from '../../../src/features/imports/export.ts'
import { sheetFormats } from '../../../src/features/imports/formats/index.ts'
import { type ImportAsked, importPlan } from '../../../src/features/imports/import-plan.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { useDatabase } from '../../support/database.ts'
import { withToll } from '../../support/toll-attribute.ts'

const store = useDatabase()

const now = new Date('2018-05-04T10:00:00Z')
const may = civilDate('2018-05-04')
const june = civilDate('2018-06-04')
const registries = { formats: sheetFormats, attributes: withToll }

function load(key: string, sheet: string | Uint8Array, more: Partial<ImportAsked> = {}) {
  const bytes = typeof sheet === 'string' ? Buffer.from(sheet) : sheet
  const request = { fileName: 'plan.csv', programme: { key }, dryRun: false, bytes, asOf: may }
  return inTransaction(store.db, (tx) => importPlan(tx, { ...request, ...more }, now, registries))
}

async function exported(key: string, fileName: string, asAt = may): Promise<Uint8Array> {
  const programme = await programmeByKey(store.db, key)
  return inTransaction(store.db, (tx) => exportPlan(tx, programme, asAt, fileName, withToll))
}

async function attributesOn(key: string, asAt: CivilDate) {
  const { id } = await programmeByKey(store.db, key)
  return (await loadPlan(store.db, id, asAt)).projects.map(({ attributes }) => attributes)
}

const actionPlan = (start: string, cost: string) =>
  `Priority,Action,Owner,RAG,Start date,Deadline,Toll paid\n1. Lights,Test the lamps,Ines Calder,,${start},1 Jun 2018,${cost}\n`

describe.each([
  ['an action plan', actionPlan('1 March 2018', '"£40,000"')],
  [
    'a summary sheet',
    'REF,WORKSTREAM DETAIL,RAG,COMMENTARY,START,June,bridge toll\n1,Lights,,,,,\n1.1,Test the lamps,G,,1 March 2018,1 Jun - Done,40000\n',
  ],
  [
    'a milestone table',
    'Project,Milestone,Toll,Starts,Child outcome,Measure\nTest the lamps,Done 1 Jun 2018,"£40,000",1 March 2018,Safe,Lamps that work\n',
  ],
  [
    'a list of commitments',
    'Theme,Commitment,Toll paid,Start\nLights,Test the lamps,40 000,2018-03-01\n',
  ],
])('a toy attribute, the toll, in %s', (name, sheet) => {
  const key = name.replaceAll(/\W/g, '')

  test('has a column for each attribute, by any of its headings', async () => {
    const result = await load(key, sheet)
    expect(result).toMatchObject({ stored: true, problems: [], lost: [] })
    expect(result.mapping.map(({ meaning }) => meaning)).toEqual(
      expect.arrayContaining(['start', 'toll']),
    )
    expect(await attributesOn(key, may)).toEqual([{ start: '2018-03-01', toll: '40000' }])
  })

  test.each(['plan.csv', 'plan.xlsx'])(
    'is the same after an export to %s and an import',
    async (fileName) => {
      const bytes = await exported(key, fileName)
      const copy = `${key} ${fileName}`
      expect(await load(copy, bytes)).toMatchObject({ problems: [], attention: [], lost: [] })
      expect(await attributesOn(copy, may)).toEqual(await attributesOn(key, may))
      expect(await exported(copy, 'plan.csv')).toEqual(await exported(key, 'plan.csv'))
    },
  )
})

test('our own sheet has the attributes behind the section', async () => {
  const [headings = ''] = Buffer.from(await exported('anactionplan', 'plan.csv'))
    .toString()
    .split('\r\n')
  expect(headings).toContain('Moves measures,Toll,Sponsors')
})

describe('another value', () => {
  test('is reported and appended, and changes no earlier day; an empty cell changes nothing', async () => {
    await load('LATER', actionPlan('1 March 2018', '40000'))
    const later = await load('LATER', actionPlan('', '£52000'), { asOf: june })
    expect(later.difference.changed).toEqual([
      { what: 'project', ref: '1.1', field: 'toll', from: '40000', to: '52000' },
    ])
    expect(await attributesOn('LATER', may)).toEqual([{ start: '2018-03-01', toll: '40000' }])
    expect(await attributesOn('LATER', june)).toEqual([{ start: '2018-03-01', toll: '52000' }])
    expect(await load('LATER', actionPlan('', '£52000'), { asOf: june })).toMatchObject({
      stored: false,
      difference: { changed: [] },
    })
  })

  test('from chat is not undone by the same sheet, nor by an earlier export', async () => {
    await load('SAID', actionPlan('', '40000'))
    const before = await exported('SAID', 'plan.csv')
    const { id: projectId } = await store.db.project.findFirstOrThrow({
      where: { programme: { key: 'SAID' } },
    })
    const said = { source: 'slack', onDay: new Date('2018-05-08'), at: now }
    await store.db.projectAttribute.create({
      data: { id: newId(), projectId, key: 'toll', value: '90000', ...said },
    })
    for (const sheet of [before, actionPlan('', '40000'), await exported('SAID', 'p.csv', june)]) {
      expect((await load('SAID', sheet, { asOf: june })).stored).toBe(false)
    }
    expect(await attributesOn('SAID', june)).toEqual([{ toll: '90000' }])
  })
})

describe('a cell that holds no value', () => {
  test('is a warning', async () => {
    const { attention, lost } = await load('NONE', actionPlan('TBC', 'to be agreed'))
    expect(attention).toMatchObject([
      { row: 2, column: 'Start date', message: 'No day in “TBC”.' },
      { row: 2, column: 'Toll paid', message: 'No amount in “to be agreed”.' },
    ])
    expect(lost).toEqual([])
    expect(await attributesOn('NONE', may)).toEqual([{}])
  })

  test('that cannot be right stops the import until somebody accepts it', async () => {
    const wrong = actionPlan('', '-5')
    await expect(load('WRONG', wrong)).rejects.toThrow(
      'row 2, Toll paid: “-5”: An amount is not below nothing. Put the amount right, or accept that it is left out.',
    )
    await load('WRONG', wrong, { accept: true })
    expect(await attributesOn('WRONG', may)).toEqual([{}])
  })

  test('is a problem of our own sheet, where values are written as they are saved', async () => {
    const own = Buffer.from(await exported('anactionplan', 'plan.csv')).toString()
    await expect(load('OWN', own.replace(',40000,', ',"£40,000",'))).rejects.toThrow(
      'row 3, Toll: “£40,000” is no amount. Write it as 40000, or accept that it is left out.',
    )
    await expect(load('OWN', own.replace(',2018-03-01,', ',1 March 2018,'))).rejects.toThrow(
      'row 3, Starts: “1 March 2018” is no day. Write it as 2017-02-24, or accept that it is left out.',
    )
  })
})

test('a person says which column an attribute is', async () => {
  const sheet = actionPlan('', '40000').replace('Toll paid', 'Money')
  const { lost } = await load('MAP', sheet, { dryRun: true })
  expect(lost).toEqual([{ row: 2, column: 'G', message: 'Not kept: 40000' }])
  await load('MAP', sheet, { mapping: { Money: 'toll' } })
  expect(await attributesOn('MAP', may)).toEqual([{ toll: '40000' }])
})

test('a value on a row of no project is reported as not kept', async () => {
  const sheet =
    'Project,Milestone,Toll,Child outcome,Measure\nTest the lamps,Done 1 Jun 2018,40000,Safe,Lamps that work\n,Report 1 Jul 2018,7000,,\n'
  const { lost } = await load('ROWS', sheet)
  expect(lost).toEqual([{ row: 3, column: 'C', message: 'Not kept: 7000' }])
})
