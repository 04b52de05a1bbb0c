import { ApiError } from './api-error.ts'
import type { Block } from './block-kit.ts'

/** A file of a person, as they choose it. */
export interface NewFile {
  readonly name: string
  readonly contentType: string
  readonly bytes: Buffer
}

/** A file of the app is announced, then received, then completed; one of a person is complete at once. */
interface StoredFile {
  readonly name: string
  readonly contentType: string
  readonly length: number
  bytes?: Buffer
  isComplete: boolean
}

export type KeptFiles = readonly (readonly [string, StoredFile])[]

/** The files of a workspace. A message may bring some, or show one. */
export class Files {
  readonly #files = new Map<string, StoredFile>()
  readonly #newId: (prefix: string) => string
  /** How many more messages that show a file are refused: Slack processes a file after its upload. */
  #refusalsLeft = 0
  #address = () => ''

  constructor(newId: (prefix: string) => string) {
    this.#newId = newId
  }

  keep(): KeptFiles {
    return [...this.#files]
  }

  restore(kept: KeptFiles): void {
    for (const [id, file] of kept) this.#files.set(id, file)
  }

  /** Says where files are downloaded from: "http://127.0.0.1:4000". */
  serveAt(address: () => string): void {
    this.#address = address
  }

  add({ name, contentType, bytes }: NewFile): string {
    const id = this.announce(name, bytes.length, contentType)
    this.receive(id, bytes)
    this.complete(id)
    return id
  }

  announce(name: string, length: number, contentType = 'application/octet-stream'): string {
    const id = this.#newId('F')
    this.#files.set(id, { name, contentType, length, isComplete: false })
    return id
  }

  receive(id: string, bytes: Buffer): void {
    const file = this.#find(id)
    if (bytes.length !== file.length) throw new ApiError('file_upload_size_mismatch')
    file.bytes = bytes
  }

  complete(id: string): void {
    const file = this.#find(id)
    if (!file.bytes) throw new ApiError('file_not_found')
    file.isComplete = true
  }

  /** Refuses the next `refusals` messages that show a file, as if Slack were still processing it. */
  delayNextFile(refusals: number): void {
    this.#refusalsLeft = refusals
  }

  bytesOf(id: string): Buffer | undefined {
    const file = this.#files.get(id)
    return file?.isComplete ? file.bytes : undefined
  }

  /** What a person sees of a file. */
  describe(id: string): { id: string; name: string; size: number } {
    const { name, length } = this.#find(id)
    return { id, name, size: length }
  }

  contentTypeOf(id: string): string {
    return this.#find(id).contentType
  }

  /** A file as Slack sends it. Source: https://docs.slack.dev/reference/objects/file-object */
  json(id: string): Record<string, unknown> {
    const { name, contentType, length } = this.#find(id)
    const url = `${this.#address()}/files/${id}/${encodeURIComponent(name)}`
    return {
      ...{ id, name, title: name, mimetype: contentType, size: length },
      ...{ mode: 'hosted', is_external: false, file_access: 'visible' },
      ...{ url_private: url, url_private_download: url },
    }
  }

  /** Slack's errors for blocks that show a missing or an unprocessed file. */
  problemsIn(blocks: readonly Block[]): string[] {
    return blocks.flatMap((block, at) => {
      if (block.type !== 'image' || !block.slack_file) return []
      if (this.bytesOf(block.slack_file.id ?? '') && this.#refusalsLeft === 0) return []
      this.#refusalsLeft = Math.max(0, this.#refusalsLeft - 1)
      return [`invalid slack file [json-pointer:/blocks/${at}/slack_file]`]
    })
  }

  #find(id: string): StoredFile {
    const file = this.#files.get(id)
    if (!file) throw new ApiError('file_not_found')
    return file
  }
}
