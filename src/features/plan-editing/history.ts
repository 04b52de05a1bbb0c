import { z } from 'zod'
import { defineQuery, type QueryContext } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { planAttributes } from '../../domain/plan/attributes/registry.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { type FoundProject, findProject } from '../../domain/plan/lookup.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { historyCard, historyPage } from './history-card.ts'
import { loadHistory } from './history-entries.ts'

/** Who changed what when, and from where. */
export const history = defineQuery({
  name: 'history',
  usages: ['history <project> [page <page>]'],
  slots: { project: slot.project, page: slot.count },
  examples: ['history 2.1', 'history 2.1 page 2'],
  authority: ['read plan'],
  summary: 'All that was said and changed about a project: what, who, when and from where.',
  args: z.object({ project: z.string(), page: historyPage }),
  run: async (context, { project, page }) => {
    const found = await findProject(context, project)
    const entries = await historyOf(context, found)
    const heading = `History of ${formatProject(found)}`
    return historyCard(context, {
      heading,
      entries,
      page,
      verb: 'history',
      data: { project: found.id },
    })
  },
})

async function historyOf({ tx, today }: QueryContext, { id, programme }: FoundProject) {
  const people = await tx.person.findMany({
    where: { memberships: { some: { programmeId: programme.id } } },
    select: { id: true, name: true },
  })
  const where = { programmeId: programme.id }
  const workstreams = await tx.workstream.findMany({ where })
  const recommendations = await tx.recommendation.findMany({ where })
  const outcomes = await tx.outcome.findMany({ where })
  return loadHistory(
    {
      ...{ tx, today },
      scheme: schemeOf(programme.settings),
      attributes: planAttributes,
      names: new Map([
        ...people.map(({ id: personId, name }) => [personId, name] as const),
        ...recommendations.map((row) => [row.id, row.ref] as const),
        ...outcomes.map((row) => [row.id, String(row.number)] as const),
      ]),
      workstreams: new Map(workstreams.map((row) => [row.id, `${row.ref} ${row.title}`])),
    },
    id,
  )
}
