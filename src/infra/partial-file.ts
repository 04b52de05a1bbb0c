import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'

/**
 * Where a file is written until it is whole: in the same folder, so that one rename puts it in place. Its name cannot be
 * foreseen, it is never one that is there already (nor a link), and only its owner may read it.
 */
export function partialFileFor(file: string) {
  return {
    path: join(dirname(file), `.milepost-${randomUUID()}.part`),
    options: { mode: 0o600, flag: 'wx' },
  } as const
}
