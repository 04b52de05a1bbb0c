import { inJson } from '../../base/text.ts'
import { Prisma, type ReadTx } from '../../infra/db.ts'
import { likeContaining } from '../../infra/like-pattern.ts'

/**
 * Everything that is kept of one programme and holds some words, for an answer to a request for information. It finds
 * its tables and columns in the database itself, so that one added later is not forgotten.
 */

export interface RecordSearch {
  readonly programmeId: string
  readonly words: string
  /** ISO dates, both included; absent: from the first to the last. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface FoundRecord {
  readonly table: string
  /** ISO: when it was said, sent or added; null where the table does not say. */
  readonly at: string | null
  /** Whose words or doing it is, by id; null where nobody is recorded. */
  readonly byId: string | null
  /** The columns that hold the words. */
  readonly columns: readonly string[]
  /** As stored, without files and pictures. */
  readonly row: Readonly<Record<string, unknown>>
}

type Scope = readonly [column: string, ids: (id: Prisma.Sql) => Prisma.Sql]

/** The table of what was sent, and how to find what was sent about a programme: the outbox knows. */
export interface SentMessages {
  readonly table: string
  readonly ids: (id: Prisma.Sql) => Prisma.Sql
}

/** The programme of a row, by the columns that lead to it: the first that its table has. */
const scopes: readonly Scope[] = [
  ['programmeId', (id) => Prisma.sql`SELECT ${id}`],
  ['projectId', (id) => Prisma.sql`SELECT id FROM "Project" WHERE "programmeId" = ${id}`],
  [
    'milestoneId',
    (id) => Prisma.sql`SELECT m.id FROM "Milestone" m JOIN "Project" p ON p.id = m."projectId"
      WHERE p."programmeId" = ${id}`,
  ],
  ['measureId', (id) => Prisma.sql`SELECT id FROM "Measure" WHERE "programmeId" = ${id}`],
  ['entryId', (id) => Prisma.sql`SELECT id FROM "RegisterEntry" WHERE "programmeId" = ${id}`],
  ['workstreamId', (id) => Prisma.sql`SELECT id FROM "Workstream" WHERE "programmeId" = ${id}`],
  ['digestId', (id) => Prisma.sql`SELECT id FROM "Digest" WHERE "programmeId" = ${id}`],
  ['draftId', (id) => Prisma.sql`SELECT id FROM "PaperDraft" WHERE "programmeId" = ${id}`],
]

interface TextColumn {
  readonly table: string
  readonly column: string
  readonly isJson: boolean
}

/** The oldest first. */
export async function searchRecords(
  tx: ReadTx,
  search: RecordSearch,
  messages: SentMessages,
): Promise<FoundRecord[]> {
  const { from = '', to = '9999' } = search
  const byTable = Map.groupBy(await textColumns(tx), ({ table }) => table)
  const scopeOf = await scopesByTable(tx, messages)
  const found: FoundRecord[] = []
  for (const [table, columns] of byTable) {
    const scope = scopeOf.get(table)
    if (scope) found.push(...(await searchTable(tx, search, { table, columns, scope })))
  }
  return found
    .filter(({ at }) => at === null || (at.slice(0, 10) >= from && at.slice(0, 10) <= to))
    .toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))
}

function textColumns(tx: ReadTx): Promise<TextColumn[]> {
  return tx.$queryRaw<TextColumn[]>`
    SELECT table_name AS "table", column_name AS "column", data_type = 'jsonb' AS "isJson"
    FROM information_schema.columns
    WHERE table_schema = 'public' AND (data_type IN ('text', 'jsonb') OR udt_name = '_text')
    ORDER BY table_name, column_name`
}

/** Which column of a table leads to the programme. Absent: the table belongs to none. */
export async function scopesByTable(
  tx: ReadTx,
  messages: SentMessages,
): Promise<ReadonlyMap<string, Scope>> {
  const ofMessages: Scope = ['outboxMessageId', messages.ids]
  const ids = await tx.$queryRaw<{ table: string; column: string }[]>`
    SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'uuid'`
  const tables = Map.groupBy(ids, ({ table }) => table)
  const found = [...tables].flatMap(([table, its]) => {
    const scope = [...scopes, ofMessages].find(([column]) =>
      its.some((one) => one.column === column),
    )
    return scope ? [[table, scope] as const] : []
  })
  return new Map<string, Scope>([...found, [messages.table, ['id', messages.ids]]])
}

interface SearchedTable {
  readonly table: string
  readonly columns: readonly TextColumn[]
  readonly scope: Scope
}

async function searchTable(
  tx: ReadTx,
  { programmeId, words }: RecordSearch,
  { table, columns, scope: [scopeColumn, ids] }: SearchedTable,
): Promise<FoundRecord[]> {
  // Names come from the schema itself, never from input.
  const name = (text: string) => Prisma.raw(`"${text}"`)
  const holds = columns.map(({ column, isJson }) => {
    const pattern = likeContaining(isJson ? inJson(words) : words)
    return Prisma.sql`one.${name(column)}::text ILIKE ${pattern}`
  })
  const rows = await tx.$queryRaw<{ row: Record<string, unknown> }[]>`
    SELECT to_jsonb(one) - 'bytes' - 'png' AS row FROM ${name(table)} one
    WHERE one.${name(scopeColumn)} IN (${ids(Prisma.sql`${programmeId}::uuid`)})
      AND (${Prisma.join(holds, ' OR ')})`
  return rows.map(({ row }) => ({
    ...{ table, row, at: momentIn(row), byId: authorIn(row) },
    columns: columns.flatMap(({ column }) => (holdsWords(row[column], words) ? [column] : [])),
  }))
}

function holdsWords(value: unknown, words: string): boolean {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '')
  const sought = typeof value === 'string' ? words : inJson(words)
  return text.toLowerCase().includes(sought.toLowerCase())
}

const textAt = (row: Readonly<Record<string, unknown>>, columns: readonly string[]) =>
  columns.map((column) => row[column]).find((value) => typeof value === 'string') ?? null

const momentIn = (row: Readonly<Record<string, unknown>>) =>
  textAt(row, ['at', 'sentAt', 'issuedAt', 'createdAt', 'addedOn'])

const authorIn = (row: Readonly<Record<string, unknown>>) =>
  textAt(row, ['byId', 'askedById', 'createdById', 'personId', 'ownerId'])
