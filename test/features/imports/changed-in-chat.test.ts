import { beforeEach, describe, expect, test } from '@jest/globals'
import { loadMeasures } from '../../../src/domain/measures/store.ts'
import { loadPlan, programmeByKey } from '../../../src/domain/plan/store.ts'
import { exportPlan } from '../../../src/features/imports/export.ts'
import { importPlan } from '../../../src/features/imports/import-plan.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import {
  chatOn,
  day,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storePerson,
  wordsOf,
} from '../../support/programme.ts'

/** A plan that was imported, and whose office then changed it in chat. */

const fresh = emptyDatabase()
let priya: StoredPerson
let programmeId: string

const sheet = [
  'Ref,Priority,Action,Action Owner,Deadline for Completion,RAG,Commentary',
  '1.1,1 People,Recruiting,Asha Verity,Adverts out - 6 March 2017,G,',
  '1.2,1 People,Keeping staff,Ben Okoro,Offer agreed - 31 March 2017,A,Offer not agreed',
].join('\n')

const importText = (text: string | Uint8Array, asOf: string) =>
  inTransaction(
    fresh.db,
    (tx) =>
      importPlan(
        tx,
        {
          bytes: typeof text === 'string' ? Buffer.from(text) : text,
          fileName: 'plan.csv',
          programme: { key: 'BCS' },
          dryRun: false,
          asOf: day(asOf),
        },
        new Date(`${asOf}T10:00:00Z`),
      ),
    { timeoutMs: 60_000 },
  )

const say = async (text: string) => {
  const words = wordsOf(await chatOn(fresh.db, '2017-03-01').ask(priya, text))
  expect(words).toContain('Saved')
}

const planOn = async (on: string) => {
  const { projects, people } = await loadPlan(fresh.db, programmeId, day(on))
  return projects.map(({ ref, title, leads }) => [
    ref,
    title,
    ...leads.map((id) => people.get(id)?.name),
  ])
}

beforeEach(async () => {
  ;[priya] = await storePeople(fresh.db, 'Priya Marlowe')
  await importText(sheet, '2017-02-24')
  programmeId = (await fresh.db.programme.findFirstOrThrow()).id
  await fresh.db.membership.create({
    data: { programmeId, personId: priya.id, role: 'programme_office' },
  })
})

describe('the sheet as it was imported before', () => {
  test.each([
    [
      'a title',
      'set 1.1 title to Recruiting social workers',
      ['1.1', 'Recruiting social workers', 'Asha Verity'],
    ],
    ['its leads', 'set 1.1 leads to Ben Okoro', ['1.1', 'Recruiting', 'Ben Okoro']],
    ['its number', 'set 1.1 number to 1.7', ['1.7', 'Recruiting', 'Asha Verity']],
  ])('does not undo that chat changed %s', async (_, line, expected) => {
    await say(line)
    const { difference, stored } = await importText(sheet, '2017-03-03')
    expect({ ...difference, unchanged: 0 }).toEqual({
      added: [],
      changed: [],
      missing: [],
      unchanged: 0,
    })
    expect(stored).toBe(false)
    expect(await planOn('2017-03-03')).toContainEqual(expected)
  })

  test('does not miss what was closed or taken out', async () => {
    await say('close 1.1 as finished because all posts are filled')
    await say('remove milestone 1.2 1 because it is no milestone')
    const shorter = sheet.replace(/^1\.1.*\n/m, '').replace('Offer agreed - 31 March 2017', '')
    expect((await importText(shorter, '2017-03-03')).difference.missing).toEqual([])
    expect(await planOn('2017-03-03')).toEqual([['1.2', 'Keeping staff', 'Ben Okoro']])
  })
})

describe('a sheet that says something new', () => {
  test('brings a workstream back that chat took out, where it puts a project into it', async () => {
    await say('add workstream 2 Housing')
    await say('remove workstream 2 because nothing is in it')
    const workstreams = async () =>
      (await loadPlan(fresh.db, programmeId, day('2017-03-03'))).workstreams.map(({ ref }) => ref)
    await importText(sheet, '2017-03-02')
    expect(await workstreams()).toEqual(['1'])
    await importText(
      `${sheet}\n2.1,2 Housing,Homes,Ben Okoro,Lease - 30 June 2017,G,`,
      '2017-03-03',
    )
    expect(await workstreams()).toEqual(['1', '2'])
  })

  test('changes it again, and the earlier days keep what they had', async () => {
    await say('set 1.1 title to Recruiting social workers')
    const next = sheet.replace('Recruiting', 'Recruiting and training')
    await importText(next, '2017-03-03')
    const titleOn = async (on: string) => (await planOn(on))[0]?.[1]
    expect(await titleOn('2017-02-24')).toBe('Recruiting')
    expect(await titleOn('2017-03-02')).toBe('Recruiting social workers')
    expect(await titleOn('2017-03-03')).toBe('Recruiting and training')
    expect((await importText(next, '2017-03-04')).stored).toBe(false)
  })
})

