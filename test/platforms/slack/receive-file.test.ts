import { describe, expect, test } from '@jest/globals'
import { webApi } from '@slack/bolt'
import type { Log } from '../../../src/base/log.ts'
import { FileRefusal, fileLimits } from '../../../src/chat/received-file.ts'
import type { SharedFile } from '../../../src/platforms/slack/payloads.ts'
import { createFileReceiver } from '../../../src/platforms/slack/receive-file.ts'

/** A file that somebody sent on Slack, whose server answers as each test says. */

const logged: string[] = []
const write = (fields: object, message: string) => {
  logged.push(JSON.stringify({ ...fields, message }))
}
const log: Log = { info: write, warn: write, error: write }

/** Each address that was asked, with the token that it got. */
interface Asked {
  readonly url: string
  readonly token: string | null
}

function receiverOf(answer: (url: string) => Response) {
  const asked: Asked[] = []
  const receive = createFileReceiver({
    client: new webApi.WebClient('xoxb-1', { slackApiUrl: 'http://127.0.0.1:9/api/' }),
    ...{ botToken: 'xoxb-1', apiUrl: undefined, log },
    fetch: async (url, init) => {
      asked.push({ url: String(url), token: new Headers(init?.headers).get('authorization') })
      return answer(String(url))
    },
  })
  return { asked, receive }
}

const address = 'https://files.slack.com/files-pri/T1-F1/download/plan.csv'
const hosted: SharedFile = {
  ...{ id: 'F1', name: 'plan.csv', mimetype: 'text/csv', size: 9, mode: 'hosted' },
  url_private_download: address,
}
const csv = () => new Response('Ref,Title', { headers: { 'content-type': 'text/csv' } })
const redirect = (location: string) => new Response(null, { status: 302, headers: { location } })
const html = () =>
  new Response('<html>', { headers: { 'content-type': 'text/html; charset=utf-8' } })

const readFailure = async (file: SharedFile, answer: (url: string) => Response) => {
  const { asked, receive } = receiverOf(answer)
  const error = await receive(file)
    .read()
    .catch((thrown: unknown) => thrown)
  if (!(error instanceof FileRefusal)) throw new Error(`It was read: ${String(error)}`)
  return { fault: error.fault, message: error.message, asked }
}

describe('a file that was sent on Slack', () => {
  test('is downloaded once with the token, from where Slack keeps it', async () => {
    const { asked, receive } = receiverOf(csv)
    const file = receive(hosted)
    expect([file.name, file.sizeBytes, file.contentType]).toEqual(['plan.csv', 9, 'text/csv'])
    expect(asked).toEqual([])
    await file.read()
    expect(Buffer.from(await file.read()).toString()).toBe('Ref,Title')
    expect(asked).toEqual([{ url: address, token: 'Bearer xoxb-1' }])
  })

  test('is a snippet as well, and follows a redirect between the hosts of files', async () => {
    const origin = 'https://files-origin.slack.com/plan.csv'
    const { asked, receive } = receiverOf((url) => (url === address ? redirect(origin) : csv()))
    await receive({ ...hosted, mode: 'snippet' }).read()
    expect(asked.map(({ url }) => url)).toEqual([address, origin])
  })

  test.each([
    ['https://files.slack-gov.com/files-pri/T1-F1/plan.csv'],
    ['https://files-edge.slack.com/files-pri/T1-F1/plan.csv'],
  ])('may be at %s', async (url) => {
    const { receive } = receiverOf(csv)
    await receive({ ...hosted, url_private_download: url }).read()
  })
})

describe('the token goes to no host but those of files', () => {
  test.each([
    'https://files.slack.com.example/plan.csv',
    'https://example.org/files.slack.com',
    'http://files.slack.com/plan.csv',
    'https://files.slack.com:8443/plan.csv',
    'https://user@evil.example/plan.csv',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'none',
  ])('not to %s', async (url) => {
    const direct = await readFailure({ ...hosted, url_private_download: url }, csv)
    expect([direct.fault, direct.asked]).toEqual(['download failed', []])
    if (url === 'none') return
    const redirected = await readFailure(hosted, () => redirect(url))
    expect(redirected.asked.map((one) => one.url)).toEqual([address])
  })

  test('nor round in circles', async () => {
    const { fault, asked } = await readFailure(hosted, () => redirect(address))
    expect([fault, asked.length]).toEqual(['download failed', 4])
  })
})

describe('a file that cannot be read', () => {
  test.each<[string, SharedFile, () => Response, FileRefusal['fault'], string]>([
    [
      'a redirect to the page where people sign in',
      hosted,
      () => redirect('https://anyshire.slack.com/?redir=%2Ffiles-pri%2FT1-F1'),
      'not allowed',
      'the permission files:read is missing',
    ],
    ['a page in place of the file', hosted, html, 'not allowed', 'files:read'],
    [
      'a link to a file kept elsewhere',
      { ...hosted, is_external: true, url_private: 'https://drive.example/plan' },
      csv,
      'not allowed',
      'Please download it, and send me the file itself.',
    ],
    ['a deleted file', { id: 'F1', mode: 'tombstone' }, csv, 'not allowed', 'It was deleted'],
    [
      'a file that the workspace hides',
      { id: 'F1', mode: 'hidden_by_limit' },
      csv,
      'not allowed',
      'Slack does not show it any more',
    ],
    ['a file without an address', { id: 'F1' }, csv, 'download failed', 'Please send it again.'],
    [
      'an error of the server',
      hosted,
      () => new Response('no', { status: 503 }),
      'download failed',
      'I could not download “plan.csv”.',
    ],
    [
      '30 MB, as Slack says',
      { ...hosted, size: 30 * 1024 * 1024 },
      csv,
      'too large',
      '“plan.csv” has 30 MB',
    ],
    [
      '30 MB, as the server says',
      hosted,
      () => new Response('x', { headers: { 'content-length': String(30 * 1024 * 1024) } }),
      'too large',
      '“plan.csv” has 30 MB',
    ],
    [
      'more than a file may have, of which nobody said so',
      hosted,
      () => new Response(Buffer.alloc(fileLimits.bytes + 1)),
      'too large',
      '10 MB at most',
    ],
  ])('%s', async (_, file, answer, fault, words) => {
    const failure = await readFailure(file, answer)
    expect(failure.fault).toBe(fault)
    expect(failure.message).toContain(words)
    expect(failure.message).toContain('Nothing was saved.')
  })

  test('is not asked for where it is too large already', async () => {
    const { asked } = await readFailure({ ...hosted, size: fileLimits.bytes + 1 }, csv)
    expect(asked).toEqual([])
  })

  test('leaves no address and no token in the log', async () => {
    await readFailure(hosted, html)
    expect(logged.join()).toContain('A file that somebody sent was not read')
    expect(logged.join()).not.toMatch(/files-pri|xoxb/)
  })
})
