import { listOf, plural } from '../../../base/text.ts'
import type { OpenWork, WorkItem } from '../../../domain/plan/handover.ts'
import type { ReadTx } from '../../../infra/db.ts'

/** How many are named; the others are counted. */
const maxNamed = 12

/** What somebody answers for, as lines: "Leads 2.1 Standards (3 open milestones)". */
export async function describeWork(tx: ReadTx, work: OpenWork): Promise<string[]> {
  const open = await countOpenMilestones(tx, work.projects)
  const questions = await countOpenQuestions(tx, work.projects)
  const project = (item: WorkItem) => {
    const count = open.get(item.id) ?? 0
    return `${item.ref} ${item.title}${count > 0 ? ` (${plural(count, 'open milestone')})` : ''}`
  }
  const workstream = ({ ref, title }: WorkItem) => `workstream ${ref} ${title}`
  const line = (verb: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`${verb} ${nameSome(items)}`]
  return [
    ...line('Leads', work.projects.map(project)),
    ...line('Leads', work.workstreams.map(workstream)),
    ...line('Sponsors', work.sponsored.map(workstream)),
    ...(work.leaveIds.length > 0
      ? [`Stands in for others in ${plural(work.leaveIds.length, 'leave')}`]
      : []),
    ...(questions > 0 ? [`${plural(questions, 'question')} to answer`] : []),
  ]
}

function nameSome(items: readonly string[]): string {
  const rest = items.length - maxNamed
  return rest > 1 ? listOf([...items.slice(0, maxNamed), `${rest} more`]) : listOf(items)
}

async function countOpenMilestones(
  tx: ReadTx,
  projects: readonly WorkItem[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.milestone.groupBy({
    by: ['projectId'],
    where: {
      ...{ projectId: { in: projects.map(({ id }) => id) }, isRemoved: false },
      ...{ doneOn: null, done: { is: null } },
    },
    _count: true,
  })
  return new Map(rows.map(({ projectId, _count }) => [projectId, _count]))
}

function countOpenQuestions(tx: ReadTx, projects: readonly WorkItem[]): Promise<number> {
  const where = { projectId: { in: projects.map(({ id }) => id) }, answeredAt: null }
  return tx.question.count({ where })
}
