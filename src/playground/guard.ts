import type { RequestHandler } from 'express'
import { foreignSignOf } from '../base/loopback.ts'

const refusals = {
  host: 'The playground is open on this machine only, as localhost.',
  site: 'The playground takes requests from its own page only.',
}

/** Accepts requests from a browser on this machine only. */
export const loopbackOnly: RequestHandler = (request, response, next) => {
  const sign = foreignSignOf(request.headers, request.method)
  if (sign) response.status(403).json({ refused: refusals[sign] })
  else next()
}

/** The page loads everything from this server, and runs no script but ours. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const pageHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy': PAGE_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  })
  next()
}
