import express from 'express'
import type { PublicPages } from './public-pages.ts'

/** Whatever gets into such a page loads and runs nothing, and no other site shows it as its own. */
const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

export function servePages(pages: PublicPages): express.Router {
  const router = express.Router()
  for (const [path, html] of pages) {
    router.get(path, (_, response) => void response.set(headers).type('html').send(html))
  }
  return router
}
