import type { PaperBlock } from '../../../../base/papers/paper.ts'
import type { Project } from '../../../../domain/plan/plan.ts'
import { ratingContextOf, ratingOf } from '../../../../domain/status/rating.ts'
import { ownersOf, stateCell, tableOr, textCell } from '../parts.ts'
import type { PaperSnapshot } from '../snapshot.ts'

/** How projects stand, with why and whose they are. `none`: what is said where there are none. */
export function standingTable(
  snapshot: PaperSnapshot,
  projects: readonly Project[],
  { none, caption }: { readonly none: string; readonly caption: string },
): PaperBlock {
  const context = ratingContextOf(snapshot.plan)
  return tableOr(
    none,
    caption,
    [
      ['Project', 4],
      ['Rating', 1.5],
      ['Commentary', 5],
      ['Lead', 2],
    ],
    projects.map((project) => {
      const { state, update } = ratingOf(project, context)
      return [
        { text: `${project.ref} ${project.title}` },
        stateCell(state),
        textCell(update?.reason),
        textCell(ownersOf(snapshot, project)),
      ]
    }),
  )
}
