import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../../src/base/ids.ts'
import { useDatabase } from '../../support/database.ts'

/** Whatever changes what is due marks its programme, whoever writes it. */

const fresh = useDatabase()

/** Tables that make nothing due, and why. */
const unmarked: Record<string, readonly string[]> = {
  'what is worked out from the others': ['ProgrammeLook', 'ProgrammeChange'],
  'Milepost’s messages and what they show; of a reminder only that it was not read counts': [
    ...['MessageEdit', 'OutboxFile', 'Picture', 'WorkspaceOutage'],
  ],
  'who a programme belongs to, and by what it speaks': ['Organisation', 'WorkspaceInstallation'],
  'what was said in a digest or a paper, when papers are sent and in which looks': [
    ...['Digest', 'DigestCorrection', 'IssuedPaper'],
    ...['PaperDraft', 'PaperDecision', 'PaperSchedule', 'PaperTemplate', 'DateLink'],
  ],
  'who asked for what, once': [
    ...['IdempotencyKey', 'ImportDraft', 'NotifyingRequest', 'AccountLinkCode'],
  ],
  'what must be kept, and what was not': ['RecordHold', 'RecordRelease', 'Disposal'],
  'history of a programme, whose own row is marked': [
    'Handover',
    'PlanImport',
    'ProgrammeArchiving',
  ],
  'of which no rule of a reminder asks': [
    ...['AssuranceRating', 'CheckAnswer', 'Question', 'RollUpOverride', 'WorkstreamMoney'],
    ...['Outcome', 'Recommendation', 'MeasureOutcome', 'ProjectOutcome', 'ProjectRecommendation'],
  ],
}

test('each table marks its programme, or makes nothing due', async () => {
  const rows = await fresh.db.$queryRaw<{ name: string }[]>`
    SELECT relname AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'
      AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'mark_programme')`
  expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.values(unmarked).flat().toSorted())
})

