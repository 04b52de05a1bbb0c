import type { RequestHandler } from 'express'

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])
const SAFE_METHODS = new Set(['GET', 'HEAD'])

/**
 * Accepts requests from a browser on this machine only. Listening on loopback is not enough: a page of another site
 * can point its own name at 127.0.0.1 (DNS rebinding) or post across sites; the headers show both.
 */
export const loopbackOnly: RequestHandler = (request, response, next) => {
  const { host = '', origin } = request.headers
  if (!LOOPBACK_HOSTS.has(hostnameOf(`http://${host}`))) {
    response
      .status(403)
      .json({ refused: 'The playground is open on this machine only, as localhost.' })
    return
  }
  if (!SAFE_METHODS.has(request.method)) {
    const site = request.headers['sec-fetch-site'] ?? 'none'
    const foreign = origin !== undefined && origin !== `http://${host}`
    if (foreign || (site !== 'same-origin' && site !== 'none')) {
      response
        .status(403)
        .json({ refused: 'The playground takes requests from its own page only.' })
      return
    }
  }
  next()
}

function hostnameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : ''
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
