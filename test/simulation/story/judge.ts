import type { Database } from '../../../src/infra/db.ts'
import type { Update } from './story.ts'
import type { FarSide } from './wire.ts'

/** What became of the messages of a story, and what is wrong with it, in sentences. */
export interface Verdict {
  readonly messages: number
  readonly posted: number
  readonly doubled: number
  readonly lost: number
  readonly dropped: number
  readonly possiblySent: number
  /** Keys of what the rules decided to say. */
  readonly keys: readonly string[]
  readonly faults: readonly string[]
}

export async function judgeStory(
  db: Database,
  farSide: FarSide,
  updates: readonly Update[],
  dueKeys: readonly string[],
): Promise<Verdict> {
  const rows = await db.outboxMessage.findMany({ orderBy: { sequence: 'asc' } })
  const faults: string[] = []
  const counts = { messages: 0, posted: 0, doubled: 0, lost: 0, dropped: 0, possiblySent: 0 }
  for (const { key, platform, state, error } of rows) {
    const times = farSide.timesPosted(key)
    const fault = (what: string) => faults.push(`${platform} ${key} ${what} (${state}: ${error})`)
    counts.messages += 1
    counts.posted += Math.min(1, times)
    if (state === 'dropped') counts.dropped += 1
    if (state === 'uncertain') counts.possiblySent += 1
    if (times > 1) {
      counts.doubled += 1
      fault(`was posted ${times} times`)
    }
    if (state === 'sent' && times === 0) {
      counts.lost += 1
      fault('is sent and not there')
    }
    if (state === 'dropped' && times > 0) fault('was dropped and is there')
    if (state === 'dead') fault('was given up')
    if (state === 'waiting' || state === 'sending') fault('is still on its way')
    if (state === 'uncertain' && platform === 'slack') fault('is uncertain')
  }
  faults.push(...(await updateFaults(db, updates)))
  const keys = rows.map(({ key }) => key)
  for (const key of dueKeys) if (!keys.includes(key)) faults.push(`${key} was due and not said`)
  return { ...counts, keys, faults }
}

async function updateFaults(db: Database, updates: readonly Update[]): Promise<string[]> {
  const rows = await db.statusUpdate.groupBy({
    by: ['reason'],
    where: { reason: { startsWith: 'story-' } },
    _count: true,
  })
  const saved = new Map(rows.map(({ reason, _count }) => [reason, _count]))
  return updates.flatMap(({ marker, isSaved }) => {
    const times = saved.get(marker) ?? 0
    if (!isSaved) return `${marker} was never answered "Saved"`
    return times === 1 ? [] : `${marker} was answered "Saved" and is there ${times} times`
  })
}
