/**
 * The data directory of the embedded PostgreSQL, and the account it runs as.
 *
 * Usually the directory is DATA/postgres, and PostgreSQL runs as the user who started Milepost. It refuses to run as root,
 * so for root it runs as an unprivileged account of the machine. That account may not be able to enter root's folders
 * (mode 700). Then its programs and its data are kept below /var/lib/milepost, and DATA/postgres is a link to there. Never
 * below a temporary folder: those are cleaned up, and this is somebody's plan.
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  chown,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import {
  type Account,
  binariesIn,
  findBinaries,
  type PostgresBinaries,
  runBinary,
} from './embedded-binaries.ts'

export interface EmbeddedDataDir {
  /** Holds the cluster, the password and the log. */
  folder: string
  account: Account | undefined
  binaries: PostgresBinaries
  password: string
}

/** The one user of the embedded server. */
export const superuser = 'milepost'
/** Below which root's PostgreSQL lives when it cannot enter the data folder. */
const systemDataDir = '/var/lib/milepost'

/** PostgreSQL's own data within the directory. */
export function clusterOf(home: EmbeddedDataDir): string {
  return join(home.folder, 'cluster')
}

/** The log of the server. */
export function logFileOf(home: EmbeddedDataDir): string {
  return join(home.folder, 'postgres.log')
}

/** Finds the directory below `dataDir`, or creates it. Two processes that do so at once get the same one. */
export async function ensureDataDir(dataDir: string): Promise<EmbeddedDataDir> {
  // For its owner alone. Root's PostgreSQL runs as another user, who has to pass through.
  await mkdir(dataDir, { recursive: true, mode: isRoot() ? 0o711 : 0o700 })
  const data = await realpath(dataDir)
  const link = join(data, 'postgres')
  if (!(await pathExists(link))) await createDataDir(data, link)
  return readDataDir(link)
}

async function readDataDir(link: string): Promise<EmbeddedDataDir> {
  const folder = await realpath(link).catch(() => {
    throw new Error(
      `${link} points to a database that is no longer there. ` +
        'Restore it, or remove the link to begin with an empty one.',
    )
  })
  const { uid, gid } = await stat(folder)
  const account = isRoot() ? { uid, gid } : undefined
  if (!(await canTraverse(account, folder))) {
    throw new Error(
      `${folder} was made when its user (uid ${uid}) could enter it, and now it cannot. ` +
        'Allow it with chmod o+x on the folders above, or set DATABASE_URL.',
    )
  }
  const password = (await readFile(join(folder, 'password'), 'utf8')).trim()
  return { folder, account, binaries: await accessibleBinaries(account), password }
}

async function createDataDir(data: string, link: string): Promise<void> {
  const account = isRoot() ? await unprivilegedAccount() : undefined
  if (await canTraverse(account, data)) return initCluster(link, account)
  const name = createHash('sha256').update(data).digest('hex').slice(0, 16)
  const far = join(systemDataDir, name)
  await mkdir(systemDataDir, { recursive: true, mode: 0o755 })
  if (!(await pathExists(far))) await initCluster(far, account)
  await symlink(far, link).catch(ignoreErrorCodes('EEXIST'))
  await writeFile(
    join(data, 'README.txt'),
    `Milepost's database is kept in ${far}\n` +
      'because it was started by root, and PostgreSQL, which refuses to run as root, cannot enter\n' +
      'this folder. "postgres" here is a link to there: move or back up that folder, not the link.\n',
  )
}

/** Creates the cluster beside its place and renames it, so that it is complete or absent, and created once. */
async function initCluster(folder: string, account: Account | undefined): Promise<void> {
  const aside = `${folder}.new-${randomBytes(4).toString('hex')}`
  await mkdir(aside, { mode: 0o700 })
  try {
    const password = join(aside, 'password')
    await writeFile(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
    if (account) {
      for (const path of [aside, password]) await chown(path, account.uid, account.gid)
    }
    const tools = await accessibleBinaries(account)
    await runBinary(tools.initdb, initdbOptions(aside, password), { account, folder: aside })
    await rename(aside, folder)
  } catch (error) {
    // Another process was first: its directory is used.
    if (!(await pathExists(folder))) throw error
  } finally {
    await removeLeftovers(folder)
  }
}

/** Removes unfinished directories, our own and those of killed processes. */
async function removeLeftovers(folder: string): Promise<void> {
  const above = dirname(folder)
  const left = (await readdir(above)).filter((name) => name.startsWith(`${basename(folder)}.new-`))
  for (const name of left) await rm(join(above, name), { recursive: true, force: true })
}

/** fsync stays on, so that what was acknowledged survives a power cut. Memory settings suit a small service. */
function initdbOptions(folder: string, password: string): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '64MB',
    max_wal_size: '256MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_min_messages: 'log',
  }
  return [
    '--pgdata',
    join(folder, 'cluster'),
    `--username=${superuser}`,
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    // Upper and lower case of every script, the same on every machine.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...Object.entries(settings).map(([name, value]) => `--set=${name}=${value}`),
  ]
}

/** initdb looks its user up by number, so it must be one that the machine knows. */
async function unprivilegedAccount(): Promise<Account> {
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  for (const wanted of ['postgres', 'nobody', 'daemon']) {
    const found = users.find(([name]) => name === wanted)
    if (found && Number(found[2]) > 0) return { uid: Number(found[2]), gid: Number(found[3]) }
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and this machine has no user "postgres" or "nobody" ' +
      'to run it as. Start Milepost as another user, or set DATABASE_URL.',
  )
}

/** The programs where `account` can run them: where npm put them, or a copy. */
async function accessibleBinaries(account: Account | undefined): Promise<PostgresBinaries> {
  const tools = await findBinaries()
  if (await canTraverse(account, tools.native)) return tools
  const place = join(systemDataDir, `postgresql-${tools.version}`)
  if (!(await pathExists(place))) {
    const aside = `${place}.new-${randomBytes(4).toString('hex')}`
    await mkdir(systemDataDir, { recursive: true, mode: 0o755 })
    await cp(tools.native, aside, { recursive: true, verbatimSymlinks: true })
    await rename(aside, place).catch(ignoreErrorCodes('ENOTEMPTY', 'EEXIST'))
    await rm(aside, { recursive: true, force: true })
  }
  return binariesIn(place, tools.version)
}

/** Whether `account` may enter every folder down to `path`. The caller itself always may. */
async function canTraverse(account: Account | undefined, path: string): Promise<boolean> {
  if (!account) return true
  for (let at = resolve(path); ; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (at === dirname(at)) return true
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}

async function pathExists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

function ignoreErrorCodes(...codes: string[]): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error
  }
}
