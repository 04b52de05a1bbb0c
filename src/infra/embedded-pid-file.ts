/** Reading PostgreSQL's postmaster.pid, which outlives a server that was killed. */
import { readFile, rename, rm } from 'node:fs/promises'
import { platform } from 'node:os'
import { join, resolve } from 'node:path'

interface Postmaster {
  pid: number
  /** The cluster it serves: another one's in a copied folder. */
  folder: string
  port: number
}

/**
 * The port of the server that runs on `cluster`, starting and stopping included. Undefined where none
 * does; then a stale postmaster.pid is taken away, since PostgreSQL itself keeps it (and does not start)
 * when its process number has gone to another process of the same user, as it does in containers.
 */
export async function runningPort(cluster: string): Promise<number | 'starting' | undefined> {
  const file = join(cluster, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const found = parsePidFile(text)
  // Written a moment ago and not yet whole.
  if (!found) return 'starting'
  if (resolve(found.folder) === cluster && (await isPostgres(found.pid))) return found.port
  await removeStalePidFile(file, text)
  return undefined
}

/** https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/utils/pidfile.h */
function parsePidFile(text: string): Postmaster | undefined {
  const [pid, folder, , port] = text.split('\n')
  if (!folder || !port) return undefined
  return { pid: Math.abs(Number(pid)), folder, port: Number(port) }
}

/** Whether this process lives and, where the system tells, is a PostgreSQL. */
async function isPostgres(pid: number): Promise<boolean> {
  if (platform() === 'linux') {
    // "1234 (postgres) S …"; Z and X are processes that ended.
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    return /\(postgres\) [^ZX]/.test(status)
  }
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Only the file that was judged: if a server has started since, its file is put back. */
async function removeStalePidFile(file: string, judged: string): Promise<void> {
  const aside = `${file}.stale-${process.pid}`
  await rename(file, aside).catch(() => {})
  const taken = await readFile(aside, 'utf8').catch(() => judged)
  if (taken === judged) await rm(aside, { force: true })
  else await rename(aside, file)
}
