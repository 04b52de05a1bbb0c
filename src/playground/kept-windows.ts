import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import { z } from 'zod'
import { messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'

/**
 * What stands in the two windows, kept in a file beside the data, so that a playground that is started again shows the
 * conversations as they were: its database has the messages of Milepost alone. One process holds the data at a time.
 */

/** What keeps its state: a workspace, a tenant. */
interface Keepable<State> {
  keep(): State
  restore(state: State): void
  onChange(listener: () => void): unknown
}

export interface Windows<Slack, Teams> {
  readonly slack: Keepable<Slack>
  readonly teams: Keepable<Teams>
}

export interface KeptWindows {
  /** Keeps what has changed since. */
  close(): void
}

const version = 1
/** Written by this version on this machine: its parts are as they were kept. */
const keptSchema = z.object({
  version: z.literal(version),
  /** What the playground's clock showed, in milliseconds since 1970. */
  at: z.number(),
  slack: z.unknown(),
  teams: z.unknown(),
})
type Kept = z.infer<typeof keptSchema>

/** How long changes are gathered before they are written. */
const gatherMs = 1_000

/** What was kept; undefined where nothing was, or another version kept it. */
export function readKept(path: string, log: Log): Kept | undefined {
  if (!existsSync(path)) return undefined
  try {
    return keptSchema.parse(deserialize(readFileSync(path)))
  } catch (error) {
    log.warn({ error: messageOf(error) }, 'The windows begin without their messages')
    return undefined
  }
}

/** Shows what was kept, and keeps what changes from now on. */
export function keepWindows<Slack, Teams>(
  { slack, teams }: Windows<Slack, Teams>,
  {
    path,
    kept,
    now,
    log,
  }: {
    readonly path: string
    readonly kept: Kept | undefined
    readonly now: () => Date
    readonly log: Log
  },
): KeptWindows {
  if (kept) {
    slack.restore(kept.slack as Slack)
    teams.restore(kept.teams as Teams)
  }
  let timer: NodeJS.Timeout | undefined
  const write = () => {
    timer = undefined
    try {
      const state: Kept = { version, at: now().getTime(), slack: slack.keep(), teams: teams.keep() }
      writeFileSync(`${path}.new`, serialize(state), { mode: 0o600 })
      // At once or not at all: a process that is killed leaves the file as it was.
      renameSync(`${path}.new`, path)
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'The messages of the windows were not kept')
    }
  }
  const onChange = () => {
    timer ??= setTimeout(write, gatherMs).unref()
  }
  slack.onChange(onChange)
  teams.onChange(onChange)
  return {
    close: () => {
      if (!timer) return
      clearTimeout(timer)
      write()
    },
  }
}
