import { createServer, type RequestListener, type Server } from 'node:http'
import express from 'express'
import { messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { PlatformRoute } from '../chat/platform-definition.ts'

export interface HttpServerOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly routes: readonly PlatformRoute[]
  /** Other routes on the same port: the pages for everybody, the playground's. */
  readonly extraRouters: readonly express.Router[]
  readonly readiness: () => Promise<Readiness>
  readonly log: Log
  /** Left out: `serverLimits`. */
  readonly limits?: ServerLimits
}

export interface Readiness {
  /** Whether the service takes requests: the database answers, and at least one platform works. */
  readonly isReady: boolean
  /** What it depends on, and how it stands with each: "slack: not answering". */
  readonly details: readonly string[]
}

export interface ServerLimits {
  readonly connections: number
  /** From the first byte of a request to the end of its headers. */
  readonly headersMs: number
  /** To the end of its body. */
  readonly requestMs: number
  /** How long an idle connection is kept for the next request. */
  readonly keepAliveMs: number
  readonly headerBytes: number
}

/**
 * Of the server of Milepost's only port; deploy/Caddyfile has the same for the proxy in front of it. A platform sends
 * its few kilobytes in one go, so none of these is near what it needs. How large bodies may be: chat/request-body.ts.
 */
export const serverLimits: ServerLimits = {
  connections: 1_000,
  headersMs: 10_000,
  requestMs: 15_000,
  keepAliveMs: 5_000,
  headerBytes: 16 * 1024,
}

export interface HttpServer {
  /** http://host:port */
  readonly url: string
  /** Finishes running requests, and closes idle connections. */
  close(): Promise<void>
}

/** Listens on Milepost's only port. @throws EADDRINUSE where it is taken */
export async function startHttpServer(parts: HttpServerOptions): Promise<HttpServer> {
  const { host, port, routes, extraRouters, readiness, log, limits = serverLimits } = parts
  const app = express()
  app.disable('x-powered-by')
  app.get('/healthz', (_, response) => void response.type('text').send('ok'))
  app.get('/readyz', async (_, response) => {
    const { isReady, details } = await readiness()
    response
      .status(isReady ? 200 : 503)
      .type('text')
      .send([isReady ? 'ready' : 'not ready', ...details].join('\n'))
  })
  for (const { method, path, listener } of routes) app[method](path, listener)
  for (const router of extraRouters) app.use(router)
  app.use(refuseBriefly(log))
  const server = createLimitedServer(straightTo(routes, app), limits)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  const at = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://${host === '0.0.0.0' ? 'localhost' : host}:${at}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}

/**
 * A platform's requests go straight to its listener, which needs nothing of express; whatever is written otherwise than
 * its path (a slash more, say) is left to express, as is everything else.
 */
function straightTo(routes: readonly PlatformRoute[], app: RequestListener): RequestListener {
  const listeners = new Map(
    routes.map(({ method, path, listener }) => [`${method.toUpperCase()} ${path}`, listener]),
  )
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1)
    const listener = listeners.get(`${request.method} ${path}`) ?? app
    listener(request, response)
  }
}

function createLimitedServer(listener: RequestListener, limits: ServerLimits): Server {
  const { connections, headersMs, requestMs, keepAliveMs, headerBytes } = limits
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: keepAliveMs,
      maxHeaderSize: headerBytes,
      // Node looks for connections that are too slow at this interval.
      connectionsCheckingInterval: Math.min(headersMs, 1_000),
    },
    listener,
  )
  server.maxConnections = connections
  return server
}

/** In place of express's own, which answers with the stack of the error where NODE_ENV is not production. */
function refuseBriefly(log: Log): express.ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error)
    const status = clientErrorStatus(error) ?? 500
    if (status === 500) log.error({ error: messageOf(error) }, 'A request failed')
    response.status(status).type('text').send('Milepost refused this request.\n')
  }
}

/** express gives what is wrong with a request a status: a path that cannot be decoded, say. */
function clientErrorStatus(error: unknown): number | undefined {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}
