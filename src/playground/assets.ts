import { readdir, readFile } from 'node:fs/promises'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { basename } from 'node:path'
import express from 'express'

const PAGE_DIRECTORY = new URL('page/', import.meta.url)
const CONTENT_TYPES: Record<string, string> = {
  '.ts': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
}
const require = createRequire(import.meta.url)

/**
 * Serves the page's own files and the official renderer of Adaptive Cards. The page is written in TypeScript and
 * has no build: the first request of a file strips its types, which keeps lines and columns where they are.
 */
export async function pageFiles(): Promise<express.Router> {
  const files = (await readdir(PAGE_DIRECTORY, { recursive: true })).filter((name) =>
    contentTypeOf(name),
  )
  const cache = new Map<string, string>()
  const router = express.Router()

  router.get('/', async (_request, response) => {
    response.type('html').send(await content('index.html'))
  })
  router.get('/page/adaptivecards.js', (_request, response) => {
    response.sendFile(require.resolve('adaptivecards/dist/adaptivecards.min.js'))
  })
  router.get('/page/*path', async (request, response, next) => {
    const name = [request.params.path].flat().join('/')
    // Only files that were in the folder at the start: no path of a request reaches the disk.
    if (!files.includes(name)) return next()
    response.set('content-type', contentTypeOf(name)).send(await content(name))
  })

  async function content(name: string): Promise<string> {
    const cached = cache.get(name)
    if (cached !== undefined) return cached
    const source = await readFile(new URL(name, PAGE_DIRECTORY), 'utf8')
    const text = name.endsWith('.ts') ? stripTypeScriptTypes(source) : source
    cache.set(name, text)
    return text
  }

  return router
}

function contentTypeOf(name: string): string {
  return CONTENT_TYPES[basename(name).replace(/^[^.]*/, '')] ?? ''
}
