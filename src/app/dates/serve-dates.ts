import express from 'express'
import type { Clock } from '../../base/clock.ts'
import { hashOfDateToken } from '../../domain/date-links/store.ts'
import { createRateLimit, type RateLimit } from './rate-limit.ts'

export interface DatesOptions {
  readonly clock: Clock
  /** The calendar that a token leads to; undefined: it leads nowhere. */
  readonly read: (token: string) => Promise<Uint8Array | undefined>
  /** Left out: a calendar asks 10 times a minute at most, and all of them 300 times. */
  readonly limit?: RateLimit
}

/** The path has a secret in it: nobody keeps the answer, and no page is told where it came from. */
const headers = {
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
}

/** Serves the dates of plans to calendars, by links that people made. */
export function serveDates({
  clock,
  read,
  limit = createRateLimit(10, 300),
}: DatesOptions): express.Router {
  const router = express.Router()
  router.get('/dates/:file', async (request, response) => {
    const token = request.params.file.replace(/\.ics$/, '')
    response.set(headers)
    if (!limit.take(hashOfDateToken(token), clock.now())) {
      response.status(429).set('retry-after', '60').type('text').send('Ask again in a minute.\n')
      return
    }
    const bytes = await read(token)
    // Unknown, revoked and not to be read any more look alike.
    if (bytes === undefined) {
      response.status(404).type('text').send('There is nothing here, or not any more.\n')
      return
    }
    response.type('text/calendar; charset=utf-8').send(Buffer.from(bytes))
  })
  return router
}
