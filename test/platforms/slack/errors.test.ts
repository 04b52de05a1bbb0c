import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { webApi } from '@slack/bolt'
import { callSlack, toPlatformError } from '../../../src/platforms/slack/errors.ts'
import { fetchWithRetryAfter } from '../../../src/platforms/slack/fetch-with-retry-after.ts'

const refused = (error: string) =>
  new webApi.WebAPIPlatformError({ ok: false, error, response_metadata: {} })

describe('what Slack answers', () => {
  test.each([
    ['request_timeout', 'no'],
    ['an_error_that_slack_adds_one_day', 'no'],
    ['internal_error', 'perhaps'],
    ['fatal_error', 'perhaps'],
    ['<html>Bad gateway</html>', 'perhaps'],
  ])('%s leaves us not knowing: posted %s', (error, posted) => {
    expect(toPlatformError(refused(error))).toMatchObject({
      name: 'PlatformUnavailableError',
      posted,
    })
  })

  test('a call that Slack did not answer in time is called a timeout', () => {
    const error = new webApi.WebAPIRequestError(new DOMException('too late', 'TimeoutError'))
    expect(toPlatformError(error)).toMatchObject({ code: 'timeout', posted: 'perhaps' })
  })

  test('what only an operator can mend says so', () => {
    expect(toPlatformError(refused('invalid_auth')).message).toBe(
      'Slack says invalid_auth. Slack does not accept my token. Whoever runs Milepost has to put a valid one in SLACK_BOT_TOKEN; what is still true is sent then.',
    )
  })
})

describe('what happens on the way', () => {
  const client = (slackApiUrl: string, timeout = 1000) =>
    new webApi.WebClient('xoxb-local', {
      slackApiUrl,
      timeout,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      fetch: fetchWithRetryAfter,
      logger: {
        ...console,
        warn: () => {},
        setLevel() {},
        setName() {},
        debug: () => {},
        getLevel: () => 'error' as never,
      },
    })
  const post = (url: string, timeout?: number) =>
    callSlack(() => client(url, timeout).chat.postMessage({ channel: 'C1', text: 'hello' }))

  /** Answers every request this way, and counts them. */
  async function against(
    answer: (response: import('node:http').ServerResponse) => void,
    work: (url: string) => Promise<void>,
  ): Promise<number> {
    let requests = 0
    const server = createServer((request, response) => {
      requests += 1
      request.resume().on('end', () => answer(response))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    try {
      await work(`http://127.0.0.1:${port}/api/`)
    } finally {
      server.closeAllConnections()
      server.close()
    }
    return requests
  }

  test.each<[string, (response: import('node:http').ServerResponse) => void, object]>([
    [
      '429',
      (r) => r.writeHead(429, { 'retry-after': '7' }).end(),
      { name: 'RateLimitedError', retryAfterMs: 7000 },
    ],
    [
      '429 without a time',
      (r) => r.writeHead(429).end(),
      { name: 'RateLimitedError', retryAfterMs: 30_000 },
    ],
    [
      '429 with nonsense for a time',
      (r) => r.writeHead(429, { 'retry-after': 'soon' }).end(),
      { name: 'RateLimitedError', retryAfterMs: 30_000 },
    ],
    [
      '429 with a date that has passed',
      (r) => r.writeHead(429, { 'retry-after': 'Fri, 24 Feb 2017 09:00:30 GMT' }).end(),
      { name: 'RateLimitedError', retryAfterMs: 0 },
    ],
    [
      '429 with a negative time',
      (r) => r.writeHead(429, { 'retry-after': '-5' }).end(),
      { name: 'RateLimitedError', retryAfterMs: 0 },
    ],
    [
      '500',
      (r) => r.writeHead(500).end('oops'),
      { name: 'PlatformUnavailableError', posted: 'perhaps', code: 'http_500' },
    ],
    ['503', (r) => r.writeHead(503).end(), { name: 'PlatformUnavailableError', posted: 'perhaps' }],
    ['404', (r) => r.writeHead(404).end(), { name: 'PlatformUnavailableError', posted: 'no' }],
    [
      'a dropped connection',
      (r) => r.destroy(),
      { name: 'PlatformUnavailableError', posted: 'perhaps' },
    ],
    [
      'half an answer',
      (r) => r.writeHead(200, { 'content-length': '50' }).write('{"ok"', () => r.destroy()),
      { name: 'PlatformUnavailableError', posted: 'perhaps' },
    ],
    [
      'a page of a proxy',
      (r) => r.end('<html>Sign in</html>'),
      { name: 'PlatformUnavailableError', posted: 'perhaps', code: 'not_json' },
    ],
    ['silence', () => {}, { name: 'PlatformUnavailableError', posted: 'perhaps' }],
  ])('%s, and nothing is sent twice', async (name, answer, failure) => {
    // Only silence has to run into the timeout; the others may be slow on a busy machine.
    const timeoutMs = name === 'silence' ? 200 : 5000
    const requests = await against(answer, async (url) => {
      await expect(post(url, timeoutMs)).rejects.toMatchObject(failure)
    })
    expect(requests).toBe(1)
  })

  test('nobody listening means that nothing was posted', async () => {
    // In a process of its own: under Jest, web-api takes fetch's errors for no errors and drops their cause.
    let closed = ''
    const nobody = () => {}
    await against(nobody, async (url) => {
      closed = url
    })
    const module = new URL('../../../src/platforms/slack/errors.ts', import.meta.url)
    const script = `
      import { webApi } from '@slack/bolt'
      import { callSlack } from ${JSON.stringify(module.href)}
      const options = { slackApiUrl: '${closed}', retryConfig: { retries: 0 }, logLevel: 'error' }
      const client = new webApi.WebClient('xoxb-local', options)
      const failure = await callSlack(() => client.auth.test()).catch((error) => error)
      console.log(JSON.stringify({ ...failure, message: failure.message }))
    `
    const args = ['--input-type=module', '--eval', script]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    expect(JSON.parse(stdout)).toEqual({
      name: 'PlatformUnavailableError',
      code: 'ECONNREFUSED',
      posted: 'no',
      message: 'Slack could not be reached (ECONNREFUSED).',
    })
  })

  test('a name that leads nowhere means the same', async () => {
    const error = new webApi.WebAPIRequestError(
      new TypeError('fetch failed', {
        cause: Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }),
      }),
    )
    expect(toPlatformError(error)).toMatchObject({ posted: 'no', code: 'ENOTFOUND' })
  })
})
