import { Router, raw } from 'express'
import { z } from 'zod'
import { ApiError } from '../api-error.ts'
import type { Files } from '../files.ts'
import { json, type Methods, method } from './arguments.ts'

/**
 * files.*: how the app uploads an image.
 * Source: https://docs.slack.dev/messaging/working-with-files#upload
 */
export function fileMethods(files: Files, addressOf: () => string): Methods {
  return {
    'files.getUploadURLExternal': method(
      z.object({ filename: z.string().min(1), length: z.coerce.number().int().min(1) }),
      ({ length }) => {
        const id = files.announce(length)
        return { upload_url: `${addressOf()}/upload/${id}`, file_id: id }
      },
    ),
    'files.completeUploadExternal': method(
      z.object({ files: json, channel_id: z.string().optional() }),
      (args) => {
        const list = z.array(z.object({ id: z.string(), title: z.string().optional() }))
        const parsed = list.min(1).safeParse(args.files)
        if (!parsed.success) throw new ApiError('invalid_arguments')
        // Slack would show it in the channel as a second message beside the digest's.
        if (args.channel_id) throw new ApiError('no_permission')
        for (const { id } of parsed.data) files.complete(id)
        return { files: parsed.data }
      },
    ),
  }
}

/** Receives the bytes: in a form, as the official SDK sends them, or as the whole body. */
export function uploadRouter(files: Files): Router {
  const router = Router()
  router.post('/upload/:id', raw({ type: () => true, limit: '5mb' }), async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const bytes = await fileIn(body, request.get('content-type') ?? '')
    try {
      files.receive(request.params.id, bytes)
      response.send('OK')
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      response.status(400).send(error.error)
    }
  })
  return router
}

async function fileIn(body: Buffer, contentType: string): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return body
  const headers = { 'content-type': contentType }
  const form = await new Response(new Uint8Array(body), { headers }).formData()
  const [file] = [...form.values()].filter((value) => typeof value !== 'string')
  return Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0))
}
