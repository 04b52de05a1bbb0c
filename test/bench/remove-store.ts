import { realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Removes a data folder with what the link in it leads to: root's PostgreSQL may have had to live elsewhere. */
export async function removeStore(folder: string): Promise<void> {
  const home = await realpath(join(folder, 'postgres')).catch(() => folder)
  for (const each of [home, folder]) await rm(each, { recursive: true, force: true })
}
