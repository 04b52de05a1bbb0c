import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import express from 'express'

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void

export interface HttpServerOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** At /slack/events and /api/messages; left out, there is nothing. */
  readonly slack: RequestListener | undefined
  readonly teams: RequestListener | undefined
  /** What else is served on the same port: the playground. */
  readonly extraRouter: express.Router | undefined
  /** Whether requests are taken, and the database answers. */
  readonly isReady: () => Promise<boolean>
}

export interface HttpServer {
  /** http://host:port */
  readonly url: string
  /** Answers what has been asked, and lets go of connections that only wait. */
  close(): Promise<void>
}

/** The one port of Milepost. Throws where it is taken. */
export async function startHttpServer(parts: HttpServerOptions): Promise<HttpServer> {
  const { host, port, slack, teams, extraRouter, isReady } = parts
  const app = express()
  app.disable('x-powered-by')
  app.get('/healthz', (_, response) => void response.type('text').send('ok'))
  app.get('/readyz', async (_, response) => {
    const up = await isReady()
    const told = up ? 'ready' : 'not ready'
    response
      .status(up ? 200 : 503)
      .type('text')
      .send(told)
  })
  if (slack) app.post('/slack/events', slack)
  if (teams) app.post('/api/messages', teams)
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
