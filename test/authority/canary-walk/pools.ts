import type { Things } from '../matrix/things.ts'
import type { Town } from './town.ts'

/** What may be referred to in each programme, by its canary: each takes the place of some of its usual things. */
export type Pools = ReadonlyMap<string, readonly Partial<Things>[]>

/** Everything that there is by now. */
export async function loadPools({ db, programmes }: Town): Promise<Pools> {
  const pools = new Map<string, Partial<Things>[]>()
  for (const { things } of programmes) {
    const programmeId = things.programme
    const ids = { select: { id: true } } as const
    const projects = await db.project.findMany({ where: { programmeId }, ...ids })
    const milestones = await db.milestone.findMany({ where: { project: { programmeId } }, ...ids })
    const entries = await db.registerEntry.findMany({ where: { programmeId }, ...ids })
    const questions = await db.question.findMany({ where: { programmeId }, ...ids })
    const messages = await db.outboxMessage.findMany({
      where: { programmeId },
      select: { sequence: true },
      orderBy: { sequence: 'desc' },
      take: 20,
    })
    pools.set(things.canary, [
      ...projects.map(({ id }) => ({ project: id, improved: id, otherProject: id })),
      ...milestones.map(({ id }) => ({ milestone: id, flagged: id, reported: id })),
      ...entries.map(({ id }) => ({ risk: id, decision: id })),
      ...questions.map(({ id }) => ({ question: id })),
      ...messages.map(({ sequence }) => ({
        deadMessage: `${sequence}`,
        waitingMessage: `${sequence}`,
      })),
    ])
  }
  return pools
}
