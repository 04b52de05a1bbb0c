import type { QueryContext } from '../../chat/commands.ts'
import type { HelpLine } from '../../chat/help.ts'
import { loadPlanWords, type NamedProject } from '../../domain/plan/vocabulary-store.ts'
import { type ExampleProject, helpLines } from './help-lines.ts'

/** The lines of help that fit whoever asks, with a project of theirs as the example. */
export async function personalHelp({
  tx,
  actor,
  today,
}: QueryContext): Promise<readonly HelpLine[]> {
  const { personId } = actor
  if (personId === null) return helpLines({ roles: new Set(), example: undefined, today })
  const { projects } = await loadPlanWords(tx, personId)
  const held = await tx.membership.findMany({
    where: { personId, programme: { archivedAt: null } },
    select: { role: true },
  })
  return helpLines({
    roles: new Set(held.map(({ role }) => role)),
    example: exampleOf(projects),
    today,
  })
}

/** One of their own with something open; or else the first that they may read. */
function exampleOf(projects: readonly NamedProject[]): ExampleProject | undefined {
  const mine = projects.filter(({ isMine }) => isMine)
  const openOf = ({ milestones }: NamedProject) => milestones.find(({ isOpen }) => isOpen)
  const project = mine.find(openOf) ?? mine[0] ?? projects[0]
  return project && { ref: project.ref, title: project.title, milestone: openOf(project) }
}
