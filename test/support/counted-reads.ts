import pg from 'pg'

/** What a piece of work asks of PostgreSQL. */
export interface Reads {
  readonly statements: number
  /** Rows, and entries of indexes, that PostgreSQL looked at in the tables that are watched. */
  readonly rows: number
}

/** Counts what is asked from now on, and what is read of some tables; `release` ends that. */
export function countReads(tables: readonly string[]): {
  readonly during: (work: () => Promise<unknown>) => Promise<Reads>
  readonly release: () => void
} {
  const { query } = pg.Client.prototype
  const used = new Set<pg.Client>()
  let statements = 0
  pg.Client.prototype.query = function counted(this: pg.Client, ...asked: never[]) {
    used.add(this)
    statements += 1
    return Reflect.apply(query, this, asked)
  } as typeof query
  const ask = async (client: pg.Client, sql: string, values: unknown[] = []) => {
    const { rows } = await Reflect.apply(query, client, [sql, values])
    return rows
  }
  const read = () => rowsRead(used, tables, ask)
  return {
    async during(work) {
      const before = await read()
      statements = 0
      await work()
      const counted = statements
      return { statements: counted, rows: (await read()) - before }
    },
    release() {
      pg.Client.prototype.query = query
    },
  }
}

type Ask = (
  client: pg.Client,
  sql: string,
  values?: unknown[],
) => Promise<{ readonly rows: number }[]>

/** A connection keeps its counts for a second unless it is told to pass them on. */
async function rowsRead(
  used: ReadonlySet<pg.Client>,
  tables: readonly string[],
  ask: Ask,
): Promise<number> {
  for (const client of used) await ask(client, 'SELECT pg_stat_force_next_flush()')
  const [client] = used
  if (!client) return 0
  const [read] = await ask(client, countSql, [tables])
  if (!read) throw new Error('PostgreSQL does not count the rows that it reads.')
  return read.rows
}

const countSql = `
  SELECT ((SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname = ANY ($1))
    + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = ANY ($1)))::int AS rows`
