import { beforeEach, describe, expect, test } from '@jest/globals'
import { effectiveReadings } from '../../../src/domain/measures/measure.ts'
import {
  addReadings,
  createMeasure,
  loadMeasure,
  loadMeasures,
} from '../../../src/domain/measures/store.ts'
import { emptyTables, useDatabase } from '../../support/database.ts'
import { day, projectIdOf, storeProgramme } from '../../support/programme.ts'

const fresh = useDatabase()

let programmeId: string
beforeEach(async () => {
  await emptyTables(fresh.db)
  programmeId = await storeProgramme(fresh.db, {
    key: 'CUM',
    projects: [
      { ref: '9.1', title: 'Ways into work' },
      { ref: '9.2', title: 'Mentors' },
    ],
  })
})

const saidOn = (text: string) => ({
  byId: null,
  source: 'import',
  onDay: day(text),
  at: new Date(`${text}T09:00:00Z`),
})
const inWork = { title: 'In work', target: '65%', addedOn: day('2018-04-01') } as const
const later = day('2030-01-01')

describe('a measure', () => {
  test('gets the next number, and is linked to projects and outcomes', async () => {
    const outcome = { id: '0f4f4f5e-9f57-4f3a-9d0a-6f6f3b1f0001', programmeId, number: 2 }
    await fresh.db.outcome.create({ data: { ...outcome, text: 'We want to find work' } })
    await createMeasure(fresh.db, programmeId, inWork)
    const second = await createMeasure(fresh.db, programmeId, {
      ...inWork,
      title: 'In learning',
      kind: 'quality',
      polarity: 'increase',
      targetOn: day('2019-03-31'),
      frequency: 'Quarterly',
      projects: [await projectIdOf(fresh.db, '9.1'), await projectIdOf(fresh.db, '9.2')],
      outcomes: [outcome.id],
    })
    expect(second.number).toBe(2)
    expect(await loadMeasure(fresh.db, second.id, later)).toMatchObject({
      number: 2,
      kind: 'quality',
      polarity: 'increase',
      targetOn: '2019-03-31',
      baseline: null,
      projects: [{ ref: '9.1' }, { ref: '9.2' }],
      outcomes: [{ number: 2, text: 'We want to find work' }],
      allReadings: [],
    })
  })

  test('keeps a given number, and is absent before it joined the plan', async () => {
    expect((await createMeasure(fresh.db, programmeId, { ...inWork, number: 7 })).number).toBe(7)
    expect((await createMeasure(fresh.db, programmeId, inWork)).number).toBe(8)
    expect(await loadMeasures(fresh.db, programmeId, day('2018-03-31'))).toEqual([])
    const numbers = (await loadMeasures(fresh.db, programmeId, day('2018-04-01'))).map(
      ({ number }) => number,
    )
    expect(numbers).toEqual([7, 8])
  })
})

describe('readings', () => {
  let id: string
  beforeEach(async () => {
    id = (await createMeasure(fresh.db, programmeId, inWork)).id
  })
  const sept = { raw: '58.6%', period: 'Q2 2018/19', forDay: day('2018-09-30') }
  const rawsAt = async (asAt: string) =>
    effectiveReadings(await loadMeasure(fresh.db, id, day(asAt))).map(({ raw }) => raw)

  test('for a period that has one correct it, and both are kept', async () => {
    await addReadings(fresh.db, id, [{ ...sept, raw: '586%' }], saidOn('2018-10-01'))
    await addReadings(fresh.db, id, [sept], saidOn('2018-10-05'))
    const june = { raw: 'NYA', period: 'Q1 2018/19', forDay: day('2018-06-30') }
    await addReadings(fresh.db, id, [june], saidOn('2018-10-08'))
    const { allReadings } = await loadMeasure(fresh.db, id, later)
    expect(allReadings.map(({ raw }) => raw)).toEqual(['58.6%', '586%', 'NYA'])
    expect(await rawsAt('2018-09-30')).toEqual([])
    expect(await rawsAt('2018-10-01')).toEqual(['586%'])
    expect(await rawsAt('2018-10-07')).toEqual(['58.6%'])
    expect(await rawsAt('2018-10-08')).toEqual(['58.6%', 'NYA'])
  })

  test('keep their number where there is exactly one, and the declared RAG', async () => {
    const readings = [
      { ...sept, declared: 'green' },
      { raw: '66 (611)', forDay: day('2018-06-30') },
    ]
    expect(await addReadings(fresh.db, id, readings, saidOn('2018-10-01'))).toBe(2)
    const rows = await fresh.db.reading.findMany({ orderBy: { forDay: 'desc' } })
    expect(rows).toMatchObject([
      { raw: '58.6%', value: 58.6, declared: 'green', source: 'import', byId: null },
      { raw: '66 (611)', value: null, declared: null, period: null },
    ])
  })

  test('equal to the one that counts are not saved again', async () => {
    await addReadings(fresh.db, id, [sept], saidOn('2018-10-01'))
    expect(await addReadings(fresh.db, id, [sept], saidOn('2018-10-05'))).toBe(0)
    const declared = { ...sept, declared: 'amber' }
    expect(await addReadings(fresh.db, id, [declared], saidOn('2018-10-05'))).toBe(1)
    expect(await addReadings(fresh.db, id, [sept], saidOn('2018-10-06'))).toBe(1)
    expect(await fresh.db.reading.count()).toBe(3)
  })

  test('of one moment for one period: the last one counts', async () => {
    const raws = ['51%', '52%', '53%', '54%', '55%']
    const readings = raws.map((raw) => ({ ...sept, raw }))
    expect(await addReadings(fresh.db, id, readings, saidOn('2018-10-01'))).toBe(5)
    const { allReadings } = await loadMeasure(fresh.db, id, later)
    expect(allReadings.map(({ raw }) => raw)).toEqual(raws.toReversed())
  })

  test('of an earlier day, imported late, change that day and no later one', async () => {
    await addReadings(fresh.db, id, [sept], saidOn('2018-10-05'))
    const early = { ...sept, raw: '57%' }
    expect(await addReadings(fresh.db, id, [early], saidOn('2018-10-01'))).toBe(1)
    expect(await addReadings(fresh.db, id, [early], saidOn('2018-10-01'))).toBe(0)
    expect(await rawsAt('2018-10-01')).toEqual(['57%'])
    expect(await rawsAt('2018-10-05')).toEqual(['58.6%'])
  })
})
