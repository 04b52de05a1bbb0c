import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type OpenPlayground, openPlayground } from './small-playground.ts'

let open: OpenPlayground
beforeAll(async () => {
  open = await openPlayground()
})
afterAll(async () => {
  await open.close()
})

const STATE = '/playground/api/state?person=asha-verity'
const WRITE = '/playground/api/slack?person=asha-verity'
const BODY = { act: 'write', channel: 'D0ASHA', text: 'help' }

describe('whom the playground lets in', () => {
  test.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000'])(
    'a browser that asks for %s',
    async (host) => {
      expect((await open.ask(STATE, { headers: { host } })).status).toBe(200)
    },
  )

  test.each(['milepost.example', 'localhost.evil.example:3000', '127.0.0.1.evil.example', 'evil@'])(
    'nobody who came by another name: %s',
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
  ])('no act from the page of another site: %j', async (headers) => {
    const before = open.heard.length
    const answer = await open.ask(WRITE, { method: 'POST', headers, body: BODY })
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('from its own page only')
    expect(open.heard).toHaveLength(before)
  })

  test('acts of its own page', async () => {
    const headers = { origin: open.url, 'sec-fetch-site': 'same-origin' }
    expect((await open.ask(WRITE, { method: 'POST', headers, body: BODY })).status).toBe(204)
  })
})

describe('the page', () => {
  test('runs no script but its own and asks nobody else', async () => {
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

describe('what is sent to it', () => {
  test('is refused in words where it is not understood', async () => {
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

  test('is refused where nobody is called so', async () => {
    expect((await open.act('slack', 'nobody', BODY)).text).toContain('Nobody of that name')
  })

  test('is refused where it is no JSON or far too much', async () => {
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
