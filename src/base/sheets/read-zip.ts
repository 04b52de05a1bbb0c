import { inflateRawSync } from 'node:zlib'

/** One file within a zip file. */
export interface ZipEntry {
  readonly name: string
  /** Unpacked, in bytes, as the zip's table of contents has it. */
  readonly size: number
  readonly compressed: Buffer
  readonly isCompressed: boolean
}

/**
 * The files within a zip file, still packed, by its table of contents (PKWARE APPNOTE 4.3.7, 4.3.12 and 4.3.16).
 * Throws RangeError on a table that leads outside the file. A file without a table has no parts.
 */
export function readZipEntries(zip: Buffer): ZipEntry[] {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end === -1) return []
  const parts: ZipEntry[] = []
  let at = zip.readUInt32LE(end + 16)
  while (zip.toString('latin1', at, at + 4) === 'PK\x01\x02') {
    const [nameLength, extraLength, commentLength] = lengthsAt(zip, at + 28)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const [packedSize, size] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)]
    const local = zip.readUInt32LE(at + 42)
    const [localName, localExtra] = lengthsAt(zip, local + 26)
    const start = local + 30 + localName + localExtra
    const packed = zip.subarray(start, start + packedSize)
    parts.push({ name, size, compressed: packed, isCompressed: zip.readUInt16LE(at + 10) !== 0 })
    at += 46 + nameLength + extraLength + commentLength
  }
  return parts
}

/** The text of a part. Throws where it is broken, or larger than `limit` bytes whatever the table says. */
export function readEntryText({ compressed, isCompressed }: ZipEntry, limit: number): string {
  const bytes = isCompressed ? inflateRawSync(compressed, { maxOutputLength: limit }) : compressed
  return bytes.toString('utf8')
}

function lengthsAt(zip: Buffer, at: number): [number, number, number] {
  const third = at + 4 + 2 <= zip.length ? zip.readUInt16LE(at + 4) : 0
  return [zip.readUInt16LE(at), zip.readUInt16LE(at + 2), third]
}
