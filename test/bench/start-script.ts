import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const Package = z.object({ scripts: z.object({ start: z.string() }) })

/** What comes after "node" in `npm start`. */
export async function argumentsOfStart(): Promise<string[]> {
  const read = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  return Package.parse(JSON.parse(read)).scripts.start.split(' ').slice(1)
}

/** How `npm start` has V8 keep its memory. */
export async function memoryOptions(): Promise<string[]> {
  return (await argumentsOfStart()).filter((argument) => /^--(max|heap)-/.test(argument))
}
