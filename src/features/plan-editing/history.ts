import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { defineQuery, type QueryContext } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { authorName, namesOf } from '../../domain/people/names.ts'
import { planAttributes } from '../../domain/plan/attributes/registry.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { type FoundProject, findProject } from '../../domain/plan/lookup.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { type HistoryEntry, loadHistory } from './history-entries.ts'

const pageSize = 15

/** Who changed what when, and from where. */
export const history = defineQuery({
  name: 'history',
  usages: ['history <project> [page <page>]'],
  slots: { project: slot.project, page: slot.count },
  examples: ['history 2.1', 'history 2.1 page 2'],
  authority: ['read plan'],
  summary: 'All that was said and changed about a project: what, who, when and from where.',
  args: z.object({ project: z.string(), page: z.coerce.number().int().min(1).max(999).default(1) }),
  run: async (context, { project, page }) => {
    const found = await findProject(context, project)
    const entries = await historyOf(context, found)
    const shown = entries.slice((page - 1) * pageSize, page * pageSize)
    const ids = shown.flatMap(({ byId, onBehalfOfId }) => [byId ?? [], onBehalfOfId ?? []].flat())
    const names = await namesOf(context.tx, ids)
    const left = entries.length - page * pageSize
    const lines = shown.map((entry) => formatEntry(context, entry, names))
    const data = { project: found.id, page: page + 1 }
    return {
      card: noticeCard({
        heading: `History of ${formatProject(found)}`,
        lines: lines.length > 0 ? lines : ['Nothing was said or changed yet.'],
        buttons:
          left > 0
            ? [
                {
                  title: `${plural(left, 'earlier entry', 'earlier entries')}`,
                  verb: 'history',
                  data,
                },
              ]
            : [],
      }),
    }
  },
})

async function historyOf({ tx }: QueryContext, { id, programme }: FoundProject) {
  const people = await tx.person.findMany({
    where: { memberships: { some: { programmeId: programme.id } } },
    select: { id: true, name: true },
  })
  const workstreams = await tx.workstream.findMany({ where: { programmeId: programme.id } })
  return loadHistory(
    {
      tx,
      scheme: schemeOf(programme.settings),
      attributes: planAttributes,
      names: new Map(people.map((person) => [person.id, person.name])),
      workstreams: new Map(workstreams.map((row) => [row.id, `${row.ref} ${row.title}`])),
    },
    id,
  )
}

/** 'Fri 24 Feb 2017, Asha Verity for Ben Okoro, in Slack: Title: …'. */
function formatEntry(
  { platformTitle }: QueryContext,
  { onDay, byId, onBehalfOfId, source, text }: HistoryEntry,
  names: ReadonlyMap<string, string>,
): string {
  if (byId === null)
    return `${fullDate(onDay)}, ${source === 'import' ? 'import of a sheet' : source}: ${text}`
  const forWhom = onBehalfOfId ? ` for ${authorName(names, onBehalfOfId)}` : ''
  const where = source === 'slack' || source === 'teams' ? `, in ${platformTitle(source)}` : ''
  return `${fullDate(onDay)}, ${authorName(names, byId)}${forWhom}${where}: ${text}`
}
