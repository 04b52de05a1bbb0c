import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { z } from 'zod'
import { startEmbedded } from '../../src/infra/embedded.ts'
import { openStore } from '../../src/infra/open-store.ts'

const places: string[] = []
afterEach(async () => {
  for (const place of places.splice(0)) {
    const home = await realpath(join(place, 'data', 'postgres')).catch(() => place)
    for (const path of [home, place]) await rm(path, { recursive: true, force: true })
  }
})

describe('the embedded PostgreSQL', () => {
  test('starts on loopback, keeps its data, and is stopped by its last user', async () => {
    const data = await newPlace()
    const first = await startEmbedded(data)
    expect(first.wasAlreadyRunning).toBe(false)
    expect(new URL(first.url).hostname).toBe('127.0.0.1')
    await write(first.url, 'kept')
    const second = await startEmbedded(data)
    expect(second).toMatchObject({ wasAlreadyRunning: true, url: first.url })
    await first.stop()
    expect(await read(second.url)).toEqual(['kept'])
    await second.stop()
    await expect(read(second.url)).rejects.toThrow('ECONNREFUSED')

    const again = await startEmbedded(data)
    expect(again.wasAlreadyRunning).toBe(false)
    expect(await read(again.url)).toEqual(['kept'])
    await again.stop()
  }, 20_000)

  test('keeps a random password that only its user may read', async () => {
    const data = await newPlace()
    const { url, stop } = await startEmbedded(data)
    await stop()
    const file = join(data, 'postgres', 'password')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readFile(file, 'utf8')).trim()).toBe(new URL(url).password)
    expect(new URL(url).password).toMatch(/^[\w-]{32}$/)
  })

  const onLinux = existsSync('/proc/self/environ') ? test : test.skip
  onLinux('is started without the environment of Milepost, which holds its tokens', async () => {
    const data = await newPlace()
    const user = await otherProcess(data, { SLACK_BOT_TOKEN: 'xoxb-1' })
    const pidFile = join(data, 'postgres', 'cluster', 'postmaster.pid')
    const [pid] = (await readFile(pidFile, 'utf8')).split('\n')
    const variables = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0')
    await user.leave()
    const names = variables.flatMap((one) => one.split('=')[0] || [])
    // The rest is set by pg_ctl and by the shell through which it starts the server.
    const allowed = /^(PATH|TMPDIR|TEMP|TMP|LC_ALL|PG\w+|PWD|OLDPWD|SHLVL|_)$/
    expect(names.filter((name) => !allowed.test(name))).toEqual([])
  })

  test('has a data folder that nobody else may list', async () => {
    const data = join(await newPlace(), 'new', 'data')
    const { stop } = await startEmbedded(data)
    await stop()
    expect((await stat(data)).mode & 0o066).toBe(0)
    expect((await stat(join(data, 'postgres'))).mode & 0o077).toBe(0)
  })

  test('is created and started once by processes that start together', async () => {
    const data = await newPlace()
    const users = await Promise.all([1, 2, 3].map(() => otherProcess(data)))
    expect(users.map(({ wasAlreadyRunning }) => wasAlreadyRunning).sort()).toEqual([
      false,
      true,
      true,
    ])
    expect(new Set(users.map(({ url }) => url)).size).toBe(1)
    for (const user of users) await user.leave()
  }, 30_000)

  test('outlives a process that was killed, and is used and then stopped by the next', async () => {
    const data = await newPlace()
    const killed = await otherProcess(data)
    await write(killed.url, 'before the kill')
    await killed.kill('SIGKILL')
    const next = await startEmbedded(data)
    expect(next).toMatchObject({ wasAlreadyRunning: true, url: killed.url })
    expect(await read(next.url)).toEqual(['before the kill'])
    await next.stop()
    await expect(read(next.url)).rejects.toThrow('ECONNREFUSED')
  }, 20_000)

  test('survives the Ctrl-C that ends the process that started it', async () => {
    const data = await newPlace()
    const starter = await otherProcess(data)
    // What a terminal does: the signal goes to the whole group of the foreground process.
    await starter.kill('SIGINT', 'group')
    const next = await startEmbedded(data)
    expect(next).toMatchObject({ wasAlreadyRunning: true, url: starter.url })
    await next.stop()
  }, 20_000)

  test('starts again after it was killed itself, with what was committed', async () => {
    const data = await newPlace()
    const before = await startEmbedded(data)
    await write(before.url, 'committed')
    const pidFile = join(data, 'postgres', 'cluster', 'postmaster.pid')
    process.kill(Number((await readFile(pidFile, 'utf8')).split('\n')[0]), 'SIGKILL')
    const after = await startEmbedded(data)
    expect(await read(after.url)).toEqual(['committed'])
    await after.stop()
    await before.stop()
  }, 30_000)

  test('starts although its old process number went to another process', async () => {
    const data = await newPlace()
    await startEmbedded(data).then(({ stop }) => stop())
    const cluster = await realpath(join(data, 'postgres', 'cluster'))
    await writeFile(
      join(cluster, 'postmaster.pid'),
      `${process.pid}\n${cluster}\n1487926800\n1\n\n127.0.0.1\n`,
    )
    const { wasAlreadyRunning, stop } = await startEmbedded(data)
    expect(wasAlreadyRunning).toBe(false)
    await stop()
  }, 20_000)

  test('of a copied folder is never the original', async () => {
    const data = await newPlace()
    const original = await startEmbedded(data)
    const copy = await newPlace()
    // Like a person who copies the folder of a running service.
    await cp(data, copy, { recursive: true, preserveTimestamps: true })
    await keepOwner(data, copy)
    const copied = await startEmbedded(copy)
    expect(copied.wasAlreadyRunning).toBe(false)
    expect(copied.url).not.toBe(original.url)
    await copied.stop()
    await original.stop()
  }, 20_000)

  test('starts below a folder that only its owner may enter', async () => {
    const data = await newPlace()
    await chmod(join(data, '..'), 0o700)
    const { url, stop } = await startEmbedded(data)
    await write(url, 'private')
    await stop()
    const again = await startEmbedded(data)
    expect(await read(again.url)).toEqual(['private'])
    await again.stop()
  }, 20_000)

  test('says what to do when its folder cannot be made', async () => {
    const data = await newPlace()
    await writeFile(join(data, 'file'), '')
    const store = openStore({ dataDir: join(data, 'file', 'data') })
    await expect(store).rejects.toThrow(/could not be started: .*(MILEPOST_DATA_DIR|DATABASE_URL)/)
  })
})

