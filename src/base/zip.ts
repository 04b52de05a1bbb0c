import { zipSync } from 'fflate'

/** The modification time of every file: the earliest that the format allows. It is local, so any zone gives the same bytes. */
const mtime = new Date(1980, 0, 1)

/** A zip archive, by the paths in it. Equal files give equal bytes. */
export const zipFiles = (files: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  zipSync({ ...files }, { mtime })