describe('a programme is marked', () => {
  const [programme, person, workstream, project] = [newId(), newId(), newId(), newId()]
  const [milestone, measure, entry, update] = [newId(), newId(), newId(), newId()]
  const said = `'test', '2017-03-01', '2017-03-01'`

  const run = (sql: string) => fresh.db.$executeRawUnsafe(sql)
  const marks = () =>
    fresh.db.programmeChange.findMany({
      select: { programme: true, work: true, isUrgent: true },
      orderBy: { work: 'asc' },
    })
  const soon = [{ programme, work: 'reminders', isUrgent: false }]
  const atOnce = [{ programme, work: 'reminders', isUrgent: true }]

  beforeAll(async () => {
    for (const statement of [
      `"Programme" (id, key, title, "createdAt") VALUES ('${programme}', 'P1', 'One', now())`,
      `"Person" (id, name, "createdAt") VALUES ('${person}', 'Asha Verity', now())`,
      `"Workstream" (id, "programmeId", ref, title, position) VALUES ('${workstream}', '${programme}', '1', 'One', 1)`,
      `"Project" (id, "programmeId", "workstreamId", ref, title, position) VALUES ('${project}', '${programme}', '${workstream}', '1.1', 'One', 1)`,
      `"ProjectLead" ("projectId", "personId", position) VALUES ('${project}', '${person}', 1)`,
      `"Milestone" (id, "projectId", number, about, raw, precision, "addedOn") VALUES ('${milestone}', '${project}', 1, 'One', '', 'none', '2017-03-01')`,
      `"Measure" (id, "programmeId", number, title, position, "addedOn") VALUES ('${measure}', '${programme}', 1, 'One', 1, '2017-03-01')`,
      `"RegisterEntry" (id, "programmeId", kind, number, text, source, "onDay", at) VALUES ('${entry}', '${programme}', 'risk', 1, 'One', ${said})`,
      `"StatusUpdate" (id, "projectId", state, criteria, source, "onDay", at) VALUES ('${update}', '${project}', 'red', '{}', ${said})`,
    ])
      await run(`INSERT INTO ${statement}`)
  })
  beforeEach(async () => {
    await fresh.db.programmeChange.deleteMany()
  })

  test.each([
    [
      'an update',
      `INSERT INTO "StatusUpdate" (id, "projectId", state, criteria, source, "onDay", at) VALUES (gen_random_uuid(), '${project}', 'red', '{}', ${said})`,
    ],
    [
      'an owner of a workstream',
      `INSERT INTO "WorkstreamOwner" ("workstreamId", "personId", role, position) VALUES ('${workstream}', '${person}', 'lead', 1)`,
    ],
    [
      'a milestone that is flagged',
      `INSERT INTO "MilestoneFlag" (id, "milestoneId", "atRisk", source, "onDay", at) VALUES (gen_random_uuid(), '${milestone}', true, ${said})`,
    ],
    [
      'an update that is confirmed',
      `INSERT INTO "Confirmation" (id, "updateId", "byId", source, "onDay", at) VALUES (gen_random_uuid(), '${update}', '${person}', ${said})`,
    ],
    [
      'an entry that is closed',
      `INSERT INTO "RegisterClosing" ("entryId", source, "onDay", at) VALUES ('${entry}', ${said})`,
    ],
    [
      'a reading',
      `INSERT INTO "Reading" (id, "measureId", raw, "forDay", source, "onDay", at) VALUES (gen_random_uuid(), '${measure}', '1', '2017-03-01', ${said})`,
    ],
    [
      'leave of one of its people',
      `INSERT INTO "Leave" (id, "personId", "from", "to", source, at) VALUES (gen_random_uuid(), '${person}', '2017-03-01', '2017-03-02', 'test', now())`,
    ],
    [
      'another zone of one of them',
      `UPDATE "Person" SET zone = 'Europe/Paris' WHERE id = '${person}'`,
    ],
    ['a lead who is taken off', `DELETE FROM "ProjectLead" WHERE "projectId" = '${project}'`],
  ])('soon by %s', async (_, sql) => {
    await run(sql)
    expect(await marks()).toEqual(soon)
  })

  test('at once by a snooze, and for its digests too by a setting', async () => {
    await run(
      `INSERT INTO "ProjectLead" ("projectId", "personId", position) VALUES ('${project}', '${person}', 1)`,
    )
    await fresh.db.programmeChange.deleteMany()
    await run(
      `INSERT INTO "Snooze" (id, "personId", subject, until, source, at) VALUES (gen_random_uuid(), '${person}', 'project:x', now(), 'test', now())`,
    )
    expect(await marks()).toEqual(atOnce)
    await run(`UPDATE "Programme" SET "digestNames" = true`)
    expect((await marks()).map(({ work }) => work)).toEqual(['digests', 'reminders', 'reminders'])
  })

  test('once by many rows of one transaction, and by a reminder that nobody read', async () => {
    await run(`UPDATE "Milestone" SET about = about || '!'; `)
    await fresh.db.$transaction([
      fresh.db.milestone.updateMany({ data: { about: 'Two' } }),
      fresh.db.project.updateMany({ data: { title: 'Two' } }),
    ])
    expect(await marks()).toEqual([...soon, ...soon])
    await fresh.db.programmeChange.deleteMany()
    await run(`INSERT INTO "OutboxMessage" (id, key, kind, platform, tenant, conversation, "placeKind", card, data, topics, "programmeIds", "notBefore", "createdAt")
      VALUES (gen_random_uuid(), 'k', 'reminder', 'slack', 'T', 'D', 'direct', 'reminder', '{}', '{}', '{${programme}}', now(), now())`)
    await run(`UPDATE "OutboxMessage" SET state = 'sent'`)
    expect(await marks()).toEqual([])
    await run(`UPDATE "OutboxMessage" SET state = 'dropped'`)
    expect(await marks()).toEqual(soon)
  })
})
