import { ApiError } from './api-error.ts'
import type { Block } from './block-kit.ts'

/** A file as the app uploads it: announced, then its bytes, then said to be whole. */
interface StoredFile {
  readonly length: number
  bytes?: Buffer
  isWhole: boolean
}

/** The files of a workspace, none of them shared by itself: a message may show one. */
export class Files {
  readonly #files = new Map<string, StoredFile>()
  readonly #newId: (prefix: string) => string
  /** How often a message that shows a file is refused yet: Slack looks at it after it was uploaded. */
  #unready = 0

  constructor(newId: (prefix: string) => string) {
    this.#newId = newId
  }

  announce(length: number): string {
    const id = this.#newId('F')
    this.#files.set(id, { length, isWhole: false })
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
    file.isWhole = true
  }

  /** Slack takes its time over the next file: so many messages that show it are refused. */
  delayNextFile(refusals: number): void {
    this.#unready = refusals
  }

  bytesOf(id: string): Buffer | undefined {
    const file = this.#files.get(id)
    return file?.isWhole ? file.bytes : undefined
  }

  /** What Slack would say of blocks that show a file which is not there, or not yet. */
  problemsIn(blocks: readonly Block[]): string[] {
    return blocks.flatMap((block, at) => {
      if (block.type !== 'image' || !block.slack_file) return []
      if (this.bytesOf(block.slack_file.id ?? '') && this.#unready === 0) return []
      this.#unready = Math.max(0, this.#unready - 1)
      return [`invalid slack file [json-pointer:/blocks/${at}/slack_file]`]
    })
  }

  #find(id: string): StoredFile {
    const file = this.#files.get(id)
    if (!file) throw new ApiError('file_not_found')
    return file
  }
}
