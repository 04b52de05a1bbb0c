import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'

/**
 * Each table has one owner: the room that writes it, and that alone reads it with SQL of our own. Others call the
 * owner's functions to write, and read through those or through Prisma, which the compiler checks
 * (docs/decisions.md 55).
 */
const tablesByOwner: Record<string, readonly string[]> = {
  'domain/looks': ['ProgrammeLook', 'ProgrammeChange'],
  'domain/programme': ['Programme', 'ProgrammeArchiving'],
  'domain/organisations': ['Organisation', 'WorkspaceInstallation'],
  'domain/people': [
    ...['Person', 'Identity', 'Membership', 'Leave', 'WorkingPattern', 'AccountLinkCode'],
  ],
  'domain/plan': [
    ...['Workstream', 'WorkstreamOwner', 'Project', 'ProjectLead', 'ProjectAttribute'],
    ...['Recommendation', 'Outcome', 'Milestone', 'MilestoneMove', 'MilestoneCompletion'],
    'MoveRequest',
    ...['MilestoneFlag', 'MilestoneRating', 'Confirmation'],
    ...['ProjectRecommendation', 'ProjectOutcome', 'Handover'],
  ],
  'domain/revisions': ['PlanRevision'],
  'domain/status': ['StatusUpdate'],
  'domain/assurance': ['AssuranceRating'],
  'domain/date-links': ['DateLink'],
  'domain/money': ['WorkstreamMoney'],
  'domain/measures': ['Measure', 'Reading', 'ProjectMeasure', 'MeasureOutcome'],
  'domain/register': [
    ...['RegisterEntry', 'RegisterReview', 'RegisterClosing', 'RegisterReopening'],
  ],
  'domain/rollup': ['RollUpOverride'],
  'domain/checks': ['CheckAnswer'],
  'domain/questions': ['Question'],
  'domain/follows': ['Follow'],
  'domain/amounts': ['NotifyingRequest'],
  'domain/rounds': ['RoundChange'],
  'domain/schedule': ['Subscription'],
  'domain/digests': ['Digest', 'DigestCorrection', 'DigestDirection'],
  'domain/papers': [
    ...['IssuedPaper', 'PaperDraft', 'PaperDecision', 'PaperSchedule', 'PaperTemplate'],
  ],
  'domain/records': ['RecordHold', 'RecordRelease', 'Disposal'],
  'features/reminders': ['Snooze', 'Mute'],
  'domain/imports': ['PlanImport'],
  'features/imports': ['ImportDraft'],
  infra: ['IdempotencyKey'],
  outbox: ['OutboxMessage', 'MessageEdit', 'OutboxFile', 'Picture', 'WorkspaceOutage'],
}

/** Files whose SQL reads tables of other owners, each with the tables and the reason. */
const sqlReaders: Record<string, { readonly tables: readonly string[]; readonly why: string }> = {
  'authority/relations-to-things.ts': {
    tables: [
      ...['Leave', 'Measure', 'Membership', 'Milestone', 'Programme', 'Project', 'ProjectLead'],
      ...['ProjectMeasure', 'Question', 'RegisterClosing', 'RegisterEntry', 'RegisterReview'],
      'WorkstreamOwner',
    ],
    why: 'one statement says of all buttons of a card whether its reader may press them',
  },
  'domain/checks/check-facts.ts': {
    tables: ['Milestone', 'ProjectAttribute', 'ProjectMeasure', 'Reading', 'StatusUpdate'],
    why: 'one statement shows of every update whether a check may trip (docs/decisions.md 45)',
  },
  'domain/plan/milestone-query.ts': {
    tables: ['PlanRevision'],
    why: 'its part of the statement of project-query.ts',
  },
  'domain/plan/project-query.ts': {
    tables: ['PlanRevision'],
    why: 'one statement reads a plan with its history (docs/decisions.md 45)',
  },
  'domain/plan/project-store.ts': {
    tables: ['Programme', 'Membership', 'Leave', 'PlanRevision'],
    why: 'one statement finds the project of an update, and who may give it (docs/decisions.md 45)',
  },
  'domain/plan/update-query.ts': {
    tables: ['StatusUpdate'],
    why: 'its part of the statement of project-query.ts',
  },
  'domain/status/dimension-store.ts': {
    tables: ['Confirmation', 'Project'],
    why: 'how projects stand by dimension: what their updates say that count',
  },
  'domain/records/search.ts': {
    tables: [
      'Digest',
      'Measure',
      'Milestone',
      'PaperDraft',
      'Project',
      'Workstream',
      'RegisterEntry',
    ],
    why: 'asks of every table which of its rows belong to one programme',
  },
  'domain/plan/shared-people.ts': {
    tables: ['Membership', 'Programme'],
    why: 'one statement finds who of a plan is in other programmes, each time that it is looked at',
  },
}

