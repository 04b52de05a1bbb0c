import { missing, type PaperBlock, type PaperCell } from '../../../base/papers/paper.ts'
import type { Project } from '../../../domain/plan/plan.ts'
import type { ProgrammeSettings } from '../../../domain/programme/setting.ts'
import {
  type DimensionKey,
  type DimensionRating,
  dimensionLabels,
  dimensionScheme,
  dimensionState,
  dimensionsSetting,
  type RatingsByProject,
} from '../../../domain/status/dimensions.ts'
import { countsText, dayText, noneFor, stateCell, tableOr } from './parts.ts'
import type { PaperSnapshot } from './snapshot.ts'

/** Ratings by dimension in papers: of each project, and counted over a programme. */

const keptIn = ({ plan }: PaperSnapshot) => dimensionsSetting.of(plan.programme.settings).kept

const notKept = missing(
  'Only one rating of each project is kept: time, cost, scope and quality have none of their own.',
)

const ratingIn = (ratings: RatingsByProject, id: string, key: DimensionKey) =>
  ratings.get(id)?.find(({ dimension }) => dimension === key)

/** Each dimension of each project, last time and this time. */
export function dimensionsTable(snapshot: PaperSnapshot, projects: readonly Project[]): PaperBlock {
  const kept = keptIn(snapshot)
  if (kept.length === 0) return notKept
  const { plan, beside, reader } = snapshot
  const { now, before } = beside.dimensions
  const rows = projects.flatMap(({ id, ref, title }) =>
    kept.flatMap((key): PaperCell[][] => {
      const rating = ratingIn(now, id, key)
      if (!rating) return []
      const last = ratingIn(before, id, key)
      const cellOf = ({ state }: DimensionRating) =>
        stateCell(dimensionState(key, state, plan.programme.settings))
      return [
        [
          { text: `${ref} ${title}` },
          { text: dimensionLabels[key] },
          last ? cellOf(last) : { text: 'None before' },
          cellOf(rating),
          { text: dayText(rating.onDay) },
        ],
      ]
    }),
  )
  return tableOr(
    noneFor(reader, 'Ratings by dimension', 'No dimension was rated yet.'),
    'Ratings by dimension, last time and this time',
    [
      ['Project', 3],
      ['Dimension', 2],
      ['Last time', 1.6],
      ['This time', 1.6],
      ['Rated on', 1.8],
    ],
    rows,
  )
}

/** How many projects stand how in each dimension, now and before. */
export function dimensionCounts(snapshot: PaperSnapshot): PaperBlock {
  const kept = keptIn(snapshot)
  if (kept.length === 0) return notKept
  const { plan, beside, reader } = snapshot
  const { now, before } = beside.dimensions
  const { settings } = plan.programme
  const counted = (ratings: RatingsByProject, key: DimensionKey) =>
    countsText(
      dimensionScheme(key, settings).states,
      plan.projects.map(({ id }) => ratingIn(ratings, id, key)?.state),
    )
  return tableOr(
    noneFor(reader, 'Ratings by dimension', 'No dimension was rated yet.'),
    'Projects by dimension, now and before',
    [
      ['Dimension', 2],
      ['Worst', 2],
      ['Current', 4],
      ['Previous', 4],
    ],
    now.size === 0
      ? []
      : kept.map((key) => [
          { text: dimensionLabels[key] },
          worstCell(plan.projects, now, key, settings),
          { text: counted(now, key) },
          { text: before.size === 0 ? 'None before' : counted(before, key) },
        ]),
  )
}

function worstCell(
  projects: readonly Project[],
  ratings: RatingsByProject,
  key: DimensionKey,
  settings: ProgrammeSettings,
): PaperCell {
  const { states, blank } = dimensionScheme(key, settings)
  const worst = states.find((state) =>
    projects.some(({ id }) => ratingIn(ratings, id, key)?.state === state.key),
  )
  return stateCell(worst ?? blank)
}
