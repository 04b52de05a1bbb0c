import { civilDate } from '../../../../src/base/dates.ts'
import { type Card, expandCard } from '../../../../src/chat/cards.ts'
import { renderPlainText } from '../../../../src/chat/plain-text.ts'
import {
  boardTarget,
  composeDigestFor,
} from '../../../../src/domain/digests/audience/compose-for.ts'
import {
  type DigestContent,
  digestContent,
} from '../../../../src/domain/digests/content/content.ts'
import type { DigestInput } from '../../../../src/domain/digests/content/digest-input.ts'
import type { Finding } from '../../../../src/domain/digests/fact-check/claims.ts'
import { countSetAside, type SetAsideProjects } from '../../../../src/domain/plan/set-aside.ts'
import type { UpdateRound } from '../../../../src/domain/rounds/rules.ts'
import { checkDigest } from '../../../../src/features/digests/fact-check/check-digest.ts'
import { paginateDigest } from '../../../../src/features/digests/rendering/paginate.ts'
import { aPlan, type PlanSketch } from '../../../support/plans.ts'

/** A week as its digest is made of it. */
export interface Week extends PlanSketch {
  readonly asAt: string
  /** Ids of projects on hold since its day: they are not among its projects. */
  readonly onHold?: readonly string[]
  readonly setAside?: Partial<SetAsideProjects>
  readonly round?: UpdateRound
  readonly overrides?: DigestInput['overrides']
  readonly register?: DigestInput['register']
  readonly measures?: DigestInput['measures']
  /** The boards that read it. */
  readonly boards?: readonly string[] | undefined
}

export interface ToldWeek {
  readonly content: DigestContent
  readonly cards: readonly Card[]
  readonly input: DigestInput
  /** All its messages. */
  readonly text: string
  /** What the fact check finds wrong with it. */
  readonly findings: readonly Finding[]
}

/** One digest after another for the board, each compared with the one before as that was frozen. The last one. */
export function toldAfter(...weeks: readonly Week[]): ToldWeek {
  let told: ToldWeek | undefined
  for (const week of weeks) told = toldSince(told?.content ?? null, week)
  if (!told) throw new Error('A story without a week')
  return told
}

/** The digest of a week after that one. */
export function toldSince(
  previous: DigestContent | null,
  {
    onHold = [],
    setAside,
    round,
    overrides = [],
    register = [],
    measures,
    boards,
    ...sketch
  }: Week,
): ToldWeek {
  const onDay = civilDate(sketch.asAt)
  const lives = onHold.map((id) => ({
    ...{ id, ref: id, title: `Project ${id}`, workstreamId: id.split('.')[0] ?? '', tags: [] },
    life: { state: 'on hold', onDay, reason: null, reviewOn: null } as const,
  }))
  const input: DigestInput = {
    ...{ plan: aPlan(sketch), register, measures, overrides, previous, round },
    since: previous?.asAt ?? civilDate('2017-01-30'),
    setAside: {
      ...{ ids: new Set(onHold), counts: countSetAside(lives.map(({ life }) => life)) },
      ...{ projects: lives, reopenings: new Map(), ...setAside },
    },
  }
  const target = { ...boardTarget, boards }
  const composed = composeDigestFor(input, target)
  const content = digestContent.parse(JSON.parse(JSON.stringify(composed)))
  const cards = paginateDigest(content, '/rag')
  const findings = checkDigest({ content, cards, input, target })
  const text = cards.map((card) => renderPlainText(expandCard(card))).join('\n')
  return { content, cards, input, text, findings }
}
