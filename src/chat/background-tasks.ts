import { messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'

export type TaskTracker = ReturnType<typeof createTaskTracker>

/** Tracks work that nobody awaits: answers that follow after the platform's request was acknowledged. */
export function createTaskTracker(log: Log) {
  const works = new Set<Promise<void>>()
  return {
    /** Tracks `work`. The returned promise never rejects: a failure is logged as `failureText`, with `fields`. */
    keep(work: Promise<unknown>, failureText: string, fields: object = {}): Promise<void> {
      const kept = work
        .then(() => undefined)
        .catch((error: unknown) => log.error({ ...fields, error: messageOf(error) }, failureText))
        .finally(() => works.delete(kept))
      works.add(kept)
      return kept
    },
    /** Resolves when all work is done, work that starts meanwhile included. */
    async done(): Promise<void> {
      while (works.size > 0) await Promise.all(works)
    },
  }
}
