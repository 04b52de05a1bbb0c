/** Fills a database of ours with a copy of another installation's data. */
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { messageOf, Refusal } from '../../base/errors.ts'
import { openServer } from '../open-store.ts'
import { type BackupSummary, writeBackup } from './backup.ts'
import { restoreBackup } from './restore.ts'

export interface CopyOptions {
  /** A backup file, the data folder of an installation, or the address of its database. Only read. */
  readonly source: string
  /** Where the copy may lie while it is made; it holds names and what people wrote. */
  readonly folder: string
  /** Tables whose rows are not taken over. */
  readonly leaveOut: readonly string[]
}

/**
 * Replaces all that is in the database at `url` by the copy, in the schema of this version.
 * @throws Refusal, where the source is none of the three, or cannot be read; the database may be empty then
 */
export async function replaceWithCopy(
  url: string,
  { source, folder, leaveOut }: CopyOptions,
): Promise<BackupSummary> {
  if (await isFile(source)) {
    await emptyDatabase(url)
    return restoreBackup(url, source, { leaveOut })
  }
  const file = join(folder, 'source.backup')
  try {
    await writeBackupOf(source, file, folder)
    await emptyDatabase(url)
    return await restoreBackup(url, file, { leaveOut })
  } finally {
    await rm(file, { force: true })
  }
}

/** Whether a source is the address of a database, which holds its password; else it is a path. */
export const isDatabaseUrl = (source: string): boolean => /^postgres(ql)?:/.test(source)

async function writeBackupOf(source: string, file: string, dataDir: string): Promise<void> {
  const isUrl = isDatabaseUrl(source)
  if (!isUrl && !(await exists(join(source, 'postgres')))) {
    throw new Refusal(
      `${source} is no backup file, no data folder of Milepost and no postgresql:// address. Nothing was changed.`,
    )
  }
  const server = await openServer(isUrl ? { databaseUrl: source, dataDir } : { dataDir: source })
  try {
    await writeBackup(server.url, file)
  } catch (error) {
    // The address holds a password, so it is not repeated.
    const what = isUrl ? 'The database at that address' : source
    throw new Refusal(`${what} cannot be copied (${messageOf(error)}). Nothing was changed there.`)
  } finally {
    await server.close()
  }
}

/** Takes all out of a database of Milepost, its jobs too. */
export async function emptyDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'milepost copy' })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(
      'DROP SCHEMA IF EXISTS pgboss CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public',
    )
  } finally {
    await client.end()
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
