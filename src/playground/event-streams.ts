import type { RequestHandler, Response } from 'express'

/** A burst of changes (a clock moved by days, say) becomes one message that still seems immediate. */
const THROTTLE_MS = 80

/** Server-sent events: each open page gets the whole view model of its person, at first and after every change. */
export function createEventStreams(viewModelOf: (personId: string) => unknown) {
  const open = new Map<Response, string>()
  let timer: NodeJS.Timeout | undefined

  const send = (response: Response, personId: string) =>
    response.write(`data: ${JSON.stringify(viewModelOf(personId))}\n\n`)

  const stream: RequestHandler = (request, response) => {
    const personId = String(request.query.person ?? '')
    response.set('content-type', 'text/event-stream; charset=utf-8')
    response.flushHeaders()
    send(response, personId)
    open.set(response, personId)
    response.on('close', () => open.delete(response))
  }

  return {
    stream,
    /** Sends every page its view model, at most once per throttle period. */
    notify(): void {
      timer ??= setTimeout(() => {
        timer = undefined
        for (const [response, personId] of open) send(response, personId)
      }, THROTTLE_MS)
    },
    close(): void {
      clearTimeout(timer)
      for (const response of open.keys()) response.end()
    },
  }
}
