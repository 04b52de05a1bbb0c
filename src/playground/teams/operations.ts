import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import { ZodError, z } from 'zod'
import { messageOf } from '../../base/errors.ts'
import { type FailurePlan, failConnection, isConnectionFault } from '../failure-plan.ts'
import { badArgument, ConnectorError, tooBig } from './connector-error.ts'
import type { FailureStatus, Operation, PlannedFailure } from './planned-failure.ts'

export interface ConnectorResponse {
  status: number
  body?: unknown
}

type OperationHandler = (request: Request) => ConnectorResponse | Promise<ConnectorResponse>

export type TeamsFailurePlan = FailurePlan<Operation, PlannedFailure>

/** Makes the route of one operation: counts the call, fails it as planned, else answers with `handle`. */
export function operationRoutes(failures: TeamsFailurePlan) {
  return (operation: Operation, handle: OperationHandler): RequestHandler =>
    async (request, response) => {
      const failure = failures.recordCall(operation)
      if (isConnectionFault(failure)) {
        await failConnection(response, failure, () => handle(request))
        return
      }
      if (typeof failure === 'number') throw plannedError({ status: failure })
      if (typeof failure === 'object') throw plannedError(failure)
      const { status, body } = await handle(request)
      response.status(status).json(body ?? {})
    }
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
  const defaultCode = DEFAULT_CODES[status] ?? `Status${status}`
  return new ConnectorError(
    status,
    code ?? defaultCode,
    message ?? 'A test asked for this failure.',
    retryAfterSeconds,
  )
}

/** Answers every failure in the connector's shape: `{ error: { code, message } }`. */
export const errorHandler: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const { status, code, message, retryAfterSeconds } = asConnectorError(error)
  if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds))
  response.status(status).json({ error: { code, message } })
}

/** Express gives the errors of its body parser a status. */
const parserError = z.looseObject({ status: z.number().min(400).max(499), message: z.string() })

function asConnectorError(error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error
  if (error instanceof ZodError) return badArgument(z.prettifyError(error))
  const refused = parserError.safeParse(error)
  if (refused.success && refused.data.status === 413) return tooBig(refused.data.message)
  if (refused.success) return badArgument(refused.data.message)
  return new ConnectorError(500, 'ServiceError', messageOf(error))
}
