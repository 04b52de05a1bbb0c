import express, { type ErrorRequestHandler, type Request } from 'express'
import { z } from 'zod'
import { messageOf, Refusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { maxRequestBody } from './chosen-files.ts'
import { loopbackOnly, pageHeaders } from './guard.ts'
import type { PlaygroundPerson } from './sample.ts'
import { slackAction } from './slack-actions.ts'
import { teamsAction } from './teams-actions.ts'
import type { ClockAction, SlackAction, TeamsAction, ViewModel } from './view-model.ts'

/** What the page may do. Each action throws a Refusal that the page shows to the person. */
export interface PlaygroundActions {
  viewModelFor(person: PlaygroundPerson): ViewModel
  performInSlack(person: PlaygroundPerson, action: SlackAction): Promise<void>
  performInTeams(person: PlaygroundPerson, action: TeamsAction): Promise<void>
  moveClock(action: ClockAction): Promise<void>
  /** An image that Milepost uploaded to Slack, by the id of its file. */
  uploadedFile(id: string): Buffer | undefined
  /** A file that somebody sent, on either side, by its id. */
  fileOf(id: string): Buffer | undefined
}

const clockAction: z.ZodType<ClockAction> = z.object({
  to: z.union([
    z.enum(['next monday', 'tomorrow', 'an hour on']),
    z.object({ local: z.string().max(40) }),
  ]),
})

/** The page and its API under /playground/api: JSON in; 204 for done, 200 with the reason for refused. */
export function playgroundRouter(parts: {
  /** @throws Refusal where there is nobody of that id */
  personOf(id: string): PlaygroundPerson
  actions: PlaygroundActions
  stream: express.RequestHandler
  files: express.Router
  log: Log
}): express.Router {
  const { actions, log } = parts
  const actingPerson = (request: Request) => parts.personOf(String(request.query.person ?? ''))

  const api = express.Router()
  // What people send may bring files.
  api.use(['/slack', '/teams'], express.json({ limit: maxRequestBody }))
  api.use(express.json({ limit: '200kb' }))
  api.get('/events', (request, response, next) => {
    actingPerson(request)
    parts.stream(request, response, next)
  })
  api.get('/state', (request, response) => {
    response.json(actions.viewModelFor(actingPerson(request)))
  })
  api.get('/files/:id', (request, response) => {
    const png = actions.uploadedFile(request.params.id)
    if (png) response.type('png').send(png)
    else response.status(404).end()
  })
  api.get('/downloads/:id', (request, response) => {
    const bytes = actions.fileOf(request.params.id)
    if (bytes) response.attachment().type('application/octet-stream').send(bytes)
    else response.status(404).end()
  })
  api.post('/slack', async (request, response) => {
    await actions.performInSlack(actingPerson(request), slackAction.parse(request.body))
    response.status(204).end()
  })
  api.post('/teams', async (request, response) => {
    await actions.performInTeams(actingPerson(request), teamsAction.parse(request.body))
    response.status(204).end()
  })
  api.post('/clock', async (request, response) => {
    await actions.moveClock(clockAction.parse(request.body))
    response.status(204).end()
  })
  api.use(respondWithError(log))

  // Only the page's own paths: the bot's routes on the same server have guards of their own.
  const router = express.Router()
  router.use(['/playground', '/page'], loopbackOnly, pageHeaders)
  router.get('/', loopbackOnly, pageHeaders)
  router.use('/playground/api', api)
  router.use(parts.files)
  return router
}

/** Answers the page with what went wrong; anything but a refusal is logged as a fault too. */
function respondWithError(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    if (error instanceof Refusal) {
      // A success to the browser: the page shows the text, and the console stays free for faults.
      response.json({ refused: error.message })
    } else if (error instanceof z.ZodError || isBodyParserError(error)) {
      response
        .status(400)
        .json({ refused: 'This could not be sent: it is empty, too long or not understood.' })
    } else {
      log.error({ error: messageOf(error) }, 'The playground could not do what its page asked for')
      response.status(500).json({ refused: `That did not work: ${messageOf(error)}` })
    }
  }
}

/** express.json gives its errors a status: too large, or not JSON. */
function isBodyParserError(error: unknown): boolean {
  return z.looseObject({ status: z.number().min(400).max(499) }).safeParse(error).success
}
