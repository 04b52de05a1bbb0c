import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { messageOf, Refusal } from '../../base/errors.ts'

/** Files named on the command line. A failure is a Refusal that says what was kept. */

/**
 * The file is there whole or not at all: it is written beside its place and takes it when it is complete. `mode` says
 * who may read it; usually whom this machine lets.
 */
export async function writeFileAtomically(
  file: string,
  bytes: Uint8Array,
  mode = 0o666,
): Promise<void> {
  const beside = join(dirname(file), `.${basename(file)}.${process.pid}.part`)
  try {
    await writeFile(beside, bytes, { mode })
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true })
    throw new Refusal(`${file} cannot be written (${messageOf(error)}). Nothing was changed.`)
  }
}

export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new Refusal(`${file} cannot be read (${messageOf(error)}). Nothing was changed.`)
  }
}
