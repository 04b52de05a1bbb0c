import { readFile, writeFile } from 'node:fs/promises'
import { messageOf, Refusal } from './base/errors.ts'

/** Files that an operator names on the command line. What fails is told to them, with what was kept. */

export async function writeBytes(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes)
  } catch (error) {
    throw new Refusal(`${file} cannot be written (${messageOf(error)}). Nothing was changed.`)
  }
}

export async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new Refusal(`${file} cannot be read (${messageOf(error)}). Nothing was changed.`)
  }
}
