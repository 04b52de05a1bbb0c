import { Refusal } from '../base/errors.ts'
import { shorten } from '../base/text.ts'

/** A file that a person sent to Milepost, not downloaded yet. */
export interface ReceivedFile {
  /** As the person named it, without folders. */
  readonly name: string
  /** In bytes; undefined where the platform does not tell. It may be wrong: what counts is what is downloaded. */
  readonly sizeBytes?: number | undefined
  /** What the platform takes it for, which goes by its name alone. */
  readonly contentType?: string | undefined
  /** Downloads it, once however often it is called. @throws FileRefusal */
  read(): Promise<Uint8Array>
}

export const fileLimits = {
  /** Of one file: what a sheet may have (base/sheets/sheet-limits.ts). */
  bytes: 10 * 1024 * 1024,
  /** Of one message. */
  files: 5,
  /** Of one download, in milliseconds. */
  downloadMs: 30_000,
}

export type FileFault = 'too large' | 'download failed' | 'too late' | 'not allowed'

/** Why a file was not read, in words for the person who sent it. */
export class FileRefusal extends Refusal {
  readonly fault: FileFault

  constructor(fault: FileFault, message: string) {
    super(message)
    this.fault = fault
  }
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`

/** A name as it stands in a sentence. */
const shown = (name: string) => `“${shorten(name, 80)}”`

export const fileRefusal = {
  tooLarge: (name: string, bytes?: number) =>
    new FileRefusal(
      'too large',
      `${shown(name)} ${bytes === undefined ? 'is too large' : `has ${megabytes(bytes)}`}: I read files of ${megabytes(fileLimits.bytes)} at most. Nothing was saved. Please take out pictures and old sheets, or send the sheet with the plan alone.`,
    ),
  downloadFailed: (name: string) =>
    new FileRefusal(
      'download failed',
      `I could not download ${shown(name)}. Nothing was saved. Please send it again.`,
    ),
  tooLate: (name: string) =>
    new FileRefusal(
      'too late',
      `${shown(name)} did not arrive within ${fileLimits.downloadMs / 1000} seconds. Nothing was saved. Please send it again.`,
    ),
  /** `why`: whole sentences, the last of which says what to do. */
  notAllowed: (name: string, why: string) =>
    new FileRefusal('not allowed', `I did not read ${shown(name)}. ${why} Nothing was saved.`),
}

/** What a sender called a file, as it may stand in a sentence or a record: no folders, no control characters. */
export function fileNameOf(given: string | null | undefined): string {
  const [name = ''] = (given ?? '').split(/[/\\]/).slice(-1)
  return shorten(name.replaceAll(/\p{Cc}/gu, '').trim(), 200) || 'file'
}

/**
 * The files, downloaded one after the other. One that cannot be read says so when it is read, so that a command can go
 * on with the others.
 */
export async function readAhead(files: readonly ReceivedFile[]): Promise<ReceivedFile[]> {
  const read: ReceivedFile[] = []
  for (const file of files) {
    const content = file.read()
    await content.catch(() => {})
    read.push({ ...file, read: () => content })
  }
  return read
}
