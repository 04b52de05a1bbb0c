/** The lines of a backup, one at a time, however large the file is. */
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

/** A row of Milepost's is far shorter; a file of zeros that was packed well is one line of gigabytes. */
const maxLineCharacters = 64_000_000

/** @throws the error of the disk or of zlib; Error for a line that is too long */
export async function* readLines(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file)
  const text = bytes.pipe(createGunzip()).setEncoding('utf8')
  bytes.on('error', (error) => text.destroy(error))
  let rest = ''
  try {
    for await (const part of text) {
      const [first = '', ...others] = String(part).split('\n')
      rest += first
      for (const next of others) {
        yield rest
        rest = next
      }
      if (rest.length > maxLineCharacters) throw new Error('a line of it is too long')
    }
    if (rest !== '') yield rest
  } finally {
    bytes.destroy()
    text.destroy()
  }
}
