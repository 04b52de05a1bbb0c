import { createServer } from 'node:http'
import express from 'express'
import type { PlatformRoute } from '../chat/platform-definition.ts'

export interface HttpServerOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly routes: readonly PlatformRoute[]
  /** Other routes on the same port: the playground's. */
  readonly extraRouter: express.Router | undefined
  /** Whether the service accepts requests and the database answers. */
  readonly isReady: () => Promise<boolean>
}

export interface HttpServer {
  /** http://host:port */
  readonly url: string
  /** Finishes running requests, and closes idle connections. */
  close(): Promise<void>
}

/** Listens on Milepost's only port. @throws EADDRINUSE where it is taken */
export async function startHttpServer(parts: HttpServerOptions): Promise<HttpServer> {
  const { host, port, routes, extraRouter, isReady } = parts
  const app = express()
  app.disable('x-powered-by')
  app.get('/healthz', (_, response) => void response.type('text').send('ok'))
  app.get('/readyz', async (_, response) => {
    const up = await isReady()
    const text = up ? 'ready' : 'not ready'
    response
      .status(up ? 200 : 503)
      .type('text')
      .send(text)
  })
  for (const { method, path, listener } of routes) app[method](path, listener)
  if (extraRouter) app.use(extraRouter)
  const server = createServer(app)
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