/** A data folder for one test, with a folder above it that is the test's own too. */
async function newPlace(): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), 'milepost-embedded-'))
  places.push(place)
  await chmod(place, 0o755)
  await mkdir(join(place, 'data'))
  return join(place, 'data')
}

async function keepOwner(from: string, to: string): Promise<void> {
  const { uid, gid } = await stat(join(from, 'postgres'))
  const chown = spawn('chown', ['-R', `${uid}:${gid}`, join(to, 'postgres')])
  await once(chown, 'close')
}

interface OtherProcess {
  url: string
  wasAlreadyRunning: boolean
  leave(): Promise<void>
  kill(signal: NodeJS.Signals, whom?: 'group'): Promise<void>
}

async function otherProcess(
  data: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<OtherProcess> {
  const script = fileURLToPath(new URL('../support/embedded-user.ts', import.meta.url))
  const child = spawn(process.execPath, [script, data], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  const ended = once(child, 'exit')
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const said = z.object({ url: z.string(), wasAlreadyRunning: z.boolean() }).parse(JSON.parse(line))
  return {
    ...said,
    async leave() {
      child.stdin.end()
      await ended
    },
    async kill(signal, whom) {
      const pid = child.pid ?? 0
      process.kill(whom === 'group' ? -pid : pid, signal)
      await ended
    },
  }
}

async function write(url: string, words: string): Promise<void> {
  await ask(url, 'CREATE TABLE IF NOT EXISTS note (words text)')
  await ask(url, 'INSERT INTO note VALUES ($1)', [words])
}

async function read(url: string): Promise<unknown[]> {
  return (await ask(url, 'SELECT words FROM note')).map(({ words }) => words)
}

async function ask(url: string, sql: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql, values)
    return rows
  } finally {
    await client.end()
  }
}
