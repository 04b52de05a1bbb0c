import express, { type Express, type Request, type Response } from 'express'
import { failConnection, isConnectionFault } from '../../failure-plan.ts'
import { ApiError } from '../api-error.ts'
import type { Files } from '../files.ts'
import type { ResponseUrls } from '../response-urls.ts'
import type { Views } from '../views.ts'
import { type Methods, readArguments } from './arguments.ts'
import { downloadRouter, uploadRouter } from './files.ts'
import type { PlannedFailure, SlackFailurePlan } from './planned-failure.ts'

export interface WebApiOptions {
  /** The methods that the bot's token may call. */
  methods: Methods
  /** The methods that the app-level token may call (Socket Mode). */
  appMethods: Methods
  botToken: string
  appToken: string | undefined
  responseUrls: ResponseUrls
  failures: SlackFailurePlan
  files: Files
  views: Views
}

/** The HTTP server of the workspace: `/api/<method>`, `/response/<token>`, `/upload/<file>`, `/files/<file>/<name>`. */
export function createWebApi(parts: WebApiOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use(uploadRouter(parts.files))
  app.use(downloadRouter(parts))
  app.use(express.text({ type: () => true, limit: '5mb' }))

  app.post('/api/:method', async (request, response) => {
    const name = request.params.method
    if (name === 'views.update') await parts.views.submissionsSettled()
    await respond(response, parts.failures.recordCall(name), () => ({
      ok: true,
      ...call(parts, name, request),
    }))
  })

  app.post('/response/:token', async (request, response) => {
    await respond(
      response,
      parts.failures.recordCall('response_url'),
      () => {
        parts.responseUrls.use(
          request.params.token,
          readArguments(bodyOf(request), 'application/json'),
        )
        return { ok: true }
      },
      404,
    )
  })
  return app
}

function call(parts: WebApiOptions, name: string, request: Request): object {
  const run = parts.methods[name] ?? parts.appMethods[name]
  if (!run) throw new ApiError('unknown_method')
  const args = readArguments(bodyOf(request), request.get('content-type') ?? '')
  const token = request.get('authorization')?.replace(/^Bearer /, '') ?? args.token
  const expected = name in parts.methods ? parts.botToken : parts.appToken
  if (!token) throw new ApiError('not_authed')
  if (token !== expected) throw new ApiError('invalid_auth')
  return run(args)
}

/** Express leaves an empty object where a request has no body. */
function bodyOf(request: Request): string {
  return typeof request.body === 'string' ? request.body : ''
}

/** Answers a call, or fails it as planned. A refusal of Slack's has `refusedStatus`. */
async function respond(
  response: Response,
  failure: PlannedFailure | undefined,
  run: () => object,
  refusedStatus = 200,
): Promise<void> {
  if (isConnectionFault(failure)) {
    await failConnection(response, failure, () => resultOrError(run))
  } else if (failure === '500') {
    response.status(500).send('Internal Server Error')
  } else if (failure === 'rate_limited' || (failure && 'retryAfter' in failure)) {
    const seconds = failure === 'rate_limited' ? 1 : failure.retryAfter
    response.status(429).set('Retry-After', String(seconds)).json(errorJson('ratelimited'))
  } else {
    const result = failure ? errorJson(failure.error) : resultOrError(run)
    response.status('error' in result ? refusedStatus : 200).json(result)
  }
}

function resultOrError(run: () => object): object {
  try {
    return run()
  } catch (error) {
    if (error instanceof ApiError) return errorJson(error.error, error.messages)
    throw error
  }
}

function errorJson(error: string, messages: readonly string[] = []): object {
  if (messages.length === 0) return { ok: false, error }
  const marked = messages.map((message) => `[ERROR] ${message}`)
  return { ok: false, error, errors: messages, response_metadata: { messages: marked } }
}
