/** Starting as `npm start` does: from the first instruction until it says that it is ready. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { runFolder } from '../support/run.ts'
import { removeStore } from './remove-store.ts'
import { slackStub } from './slack-stub.ts'
import { argumentsOfStart } from './start-script.ts'

export interface Start {
  readonly seconds: number
  /** At rest, PostgreSQL apart; undefined where the system does not tell. */
  readonly megabytes: number | undefined
}

const warmStarts = 3
/** Until what a start leaves over is put away. */
const settledMs = 3_000

const root = new URL('../../', import.meta.url)

/** Some warm starts, after one that sets everything up. */
export async function starts(as: 'the playground' | 'Slack by HTTP'): Promise<Start[]> {
  const folder = `${runFolder(process.pid)}-starts`
  const slack = await slackStub()
  const credentials = { SLACK_BOT_TOKEN: 'xoxb-bench', SLACK_SIGNING_SECRET: 'bench' }
  const named = as === 'the playground' ? {} : { ...credentials, SLACK_API_URL: slack.url }
  try {
    const all: Start[] = []
    for (let start = 0; start <= warmStarts; start += 1) all.push(await startOnce(folder, named))
    return all.slice(1)
  } finally {
    slack.close()
    if (as === 'the playground') await removeStore(`${folder}/playground`)
    await removeStore(folder)
  }
}

async function startOnce(folder: string, named: Record<string, string>): Promise<Start> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, await argumentsOfStart(), {
    cwd: fileURLToPath(root),
    env: { PATH: process.env.PATH, PORT: String(port), MILEPOST_DATA_DIR: folder, ...named },
    stdio: 'ignore',
  })
  const exit = once(child, 'exit')
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null) throw new Error('Milepost did not start.')
      await pause(10)
    }
    const seconds = (performance.now() - began) / 1000
    await pause(settledMs)
    return { seconds, megabytes: await residentOf(child.pid) }
  } finally {
    child.kill('SIGTERM')
    await exit
  }
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok
  } catch {
    return false
  }
}

async function residentOf(pid: number | undefined): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(status) ?? []
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}
