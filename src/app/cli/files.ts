import { createReadStream } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { messageOf, Refusal } from '../../base/errors.ts'
import { sheetLimits } from '../../base/sheets/sheet-limits.ts'
import { partialFileFor } from '../../infra/partial-file.ts'

/** Files named on the command line. A failure is a Refusal that says what was kept. */

/**
 * The file is there whole or not at all: it is written beside its place and takes it when it is complete. It holds
 * names and what people wrote, so only its owner may read it.
 */
export async function writeFileAtomically(file: string, bytes: Uint8Array): Promise<void> {
  const partial = partialFileFor(file)
  try {
    await writeFile(partial.path, bytes, { ...partial.options, flush: true })
    await rename(partial.path, file)
  } catch (error) {
    await rm(partial.path, { force: true })
    throw new Refusal(`${file} cannot be written (${messageOf(error)}). Nothing was changed.`)
  }
}

/** A sheet's bytes: one more than a sheet may have, of a file that is larger. */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await buffer(createReadStream(file, { end: sheetLimits.bytes }))
  } catch (error) {
    throw new Refusal(`${file} cannot be read (${messageOf(error)}). Nothing was changed.`)
  }
}
