import { type CivilDate, civilDate } from '../../../../src/base/dates.ts'
import { type Card, expandCard } from '../../../../src/chat/cards.ts'
import { renderPlainText } from '../../../../src/chat/plain-text.ts'
import { composeDigest } from '../../../../src/domain/digests/content/compose.ts'
import {
  type DigestContent,
  digestContent,
} from '../../../../src/domain/digests/content/content.ts'
import type { Measure } from '../../../../src/domain/measures/measure.ts'
import type { Entry } from '../../../../src/domain/register/entry.ts'
import type { OverrideRow } from '../../../../src/domain/rollup/overrides.ts'
import { paginateDigest } from '../../../../src/features/digests/rendering/paginate.ts'
import { aPlan, type PlanSketch, type ProjectSketch } from '../../../support/plans.ts'

/** Weeks of a few projects, and the digest that is read after the last of them. */

export interface Week extends PlanSketch {
  readonly asAt: string
  readonly register?: readonly Entry[]
  readonly measures?: readonly Measure[]
  /** The whole history of them, in every week. */
  readonly overrides?: readonly OverrideRow[]
}

/** One digest after another, each compared with the one before as that was frozen. The last one. */
function lastOf(weeks: readonly Week[]): DigestContent {
  let last: DigestContent | null = null
  for (const { register = [], measures = [], overrides = [], ...sketch } of weeks) {
    const since: CivilDate = last?.asAt ?? civilDate('2017-01-30')
    const content = composeDigest({
      plan: aPlan(sketch),
      ...{ register, measures, overrides },
      previous: last,
      since,
    })
    last = digestContent.parse(JSON.parse(JSON.stringify(content)))
  }
  if (!last) throw new Error('A story without a week')
  return last
}

export const cardsOf = (...weeks: readonly Week[]) => paginateDigest(lastOf(weeks), '/rag')
export const textOf = (card: Card | undefined) => (card ? renderPlainText(expandCard(card)) : '')

type Updates = ProjectSketch['updates']
export const saidOn = (onDay: string, state: string, more: object = {}): NonNullable<Updates> => [
  { state, onDay, ...more },
]

export const standards = (updates: Updates): ProjectSketch => ({
  ...{ ref: '1.1', title: 'Practice standards online', leads: ['asha'], updates },
})
export const assessments = (updates: Updates): ProjectSketch => ({
  ...{ ref: '1.2', title: 'Better assessments', leads: ['ben'], updates },
})
export const families = (updates: Updates, more: Partial<ProjectSketch> = {}): ProjectSketch => ({
  ...{ ref: '2.1', title: 'Hearing from families', leads: ['cara'], updates, ...more },
})
export const front = (updates: Updates, more: Partial<ProjectSketch> = {}): ProjectSketch => ({
  ...{ ref: '2.2', title: 'The front door', leads: ['dev'], updates, ...more },
})
export const carers = (updates: Updates): ProjectSketch => ({
  ...{ ref: '2.3', title: 'More foster carers', leads: ['eli'], updates },
})

export const site = {
  reason: 'The site cannot hold restricted pages',
  greenBy: '2017-03-31',
  path: 'the new site is tested',
}
