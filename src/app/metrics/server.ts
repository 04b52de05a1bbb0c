import { createServer } from 'node:http'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { foreignSignOf, isLoopbackHost } from '../../base/loopback.ts'
import type { Metrics } from './metrics.ts'

export interface MetricsServer {
  readonly port: number
  close(): Promise<void>
}

/**
 * Serves /metrics on a port of its own, so that no proxy which lets the platforms in lets anybody in to the figures.
 * `port` 0: any free one. Throws where it is taken.
 */
export function serveMetrics(
  metrics: Metrics,
  { host, port, log }: { readonly host: string; readonly port: number; readonly log: Log },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    // Where only this machine may read them, a web page that it shows may not (DNS rebinding).
    if (isLoopbackHost(host) && foreignSignOf(request.headers, request.method)) {
      response.writeHead(403).end()
      return
    }
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    metrics.render().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      (error: unknown) => {
        log.warn({ error: messageOf(error) }, 'The metrics could not be read')
        response.writeHead(503).end()
      },
    )
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            server.closeAllConnections()
          }),
      })
    })
  })
}
