import type { Clock } from '../base/clock.ts'
import { messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { type Tracer, trace } from '../base/tracing.ts'
import { type Database, Prisma } from '../infra/db.ts'

/** Something that is done each minute in which it is due. */
export interface MinuteTask {
  /** For the log. */
  readonly name: string
  /**
   * A condition that the database answers by an index: whether there may be something to do. Left out: it is always done,
   * and costs next to nothing where there is nothing to do.
   */
  readonly isDue?: (now: Date) => Prisma.Sql
  readonly run: () => Promise<unknown>
}

export interface MinuteOptions {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  /** Measures each task. Left out: nothing is measured. */
  readonly tracer?: Tracer | undefined
}

/**
 * Does those of the tasks that are due, in their order: one statement asks for all of them, so that a minute in which
 * nothing is due costs that one. A task that fails is logged, and the next minute tries again; it holds up no other.
 * Returns how many were due.
 */
export async function runMinute(
  tasks: readonly MinuteTask[],
  options: MinuteOptions,
): Promise<number> {
  const due = await dueTasks(tasks, options)
  for (const { name, run } of due) {
    try {
      await trace(options.tracer, 'minute task', { task: name }, async () => run())
    } catch (error) {
      const about = { error: messageOf(error), task: name }
      options.log.error(about, 'A task of the minute failed; the next minute tries again')
    }
  }
  return due.filter(({ isDue }) => isDue).length
}

/** All of them where that cannot be told: on any doubt it is done. */
async function dueTasks(
  tasks: readonly MinuteTask[],
  { db, clock, log }: MinuteOptions,
): Promise<readonly MinuteTask[]> {
  const now = clock.now()
  const conditions = tasks.map(({ isDue }) => isDue?.(now) ?? Prisma.sql`true`)
  try {
    const [row] = await db.$queryRaw<
      { due: boolean[] }[]
    >`SELECT ARRAY[${Prisma.join(conditions)}] AS due`
    return tasks.filter((_, at) => row?.due[at] ?? true)
  } catch (error) {
    log.error({ error: messageOf(error) }, 'What is due could not be asked; every task is tried')
    return tasks
  }
}
