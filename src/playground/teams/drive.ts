import { randomUUID } from 'node:crypto'
import { Router, raw } from 'express'
import { badArgument, ConnectorError } from './connector-error.ts'
import type { DriveFile } from './model.ts'
import { operationRoutes, type TeamsFailurePlan } from './operations.ts'

/** A file of a person, as they choose it. */
export interface NewFile {
  readonly name: string
  readonly bytes: Buffer
}

interface StoredFile {
  readonly name: string
  /** Undefined until a bot has put them there. */
  bytes?: Buffer
}

export type KeptFiles = readonly (readonly [string, StoredFile])[]

/** The OneDrives of the tenant's people: where files are that go from them to the bot, and from the bot to them. */
export class Drive {
  readonly #files = new Map<string, StoredFile>()
  readonly #origin: string

  constructor(origin: string) {
    this.#origin = origin
  }

  add({ name, bytes }: NewFile): DriveFile {
    const id = randomUUID()
    this.#files.set(id, { name, bytes })
    return { id, name, size: bytes.length }
  }

  keep(): KeptFiles {
    return [...this.#files]
  }

  restore(kept: KeptFiles): void {
    for (const [id, file] of kept) this.#files.set(id, file)
  }

  /** A place for a file that a bot may put there. */
  reserve(name: string): string {
    const id = randomUUID()
    this.#files.set(id, { name })
    return id
  }

  bytesOf(id: string): Buffer | undefined {
    return this.#files.get(id)?.bytes
  }

  /** What the bot is told of a file that a person sends. */
  downloadInfo({ id, name }: DriveFile) {
    return {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      contentUrl: `${this.#origin}/onedrive/Documents/${encodeURIComponent(name)}`,
      name,
      content: {
        downloadUrl: `${this.#origin}/onedrive/${id}`,
        ...{ uniqueId: id, fileType: endingOf(name) },
      },
    }
  }

  /** What the bot is told of the place for its file. */
  uploadInfo(id: string, name: string) {
    return {
      contentUrl: `${this.#origin}/onedrive/${id}`,
      uploadUrl: `${this.#origin}/onedrive/upload/${id}`,
      ...{ name, uniqueId: id, fileType: endingOf(name) },
    }
  }

  /** @throws ConnectorError as OneDrive refuses an upload */
  put(id: string, bytes: Buffer, range: string | undefined): void {
    const file = this.#files.get(id)
    if (!file || file.bytes)
      throw new ConnectorError(404, 'itemNotFound', 'There is no such upload.')
    if (range !== `bytes 0-${bytes.length - 1}/${bytes.length}`)
      throw badArgument('The Content-Range is not that of the whole file.')
    file.bytes = bytes
  }
}

const endingOf = (name: string) => name.split('.').at(-1) ?? ''

/**
 * Where files are fetched from and put to. Whoever has the address may: a request with a token is refused, because a bot
 * that sends its own here gives it away.
 */
export function driveRoutes(drive: Drive, failures: TeamsFailurePlan): Router {
  const router = Router()
  const route = operationRoutes(failures)
  router.use((request, response, next) => {
    if (request.get('authorization') === undefined) next()
    else response.status(400).send('No token belongs here.')
  })
  router.put(
    '/upload/:id',
    raw({ type: () => true, limit: '20mb' }),
    route('uploadFile', ({ params, body, headers }) => {
      drive.put(
        String(params.id),
        Buffer.isBuffer(body) ? body : Buffer.alloc(0),
        headers['content-range'],
      )
      return { status: 201 }
    }),
  )
  router.get('/:id', (request, response, next) => {
    if (failures.recordCall('downloadFile') !== undefined) {
      response.status(503).end()
      return
    }
    const bytes = drive.bytesOf(request.params.id)
    if (bytes) response.type('application/octet-stream').send(bytes)
    else next()
  })
  return router
}
