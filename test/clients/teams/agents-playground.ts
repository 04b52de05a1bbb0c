import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Microsoft's Agents Playground: a Teams client of one person in a browser, with the connector that answers go to. It is
 * started by its command line, without telemetry, and driven by its page alone.
 */
export interface AgentsPlayground {
  /** Of its page. */
  readonly url: string
  /** Hosts beside this machine that it tried to reach. */
  readonly refusedHosts: readonly string[]
  close(): Promise<void>
}

const cli = fileURLToPath(
  new URL('../../../node_modules/@microsoft/m365agentsplayground/cli.js', import.meta.url),
)
const loopbackOnly = fileURLToPath(new URL('loopback-only.cjs', import.meta.url))

/** Starts it as it is without a configuration file. `botUrl`: where it sends what the person does. */
export async function startAgentsPlayground(botUrl: string): Promise<AgentsPlayground> {
  const folder = await mkdtemp(join(tmpdir(), 'milepost-agents-playground-'))
  // It opens the machine's browser, and ends where there is none.
  const opener = join(folder, 'xdg-open')
  await writeFile(opener, '#!/bin/sh\nexit 0\n')
  await chmod(opener, 0o755)
  const port = await freePort()
  const options = [
    'start',
    '-e',
    botUrl,
    '-c',
    'msteams',
    '-p',
    String(port),
    '--disable-telemetry',
  ]
  const client = spawn(process.execPath, ['--require', loopbackOnly, cli, ...options], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', PATH: `${folder}${delimiter}${process.env.PATH}` },
  })
  const refusedHosts: string[] = []
  client.stderr.setEncoding('utf8').on('data', (text: string) => {
    for (const [, host = ''] of text.matchAll(/^refused: (.*)$/gm)) refusedHosts.push(host)
  })
  client.stdout.resume()
  const url = `http://localhost:${port}`
  await answering(url, client)
  return {
    ...{ url, refusedHosts },
    close: async () => {
      client.kill()
      if (client.exitCode === null && client.signalCode === null) await once(client, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

/** @throws Error where it ended, or took longer than half a minute */
async function answering(url: string, client: ChildProcess): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const isThere = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isThere) return
    if (client.exitCode !== null)
      throw new Error(`The Agents Playground ended with ${client.exitCode}.`)
    if (Date.now() > deadline) throw new Error('The Agents Playground does not answer.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
