import { afterEach, expect, test } from '@jest/globals'
import { createRateLimit } from '../../../src/app/dates/rate-limit.ts'
import { serveDates } from '../../../src/app/dates/serve-dates.ts'
import { type HttpServer, startHttpServer } from '../../../src/app/http.ts'
import { clockAt } from '../../support/clock.ts'

const quiet = () => {}
let server: HttpServer | undefined
afterEach(() => server?.close())

async function get(path: string, limit = createRateLimit(10, 300)) {
  server = await startHttpServer({
    ...{ host: '127.0.0.1', port: 0, routes: [] },
    extraRouters: [
      serveDates({
        clock: clockAt(new Date('2026-02-27T12:00:00Z')),
        read: async (token) => (token === 'good' ? Buffer.from('BEGIN:VCALENDAR') : undefined),
        limit,
      }),
    ],
    readiness: async () => ({ isReady: true, details: [] }),
    log: { info: quiet, warn: quiet, error: quiet },
  })
  const response = await fetch(`${server.url}${path}`)
  return { response, text: await response.text() }
}

test('a good link is a calendar that nobody keeps', async () => {
  const { response, text } = await get('/dates/good.ics')
  expect([response.status, text]).toEqual([200, 'BEGIN:VCALENDAR'])
  expect(Object.fromEntries(response.headers)).toMatchObject({
    ...{ 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, no-store' },
    'referrer-policy': 'no-referrer',
  })
})

test.each(['/dates/other.ics', '/dates/..%2Fgood.ics', '/dates/.ics'])(
  '%s is nothing, and says no more than that',
  async (path) => {
    const { response, text } = await get(path)
    expect([response.status, text]).toEqual([404, 'There is nothing here, or not any more.\n'])
  },
)

test('who asks too often is told when to come again', async () => {
  const { response } = await get('/dates/good.ics', createRateLimit(0, 0))
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '60'])
})

test('so many of each in a minute, and so many of all; the next minute begins anew', () => {
  const limit = createRateLimit(2, 3)
  const at = (time: string) => new Date(`2026-02-27T${time}Z`)
  const taken = (key: string, time: string) => limit.take(key, at(time))
  expect(['12:00:00', '12:00:59', '12:00:59'].map((time) => taken('a', time))).toEqual([
    ...[true, true, false],
  ])
  expect([taken('b', '12:00:59'), taken('c', '12:00:59')]).toEqual([true, false])
  expect([taken('a', '12:01:00'), taken('c', '12:01:00')]).toEqual([true, true])
})
