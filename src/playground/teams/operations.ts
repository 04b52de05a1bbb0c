import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import { ZodError, z } from 'zod'
import { messageOf } from '../../base/errors.ts'
import { badArgument, ConnectorError, tooBig } from './connector-error.ts'
import type { FailurePlan, FailureStatus, Operation } from './failure-plan.ts'

export interface ConnectorResponse {
  status: number
  body?: unknown
}

type OperationHandler = (request: Request) => ConnectorResponse | Promise<ConnectorResponse>

/** Makes the route of one operation: counts the call, fails it as laid ready, else answers with `handle`. */
export function operationRoutes(failures: FailurePlan) {
  return (operation: Operation, handle: OperationHandler): RequestHandler =>
    async (request, response) => {
      const failure = failures.recordCall(operation)
      if (failure === 'timeout') return // The line stays open until the caller or the tenant closes it.
      if (failure === 'drop_before') return hangUp(request)
      if (typeof failure === 'number') throw plannedError({ status: failure })
      if (typeof failure === 'object') throw plannedError(failure)
      const { status, body } = await handle(request)
      if (failure === 'drop_after') return hangUp(request)
      if (failure === 'garbage') return void response.status(200).type('html').send(nonJsonPage)
      response.status(status).json(body ?? {})
    }
}

/** What a proxy in between may say. */
const nonJsonPage = '<!doctype html><title>Sign in</title>'

function hangUp(request: Request): void {
  request.socket.destroy()
}

const DEFAULT_CODES: Record<number, string> = {
  412: 'PreconditionFailed',
  429: 'TooManyRequests',
  500: 'ServiceError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
}

function plannedError({ status, code, message, retryAfterSeconds }: FailureStatus): ConnectorError {
  const usual = DEFAULT_CODES[status] ?? `Status${status}`
  return new ConnectorError(
    status,
    code ?? usual,
    message ?? 'A test asked for this failure.',
    retryAfterSeconds,
  )
}

/** Every failure in the connector's shape: `{ error: { code, message } }`. */
export const errorHandler: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const { status, code, message, retryAfterSeconds } = asConnectorError(error)
  if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds))
  response.status(status).json({ error: { code, message } })
}

/** Express marks what its body parser refuses with a status. */
const parserError = z.looseObject({ status: z.number().min(400).max(499), message: z.string() })

function asConnectorError(error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error
  if (error instanceof ZodError) return badArgument(z.prettifyError(error))
  const refused = parserError.safeParse(error)
  if (refused.success && refused.data.status === 413) return tooBig(refused.data.message)
  if (refused.success) return badArgument(refused.data.message)
  return new ConnectorError(500, 'ServiceError', messageOf(error))
}
