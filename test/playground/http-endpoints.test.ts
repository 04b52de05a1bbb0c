import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startTestPlayground, type TestPlayground } from './test-playground.ts'

let open: TestPlayground
beforeAll(async () => {
  open = await startTestPlayground()
})
afterAll(async () => {
  await open.close()
})

const STATE = '/playground/api/state?person=asha-verity'
const WRITE = '/playground/api/slack?person=asha-verity'
const BODY = { act: 'write', channel: 'D0ASHA', text: 'help' }

describe('the guard of the playground', () => {
  test.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000'])(
    'accepts a request for host %s',
    async (host) => {
      expect((await open.ask(STATE, { headers: { host } })).status).toBe(200)
    },
  )

  test.each(['milepost.example', 'localhost.evil.example:3000', '127.0.0.1.evil.example', 'evil@'])(
    'refuses a request for any other host: %s',
    async (host) => {
      for (const path of ['/', '/page/main.ts', STATE]) {
        expect((await open.ask(path, { headers: { host } })).status).toBe(403)
      }
    },
  )

  test.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'http://localhost:1' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('refuses an action from the page of another site: %j', async (headers) => {
    const before = open.received.length
    const answer = await open.ask(WRITE, { method: 'POST', headers, body: BODY })
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('from its own page only')
    expect(open.received).toHaveLength(before)
  })

  test('accepts an action from its own page', async () => {
    const headers = { origin: open.url, 'sec-fetch-site': 'same-origin' }
    expect((await open.ask(WRITE, { method: 'POST', headers, body: BODY })).status).toBe(204)
  })
})

describe('the page', () => {
  test('runs only its own scripts and sends no foreign requests', async () => {
    const { headers } = await open.ask('/')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self';")
    expect(policy).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test('is served as JavaScript, without its types', async () => {
    const { headers, text } = await open.ask('/page/slack/modal.ts')
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(text).not.toContain('import type')
    expect(text).not.toContain(': OpenView')
  })

  test.each([
    '/page/../playground.ts',
    '/page/%2e%2e/playground.ts',
    '/page/tsconfig.json',
    '/page/none.ts',
  ])('has no file %s', async (path) => {
    expect((await open.ask(path)).status).toBe(404)
  })
})

describe('a user action', () => {
  test('is refused with an explanation where it is invalid', async () => {
    for (const body of [
      {},
      { act: 'dance' },
      { ...BODY, text: ' ' },
      { ...BODY, text: 'x'.repeat(5000) },
    ]) {
      const answer = await open.act('slack', 'asha-verity', body)
      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.text)).toEqual({
        refused: 'This could not be sent: it is empty, too long or not understood.',
      })
    }
  })

  test('is refused for an unknown person', async () => {
    expect((await open.act('slack', 'nobody', BODY)).text).toContain('Nobody of that name')
  })

  test('is refused where it is not JSON or too large', async () => {
    const asIs = { method: 'POST', headers: { 'content-type': 'application/json' } }
    expect((await open.ask(WRITE, { ...asIs, body: 'x'.repeat(300_000) })).status).toBe(400)
  })
})

test('an open page hears of every change, with all that its person sees', async () => {
  const stream = await fetch(`${open.url}/playground/api/events?person=owen-castell`)
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  const next = async () => String((await reader?.read())?.value)
  expect(await next()).toMatch(/^data: \{"clock":.*"me":"owen-castell"/)
  await open.act('slack', 'owen-castell', { act: 'write', channel: 'D0OWEN', text: 'Good morning' })
  expect(await next()).toContain('Good morning')
  await reader?.cancel()
})
