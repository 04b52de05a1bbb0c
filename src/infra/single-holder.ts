import pg from 'pg'

/** Any other number than those of this folder's other locks. */
const lockId = 7_102

/** Gives up what is held. */
export type Release = () => Promise<void>

/**
 * Holds a database for this process alone, among those that ask for it, until it is released or the process ends.
 * `name`: what the next one to ask is told, up to 63 characters. Gives the other's name where one holds it.
 */
export async function holdAlone(url: string, name: string): Promise<Release | { heldBy: string }> {
  const client = new pg.Client({ connectionString: url, application_name: name, keepAlive: true })
  // The connections that work with the database notice when it goes away; this one only holds the lock.
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ held: boolean }>(
    'SELECT pg_try_advisory_lock($1) AS held',
    [lockId],
  )
  if (rows[0]?.held) return () => client.end()
  const holders = await client.query<{ name: string }>(
    `SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE l.locktype = 'advisory' AND l.objid = $1 AND l.granted AND a.datname = current_database()`,
    [lockId],
  )
  await client.end()
  return { heldBy: holders.rows[0]?.name ?? '' }
}
