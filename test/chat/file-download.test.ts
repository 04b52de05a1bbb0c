import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { downloadFile } from '../../src/chat/file-download.ts'
import { FileRefusal, fileRefusal } from '../../src/chat/received-file.ts'

/** What only a connection shows: one that is slow, breaks off or never ends. */

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function failureOf(listener: RequestListener, timeoutMs = 20_000): Promise<FileRefusal> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const nothing = () => {}
  const download = {
    name: 'plan.csv',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/plan.csv`,
    isAllowed: () => true,
    refuseAddress: () => fileRefusal.downloadFailed('plan.csv'),
  }
  const options = { log: { info: nothing, warn: nothing, error: nothing }, timeoutMs }
  const error = await downloadFile(download, options).catch((thrown: unknown) => thrown)
  if (error instanceof FileRefusal) return error
  throw new Error('The file was read')
}

test('a server that never answers is not waited for', async () => {
  expect((await failureOf(() => {}, 300)).fault).toBe('too late')
})

test('nor one that sends a byte now and then', async () => {
  const { fault } = await failureOf((_, response) => {
    const sending = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(sending))
  }, 300)
  expect(fault).toBe('too late')
})

test('one that goes on for ever is cut off', async () => {
  const chunk = Buffer.alloc(1024 * 1024)
  const { fault } = await failureOf((_, response) => {
    const fill = () => {
      while (!response.destroyed && response.write(chunk));
    }
    response.on('drain', fill)
    fill()
  })
  expect(fault).toBe('too large')
})

test('one that breaks off has sent nothing', async () => {
  const { fault } = await failureOf((_, response) => {
    response.setHeader('content-length', '100')
    response.write('Ref')
    setTimeout(() => response.destroy(), 20)
  })
  expect(fault).toBe('download failed')
})
