import { messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'

export type TaskTracker = ReturnType<typeof createTaskTracker>

/** Work that goes on while nobody awaits it: answers, after the platform's request was acknowledged. */
export function createTaskTracker(log: Log) {
  const works = new Set<Promise<void>>()
  return {
    /** Keeps hold of `work`. The result never rejects: a failure is logged, with `about`, as `otherwise`. */
    keep(work: Promise<unknown>, otherwise: string, about: object = {}): Promise<void> {
      const kept = work
        .then(() => undefined)
        .catch((error: unknown) => log.error({ ...about, error: messageOf(error) }, otherwise))
        .finally(() => works.delete(kept))
      works.add(kept)
      return kept
    },
    /** Waits until all is done, also what was begun meanwhile. */
    async done(): Promise<void> {
      while (works.size > 0) await Promise.all(works)
    },
  }
}