/** Files that make the name of a table from a value, each with the reason. */
const sqlForAnyTable: Record<string, string> = {
  'domain/people/person-data.ts':
    'exports every row that refers to a person, by the columns of the schema',
  'domain/records/search.ts': 'searches every table for words, by the columns of the schema',
  'features/people/erase.ts':
    'replaces the name of an erased person, and counts it, in all tables by the columns of the schema',
  'infra/batched-insert.ts': 'appends to the table that its owner names',
  'infra/insert-rows.ts': 'appends many rows to the table that its owner names',
  'infra/backup/backup.ts': 'backs up every table',
  'infra/backup/restore.ts': 'restores every table',
}

const source = fileURLToPath(new URL('../../src', import.meta.url))
const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')

const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)\n\}/gm)].map(
  ([, name = '', body = '']) => ({ name, body }),
)
const tables = models.map(({ name }) => name)
const ownerOf = new Map(
  Object.entries(tablesByOwner).flatMap(([owner, owned]) => owned.map((name) => [name, owner])),
)

/** The tables that a field named so can lead to: those a nested write through it writes. */
const tablesByField = Map.groupBy(
  models.flatMap(({ body }) =>
    [...body.matchAll(/^ {2}(\w+) +(\w+)/gm)].flatMap(([, field = '', table = '']) =>
      tables.includes(table) ? [{ field, table }] : [],
    ),
  ),
  ({ field }) => field,
)

const tableByDelegate = new Map(
  tables.map((name) => [`${name[0]?.toLowerCase()}${name.slice(1)}`, name]),
)

const writeMethods =
  '(?:create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)'
const nestedWrites =
  '(?:create|createMany|connectOrCreate|update|updateMany|upsert|delete|deleteMany)'

/** The tables that a file writes; a nested write gives every table that its field can lead to. */
function writtenTables(text: string): string[][] {
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name)
  const delegates = all(new RegExp(`\\.(\\w+)\\s*\\.${writeMethods}\\(`, 'g'))
  const fields = all(new RegExp(`\\b(\\w+): \\{\\s*${nestedWrites}:`, 'g'))
  return [
    ...delegates.flatMap((name) => tableByDelegate.get(name) ?? []).map((name) => [name]),
    ...fields.flatMap((field) => {
      const found = tablesByField.get(field)
      return found ? [found.map(({ table }) => table)] : []
    }),
    ...all(/\b(?:INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\s+"(\w+)"/g).map((name) => [name]),
    ...all(/\bbatchedInsert\('(\w+)'/g).map((name) => [name]),
  ]
}

/** The tables that SQL in a file names. */
function tablesInSql(text: string): string[] {
  const named = text.matchAll(
    /(?:\b(?:FROM|JOIN|INTO|UPDATE|TRUNCATE|TABLE|ONLY|USING)|,)\s*"(\w+)"|"(\w+)"\./g,
  )
  const names = new Set([...named].map(([, table, qualifier]) => table ?? qualifier))
  return tables.filter((table) => names.has(table))
}

let files: { path: string; text: string }[]
beforeAll(async () => {
  files = []
  for await (const file of glob(`${source}/**/*.ts`)) {
    const path = relative(source, file)
    if (!path.startsWith('infra/prisma/')) files.push({ path, text: readFileSync(file, 'utf8') })
  }
})

const isOwner = (path: string, table: string) => path.startsWith(`${ownerOf.get(table)}/`)

describe('each table has one owner', () => {
  test('that this list names, for every model of the schema once', () => {
    expect(Object.values(tablesByOwner).flat().toSorted()).toEqual(tables.toSorted())
  })

  test('whose folder writes it', () => {
    const written = new Set(
      files.flatMap(({ path, text }) =>
        writtenTables(text).flatMap((each) => each.filter((table) => isOwner(path, table))),
      ),
    )
    expect(tables.filter((table) => !written.has(table))).toEqual([])
  })

  test('and no other folder writes it', () => {
    const foreign = files.flatMap(({ path, text }) =>
      writtenTables(text)
        .filter((each) => !each.some((table) => isOwner(path, table)))
        .map((each) => `${path} writes ${each.join(' or ')}`),
    )
    expect([...new Set(foreign)]).toEqual([])
  })

  test("whose folder's SQL alone names it, but for the readers listed here", () => {
    const foreign = files.flatMap(({ path, text }) =>
      tablesInSql(text)
        .filter((table) => !isOwner(path, table))
        .map((table) => `${path}: ${table}`),
    )
    const allowed = Object.entries(sqlReaders).flatMap(([path, { tables: read }]) =>
      read.map((table) => `${path}: ${table}`),
    )
    expect(foreign.toSorted()).toEqual(allowed.toSorted())
  })

  test('and only the files listed here make the name of a table from a value', () => {
    const found = files.flatMap(({ path, text }) =>
      /escapeIdentifier\(|Prisma\.raw\(`"|RawUnsafe\(/.test(text) ? path : [],
    )
    expect(found.toSorted()).toEqual(Object.keys(sqlForAnyTable).toSorted())
  })
})

test('nobody names a hidden join table of Prisma', () => {
  const naming = files.flatMap(({ path, text }) =>
    [...text.matchAll(/\b_([A-Z]\w*?)To([A-Z]\w*)\b/g)]
      .filter(([, from = '', to = '']) => tables.includes(from) && tables.includes(to))
      .map(([name]) => `${path}: ${name}`),
  )
  expect(naming).toEqual([])
})
