import { beforeEach, describe, expect, test } from '@jest/globals'
import { loadPlan } from '../../../src/domain/plan/store.ts'
import { criteriaOf } from '../../../src/domain/scheme/criteria.ts'
import { schemeOf } from '../../../src/domain/scheme/schemes.ts'
import { importPeople } from '../../../src/features/people/import-people.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import {
  chatOn,
  day,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
let programmeId: string
let asha: StoredPerson
let ben: StoredPerson
let priya: StoredPerson

beforeEach(async () => {
  ;[asha, ben, priya] = await storePeople(fresh.db, 'Asha Verity', 'Ben Okoro', 'Priya Marlowe')
  programmeId = await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya],
    members: [ben],
    projects: [{ ref: '2.1', title: 'Practice standards', leads: [asha] }],
  })
})

const say = async (on: string, text: string, who = priya) =>
  wordsOf(await chatOn(fresh.db, on).ask(who, text))

describe('the settings of a programme', () => {
  test('are told with who changed what, when and from where', async () => {
    await say('2017-02-20', 'admin scheme brag')
    await say('2017-02-21', 'admin confirm improvement on')
    await say('2017-02-22', 'round names on')
    await say('2017-02-23', 'admin criteria add Staff in post critical')
    const text = await say('2017-02-24', 'history settings')
    expect(text).toContain('Mon 20 Feb 2017, Priya Marlowe, in Slack: States: brag, was as usual')
    expect(text).toContain(
      'Tue 21 Feb 2017, Priya Marlowe, in Slack: Confirmed by a second person: done off improvement on, was as usual',
    )
    expect(text).toContain('Names in digests of who has not answered: on, was off')
    expect(text).toContain('Thu 23 Feb 2017, Priya Marlowe, in Slack: Criteria: Staff in post')
  })

  test('are taken back as one line changed them, with who did and why', async () => {
    const lineOf = async (on: string) => (await say(on, 'history settings')).split('\n')[1]
    await say('2017-02-20', 'admin confirm improvement on')
    expect(await say('2017-02-20', 'undo because the board decides')).toContain(
      'Taken back: as it was before: Confirmed by a second person.',
    )
    expect(await lineOf('2017-02-20')).toContain('because the board decides')
    const { settings } = await fresh.db.programme.findUniqueOrThrow({ where: { id: programmeId } })
    expect(settings).toEqual({})
    expect(await say('2017-02-20', 'undo')).toContain('nothing within the last day')
  })

  test('are not taken back where they were changed again, or rated by since', async () => {
    await say('2017-02-20', 'admin confirm improvement on')
    const { id: setting } = await fresh.db.planRevision.findFirstOrThrow()
    await say('2017-02-21', 'admin confirm done on')
    const chat = chatOn(fresh.db, '2017-02-22')
    expect(wordsOf(await chat.press(priya, 'undo', { setting }))).toContain(
      '“Confirmed by a second person” changed again since (Priya Marlowe, Tue 21 Feb 2017)',
    )
    await say('2017-02-22', 'admin scheme brag')
    await say('2017-02-23', '2.1 green', asha)
    const scheme = await fresh.db.planRevision.findFirstOrThrow({ where: { field: 'scheme' } })
    expect(wordsOf(await chat.press(priya, 'undo', { setting: scheme.id }))).toContain(
      '1 update was given by these states since',
    )
    expect(wordsOf(await chat.press(asha, 'undo', { setting: scheme.id }))).toContain('office')
  })

  test('are told with the archiving of the programme', async () => {
    const archiving = { isArchived: false, reason: 'it goes on', byId: priya.id, source: 'slack' }
    const at = new Date('2017-02-21T12:00:00Z')
    const row = { id: programmeId, programmeId, ...archiving, at }
    await fresh.db.programmeArchiving.create({ data: row })
    expect(await say('2017-02-24', 'history settings')).toContain(
      'Tue 21 Feb 2017, Priya Marlowe, in Slack: Restored, because it goes on',
    )
  })

  test('leave no entry where nothing changed', async () => {
    await say('2017-02-20', 'admin scheme rag')
    await say('2017-02-20', 'round names off')
    await say('2017-02-20', 'admin scheme rag')
    expect((await say('2017-02-24', 'history settings')).match(/Priya/g)).toHaveLength(1)
  })

  test('are on an earlier day what they were: states and criteria', async () => {
    await say('2017-02-22', 'admin scheme own Stalled red, Slipping amber, Moving green')
    const settingsOn = async (on: string) =>
      (await loadPlan(fresh.db, programmeId, day(on))).programme.settings
    expect(schemeOf(await settingsOn('2017-02-21')).label).toBe('RAG')
    expect(criteriaOf(await settingsOn('2017-02-21'))).toHaveLength(5)
    expect(schemeOf(await settingsOn('2017-02-22')).label).toBe('Own')
    expect(criteriaOf(await settingsOn('2017-02-22'))).toHaveLength(0)
  })

  test('are today’s where a sheet of an earlier day says a state that only today’s scheme has', async () => {
    await say('2017-02-22', 'admin scheme brag')
    const { id: projectId } = await fresh.db.project.findFirstOrThrow()
    const at = new Date('2017-02-23T12:00:00Z')
    const row = { projectId, state: 'blue', source: 'import', onDay: new Date('2017-02-20'), at }
    await fresh.db.statusUpdate.create({ data: { id: programmeId, ...row } })
    const { programme } = await loadPlan(fresh.db, programmeId, day('2017-02-21'))
    expect(schemeOf(programme.settings).label).toBe('BRAG')
  })
})

describe('the roles of people', () => {
  test('are told with who gave them', async () => {
    await say('2017-02-20', 'set 2.1 leads to Ben Okoro and Asha Verity')
    expect(await say('2017-02-24', 'history people')).toContain(
      'Mon 20 Feb 2017, Priya Marlowe, in Slack: Ben Okoro: lead and viewer, was viewer',
    )
  })

  test('that a people file takes away are told as well', async () => {
    const row = { row: 2, name: 'Priya Marlowe', post: '', zone: '', accounts: [] }
    const office = { ...row, roles: ['programme_office' as const], leads: [], sponsors: [] }
    const file = { rows: [office], platforms: [] }
    const programme = { id: programmeId, key: 'BCS' }
    const request = { programme, file, accept: true, unlisted: 'remove' as const }
    await inTransaction(fresh.db, (tx) =>
      importPeople(tx, request, new Date('2017-02-20T12:00:00Z')),
    )
    expect(await say('2017-02-24', 'history people')).toContain(
      'Mon 20 Feb 2017, from the terminal: Ben Okoro: not in the programme, was viewer',
    )
  })
})
