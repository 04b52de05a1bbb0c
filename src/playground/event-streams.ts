import type { RequestHandler, Response } from 'express'

/** So that a burst of changes (a clock moved by days, say) is one message, and still seems immediate. */
const THROTTLE_MS = 80

/** Server-sent events: each open page gets the whole of what its person sees, at first and after every change. */
export function createEventStreams(seenBy: (personId: string) => unknown) {
  const open = new Map<Response, string>()
  let planned: NodeJS.Timeout | undefined

  const send = (response: Response, personId: string) =>
    response.write(`data: ${JSON.stringify(seenBy(personId))}\n\n`)

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
    /** Tells every page soon. */
    changed(): void {
      planned ??= setTimeout(() => {
        planned = undefined
        for (const [response, personId] of open) send(response, personId)
      }, THROTTLE_MS)
    },
    close(): void {
      clearTimeout(planned)
      for (const response of open.keys()) response.end()
    },
  }
}
