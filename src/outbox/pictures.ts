import type { Database, Tx } from '../infra/db.ts'

/** The picture of a message, which refers to it by its id. */
export interface NewPicture {
  readonly id: string
  readonly programmeId: string
  readonly png: Uint8Array
  /** The same in words. */
  readonly alt: string
}

/** Saves a picture, in the transaction that enqueues the message. */
export async function savePicture(tx: Tx, picture: NewPicture, now: Date): Promise<void> {
  const { id, programmeId, png, alt } = picture
  await tx.picture.create({ data: { id, programmeId, alt, png: new Uint8Array(png), at: now } })
}

/** The bytes of a picture; undefined where there is none. */
export async function pictureBytes(
  db: Database,
  id: string | null,
): Promise<Uint8Array | undefined> {
  if (id === null) return undefined
  const found = await db.picture.findUnique({ where: { id }, select: { png: true } })
  return found?.png
}
