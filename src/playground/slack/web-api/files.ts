import { type Request, type Response, Router, raw } from 'express'
import { z } from 'zod'
import { failConnection, isConnectionFault } from '../../failure-plan.ts'
import { ApiError } from '../api-error.ts'
import type { Files } from '../files.ts'
import type { WorkspaceState } from '../state.ts'
import { json, type Methods, method } from './arguments.ts'
import type { SlackFailurePlan } from './planned-failure.ts'

/**
 * files.*: how the app uploads a file, into a conversation or for a picture of a message, and asks about one.
 * Source: https://docs.slack.dev/messaging/working-with-files#upload
 */
export function fileMethods(state: WorkspaceState, addressOf: () => string): Methods {
  const { files } = state
  return {
    'files.getUploadURLExternal': method(
      z.object({ filename: z.string().min(1), length: z.coerce.number().int().min(1) }),
      ({ filename, length }) => {
        const id = files.announce(filename, length)
        return { upload_url: `${addressOf()}/upload/${id}`, file_id: id }
      },
    ),
    'files.completeUploadExternal': method(
      z.object({
        files: json,
        channel_id: z.string().optional(),
        initial_comment: z.string().default(''),
      }),
      (args) => {
        const list = z.array(z.object({ id: z.string(), title: z.string().optional() }))
        const parsed = list.min(1).safeParse(args.files)
        if (!parsed.success) throw new ApiError('invalid_arguments')
        const ids = parsed.data.map(({ id }) => id)
        const share = args.channel_id ? sharing(state, args.channel_id) : undefined
        for (const id of ids) files.complete(id)
        share?.(args.initial_comment, ids)
        return { files: parsed.data }
      },
    ),
    'files.info': method(z.object({ file: z.string() }), ({ file }) => ({
      file: files.json(file),
    })),
  }
}

/** Posts files in a conversation, whose id it has to be: Slack takes no person's here. */
function sharing(state: WorkspaceState, channel: string) {
  const conversation = state.conversations.get(channel)
  if (!conversation) throw new ApiError('channel_not_found')
  if (!conversation.members.has(state.bot.userId)) throw new ApiError('not_in_channel')
  return (text: string, files: string[]) =>
    state.post(conversation, { user: state.bot.userId, text, blocks: [], files })
}

export interface FileDownloads {
  readonly files: Files
  readonly botToken: string
  readonly failures: SlackFailurePlan
}

/**
 * Gives the bytes of a file to whoever has the token; others are sent to where people sign in, as is an app without
 * files:read (`{ error: 'missing_scope' }`). Counted and failed as 'download'.
 */
export function downloadRouter({ files, botToken, failures }: FileDownloads): Router {
  const router = Router()
  router.get('/files/:id/:name', async (request: Request<{ id: string }>, response: Response) => {
    const failure = failures.recordCall('download')
    const { id } = request.params
    const bytes = files.bytesOf(id)
    if (isConnectionFault(failure)) return failConnection(response, failure, () => undefined)
    const isAllowed = request.get('authorization') === `Bearer ${botToken}`
    if (!isAllowed || (typeof failure === 'object' && 'error' in failure)) {
      response.redirect(302, 'https://anyshire.slack.com/?redir=%2Ffiles-pri')
    } else if (failure !== undefined) response.status(500).send('Internal Server Error')
    else if (!bytes) response.status(404).end()
    else response.type(files.contentTypeOf(id)).send(bytes)
  })
  return router
}

/** Receives the bytes: in a form, as the official SDK sends them, or as the whole body. */
export function uploadRouter(files: Files): Router {
  const router = Router()
  router.post(
    '/upload/:id',
    raw({ type: () => true, limit: '20mb' }),
    async (request, response) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const bytes = await fileIn(body, request.get('content-type') ?? '')
      try {
        files.receive(request.params.id, bytes)
        response.send('OK')
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        response.status(400).send(error.error)
      }
    },
  )
  return router
}

async function fileIn(body: Buffer, contentType: string): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return body
  const headers = { 'content-type': contentType }
  const form = await new Response(new Uint8Array(body), { headers }).formData()
  const [file] = [...form.values()].filter((value) => typeof value !== 'string')
  return Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0))
}
