import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import type { AppRequest, AppResponse, SendToApp } from './app-request.ts'
import { json, type Methods } from './web-api/arguments.ts'

export interface SocketModeOptions {
  server: Server
  /** The address of the server, such as http://127.0.0.1:3001. */
  address: () => string
  appId: string
  newId: (prefix: string) => string
  /** How long Slack waits for an acknowledgement. */
  ackTimeoutMs: number
}

const PATH = '/link/'

const acknowledgement = json.pipe(
  z.object({ envelope_id: z.string(), payload: z.unknown().optional() }),
)

/**
 * Socket Mode: the app asks for an address, connects to it, and gets every request in an envelope
 * that it acknowledges. Source: https://docs.slack.dev/apis/events-api/using-socket-mode
 */
export function createSocketMode(options: SocketModeOptions) {
  const { server, newId } = options
  const sockets = new WebSocketServer({ noServer: true })
  const tickets = new Set<string>()
  /** By envelope id. */
  const pendingAcks = new Map<string, (payload: unknown) => void>()

  const methods: Methods = {
    'apps.connections.open': () => {
      const ticket = newId('') + newId('')
      tickets.add(ticket)
      return { url: `${options.address().replace('http', 'ws')}${PATH}?ticket=${ticket}` }
    },
  }

  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const url = new URL(request.url ?? '', options.address())
    // A ticket allows one connection.
    if (url.pathname !== PATH || !tickets.delete(url.searchParams.get('ticket') ?? '')) {
      socket.destroy()
      return
    }
    sockets.handleUpgrade(request, socket, head, sendHello)
  })

  function sendHello(connection: WebSocket): void {
    connection.on('message', (data) => {
      const read = acknowledgement.safeParse(String(data))
      // Close code 1007: the data do not fit the type of the message.
      if (read.success) pendingAcks.get(read.data.envelope_id)?.(read.data.payload)
      else connection.close(1007)
    })
    const connection_info = { app_id: options.appId }
    connection.send(
      JSON.stringify({ type: 'hello', num_connections: sockets.clients.size, connection_info }),
    )
  }

  const send: SendToApp = (request, faults, retry) => {
    if (faults.forge || faults.signedAt)
      throw new Error('Socket Mode signs nothing: forge and signedAt need HTTP.')
    const connection = [...sockets.clients].find((each) => each.readyState === WebSocket.OPEN)
    if (!connection) return Promise.resolve({ status: null, body: null, error: 'dispatch_failed' })
    const id = newId('')
    const response = acknowledgementOf(id)
    connection.send(JSON.stringify(envelope(id, request, retry)))
    return response
  }

  function acknowledgementOf(id: string): Promise<AppResponse> {
    return new Promise((resolve) => {
      const end = (response: AppResponse) => {
        clearTimeout(timer)
        pendingAcks.delete(id)
        resolve(response)
      }
      const timer = setTimeout(
        () => end({ status: null, body: null, error: 'operation_timeout' }),
        options.ackTimeoutMs,
      )
      pendingAcks.set(id, (payload) => end({ status: 200, body: payload ?? null }))
    })
  }

  /**
   * Closes every connection. A socket that is cut while Bolt is closing it leaves Bolt with a timer
   * that holds the process for 30 seconds, so each gets a second for the closing handshake.
   */
  async function close(): Promise<void> {
    await Promise.all([...sockets.clients].map(closeConnection))
    sockets.close()
  }

  return { methods, send, close }
}

function envelope(id: string, { kind, payload }: AppRequest, retry: boolean) {
  return {
    envelope_id: id,
    type: kind,
    payload,
    accepts_response_payload: kind !== 'events_api',
    ...(kind === 'events_api' && {
      retry_attempt: retry ? 1 : 0,
      retry_reason: retry ? 'timeout' : '',
    }),
  }
}

function closeConnection(connection: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => connection.terminate(), 1000)
    connection.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    connection.close()
  })
}
