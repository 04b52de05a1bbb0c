import { ApiError } from './api-error.ts'
import type { Block } from './block-kit.ts'

/** A file as the app uploads it: announced, then received, then completed. */
interface StoredFile {
  readonly length: number
  bytes?: Buffer
  isComplete: boolean
}

/** The files of a workspace. None is shared in a channel; a message may show one. */
export class Files {
  readonly #files = new Map<string, StoredFile>()
  readonly #newId: (prefix: string) => string
  /** How many more messages that show a file are refused: Slack processes a file after its upload. */
  #refusalsLeft = 0

  constructor(newId: (prefix: string) => string) {
    this.#newId = newId
  }

  announce(length: number): string {
    const id = this.#newId('F')
    this.#files.set(id, { length, isComplete: false })
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
