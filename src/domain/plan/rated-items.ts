import type { ReadTx } from '../../infra/db.ts'
import type { Programme } from '../programme/programme.ts'
import { type ratedItems, ratedItemsSetting } from './settings.ts'

/** What a programme rates: its projects, or their milestones, whose ratings then come to the project's colour. */
export type RatedItems = (typeof ratedItems)[number]

/** How it is known: milestones that have a rating, what the programme office chose, or a sheet that has a column for it. */
export interface RatedItemsChoice {
  readonly items: RatedItems
  readonly because: 'ratings' | 'choice' | 'sheet' | 'default'
}

/**
 * Ratings that milestones have go before all else: colours follow them (domain/status/rating.ts), whatever was chosen
 * before.
 */
export async function loadRatedItems(
  tx: ReadTx,
  { id: programmeId, settings }: Pick<Programme, 'id' | 'settings'>,
): Promise<RatedItemsChoice> {
  const rated = await tx.milestoneRating.findFirst({
    where: { withdrawnOn: null, milestone: { project: { programmeId } } },
    select: { id: true },
  })
  if (rated) return { items: 'milestones', because: 'ratings' }
  const chosen = ratedItemsSetting.of(settings)
  if (chosen) return { items: chosen, because: 'choice' }
  const sheet = await tx.planImport.findFirst({
    where: { programmeId, withdrawnOn: null, result: { path: ['ratesMilestones'], equals: true } },
    select: { id: true },
  })
  return sheet
    ? { items: 'milestones', because: 'sheet' }
    : { items: 'projects', because: 'default' }
}