test('a sheet moves no date past what the programme allows, until the sponsor has agreed to it', async () => {
  await say('admin moves over 30')
  const sara = await storePerson(fresh.db, 'Sara Ames', 'SARA')
  const workstream = await fresh.db.workstream.findFirstOrThrow()
  const sponsor = { workstreamId: workstream.id, personId: sara.id, role: 'sponsor' as const }
  await fresh.db.membership.create({ data: { programmeId, personId: sara.id, role: 'sponsor' } })
  await fresh.db.workstreamOwner.create({ data: { ...sponsor, position: 0 } })
  const timing = async () => wordsOf(await chatOn(fresh.db, '2017-03-05').ask(priya, '1.2'))
  const next = sheet.replace('31 March', '30 June').replace('6 March', '20 March')

  const { attention, difference } = await importText(next, '2017-03-02')
  expect(attention.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^1\.2, 1\. Offer agreed stays due on Fri 31 Mar 2017: .*Ask for it: /),
  )
  expect(difference.changed.map(({ ref, field }) => `${ref} ${field}`)).toEqual(['1.1 due'])
  expect(await timing()).toContain('due Fri 31 Mar 2017')

  const later = chatOn(fresh.db, '2017-03-03')
  await later.ask(priya, 'move 1.2 1 to Fri 30 Jun 2017 because the offer is late')
  await later.ask(sara, 'agree 1.2 1')
  expect((await importText(next, '2017-03-04')).attention).toEqual([])
  expect(await timing()).toContain(
    'due Fri 30 Jun 2017; was Fri 31 Mar 2017, moved once: the offer is late (Priya Marlowe)\n',
  )
  expect((await importText(next, '2017-03-05')).stored).toBe(false)
})

test('our own export of a plan that was built in chat imports again to no difference', async () => {
  await say('add workstream Housing')
  await say('add project Homes for care leavers to 2 led by Asha Verity and Ben Okoro')
  await say('add milestone 2.1 Sign the first lease by 30 Jun 2017')
  await say('set 1.1 title to Recruiting social workers')
  await say('set 1.2 leads to Asha Verity')
  await say('tag 1.2 Ofsted')
  await say('hold 1.1 because the grant is open')
  const programme = await programmeByKey(fresh.db, 'BCS')
  const file = await exportPlan(fresh.db, programme, day('2017-03-01'), 'plan.csv')
  const { difference } = await importText(file, '2017-03-02')
  expect({ ...difference, unchanged: 0 }).toEqual({
    added: [],
    changed: [],
    missing: [],
    unchanged: 0,
  })
})

describe('measures', () => {
  const kpis = [
    'Workstream,Project,KPI,Figure will:,March 2016,Target March 2018,December 2016',
    'People,1.1,Posts filled,Increase,71%,90%,80%',
    'People,1.2,Staff who stay,Increase,60%,70%,61%',
  ].join('\n')
  const measuresOn = async (on: string) =>
    (await loadMeasures(fresh.db, programmeId, day(on))).map(({ title, target, projects }) => [
      ...[title, target],
      ...projects.map(({ ref }) => ref),
    ])
  beforeEach(async () => {
    await importText(kpis, '2017-02-24')
  })

  test('as the sheet before had them do not undo what chat changed', async () => {
    await say('set measure 1 title to Posts with somebody in them')
    await say('set measure 1 target to 95%')
    await say('set measure 1 projects to 1.1 and 1.2')
    await say('remove measure 2 because nobody counts it')
    const { difference, stored } = await importText(kpis, '2017-03-03')
    expect({ ...difference, unchanged: 0 }).toEqual({
      ...{ added: [], changed: [], missing: [], unchanged: 0 },
    })
    expect(stored).toBe(false)
    expect(await measuresOn('2017-03-03')).toEqual([
      ['Posts with somebody in them', '95%', '1.1', '1.2'],
    ])
  })

  test('change with a sheet that says something new, until that is taken back', async () => {
    await say('set measure 1 target to 95%')
    const next = kpis.replace('90%', '92%').replace('People,1.1', 'People,1.2')
    await importText(next, '2017-03-03')
    expect(await measuresOn('2017-03-03')).toContainEqual(['Posts filled', '92%', '1.2'])
    expect(await measuresOn('2017-03-02')).toContainEqual(['Posts filled', '95%', '1.1'])
    expect((await importText(next, '2017-03-04')).stored).toBe(false)
    const later = chatOn(fresh.db, '2017-03-05')
    expect(wordsOf(await later.ask(priya, 'undo import'))).toContain('Taken back')
    expect(await measuresOn('2017-03-05')).toContainEqual(['Posts filled', '95%', '1.1'])
    expect(await measuresOn('2017-03-04')).toContainEqual(['Posts filled', '92%', '1.2'])
  })

  test('that somebody changed since are what holds an import back', async () => {
    await importText(kpis.replace('90%', '92%'), '2017-03-01')
    await say('set measure 1 target to 95%')
    await say('set measure 2 target to 75%')
    const refusal = wordsOf(await chatOn(fresh.db, '2017-03-02').ask(priya, 'undo import'))
    expect(refusal).toContain('Measure 1 Posts filled: another target since')
    expect(refusal).not.toContain('Measure 2')
  })
})
