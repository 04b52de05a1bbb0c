import type { CivilDate } from '../../../base/dates.ts'
import type { TrendDigest } from '../../../domain/digests/archive/digest-store.ts'
import { composeDigestFor } from '../../../domain/digests/audience/compose-for.ts'
import {
  type DigestSources,
  digestInput,
  loadDigestSources,
} from '../../../domain/digests/audience/load-input.ts'
import {
  redactLinks,
  redactMeasures,
  redactPlan,
  redactRegister,
} from '../../../domain/digests/audience/redact.ts'
import { loadComparison } from '../../../domain/digests/comparison/load-comparison.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import type { DigestInput } from '../../../domain/digests/content/digest-input.ts'
import { loadMonthEnds } from '../../../domain/digests/month-ends.ts'
import {
  type BenefitStanding,
  benefitStandings,
  isDelivered,
} from '../../../domain/measures/benefits.ts'
import type { Measure } from '../../../domain/measures/measure.ts'
import { type Money, noMoney } from '../../../domain/money/rules.ts'
import { loadMoney } from '../../../domain/money/store.ts'
import { benefits } from '../../../domain/plan/attributes/benefits.ts'
import { loadAttributesAt } from '../../../domain/plan/attributes/store.ts'
import type { Plan, ProjectRef } from '../../../domain/plan/plan.ts'
import { loadProgrammeLinks, type ProgrammeLinks } from '../../../domain/plan/programme-links.ts'
import { type Audience, mayRead } from '../../../domain/programme/audience.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import type { Entry } from '../../../domain/register/entry.ts'
import { defaultSchedule, scheduleDayBefore } from '../../../domain/schedule/schedule.ts'
import { wholeProgramme } from '../../../domain/schedule/scope.ts'
import { loadDimensionRatings } from '../../../domain/status/dimension-store.ts'
import type { RatingsByProject } from '../../../domain/status/dimensions.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { loadReportedPlan } from '../reported-plan.ts'
import { loadMeetingMemory, type MeetingMemory } from './board-memory.ts'

/**
 * What every paper is made from: the digest that the same readers would get on that day, and the plan, the register and
 * the measures as far as they may know them. A layout composes it and adds nothing, so that no two papers, and no paper
 * and digest of one day, say different things.
 */
export interface PaperSnapshot {
  readonly reader: Audience
  readonly digest: DigestContent
  readonly plan: Plan
  readonly register: readonly Entry[]
  readonly measures: readonly Measure[]
  readonly links: ProgrammeLinks
  readonly beside: PaperFacts
  /** Projects by rating at the end of each month before, oldest first; none for a layout that does not show them. */
  readonly monthEnds: readonly TrendDigest[]
}

/** What papers tell and no digest does. */
export interface PaperFacts {
  /** Ratings by dimension, by the project's id: on the paper's day, and on the day that it is compared with. */
  readonly dimensions: { readonly now: RatingsByProject; readonly before: RatingsByProject }
  /** What it costs and saves, on the same two days. */
  readonly money: { readonly now: Money; readonly before: Money }
  /** What projects were to move, closed ones too. */
  readonly benefits: readonly ProjectBenefits[]
  /** What was promised at the last meeting of the board; null where none is known, or the paper does not say it. */
  readonly meeting: MeetingMemory | null
}

export interface ProjectBenefits extends ProjectRef {
  /** All of its milestones are done, or it was closed as finished. */
  readonly isDelivered: boolean
  readonly standings: readonly BenefitStanding[]
}

export const noPaperFacts: PaperFacts = {
  dimensions: { now: new Map(), before: new Map() },
  money: { now: noMoney, before: noMoney },
  benefits: [],
  meeting: null,
}

export interface SnapshotRequest {
  readonly programme: Programme
  readonly today: CivilDate
  readonly asAt: CivilDate
  readonly reader: Audience
  /** What is read for some papers alone; left out: none of it. */
  readonly layout?: { readonly showsMonths?: boolean; readonly showsMeeting?: boolean }
}

/** What the readers may know of it; pure. */
export function paperSnapshotOf(
  input: DigestInput,
  links: ProgrammeLinks,
  reader: Audience,
  beside: PaperFacts = noPaperFacts,
  monthEnds: readonly TrendDigest[] = [],
): PaperSnapshot {
  const { plan, register, measures = [] } = input
  return {
    reader,
    digest: composeDigestFor(input, { audience: reader, scope: wholeProgramme }),
    plan: redactPlan(plan, reader),
    register: redactRegister(register, plan, reader),
    measures: redactMeasures(measures, reader),
    links: redactLinks(links, reader),
    // For the board and for nobody wider, as measures are.
    beside: mayRead(reader, 'board') ? beside : noPaperFacts,
    // For everybody, as the counts of a digest are.
    monthEnds,
  }
}

async function loadPaperFacts(
  tx: ReadTx,
  sources: DigestSources,
  previousAsAt: CivilDate | null,
  reader: Audience,
  layout: SnapshotRequest['layout'],
): Promise<PaperFacts> {
  const { programme, asAt } = sources.plan
  const { settings } = programme
  const which = { programmeId: programme.id }
  const before = previousAsAt
    ? await loadDimensionRatings(tx, which, settings, previousAsAt)
    : new Map()
  const money = {
    now: await loadMoney(tx, programme.id, asAt),
    before: previousAsAt ? await loadMoney(tx, programme.id, previousAsAt) : noMoney,
  }
  return {
    dimensions: { now: sources.dimensions ?? new Map(), before },
    money,
    benefits: await loadBenefits(tx, sources),
    meeting: layout?.showsMeeting ? await loadMeetingMemory(tx, sources, reader) : null,
  }
}

async function loadBenefits(
  tx: ReadTx,
  { plan, measures = [], setAside }: DigestSources,
): Promise<ProjectBenefits[]> {
  const { programme, asAt } = plan
  const values = await loadAttributesAt(tx, programme.id, [benefits.key], asAt)
  if (values.size === 0) return []
  const all = [
    ...plan.projects.map((one) => ({ one, isDelivered: isDelivered(one, asAt) })),
    ...(setAside?.projects ?? []).flatMap((one) =>
      one.life.state === 'closed' ? [{ one, isDelivered: one.life.ending === 'finished' }] : [],
    ),
  ]
  return all.flatMap(({ one: { id, ref, title }, isDelivered }) => {
    const standings = benefitStandings({ attributes: values.get(id) ?? {} }, measures, asAt)
    return standings.length === 0 ? [] : [{ id, ref, title, isDelivered, standings }]
  })
}

/** One query after the other: a transaction has one connection. @throws Refusal as `loadReportedPlan` does */
export async function loadPaperSnapshot(
  tx: ReadTx,
  { reader, layout, ...day }: SnapshotRequest,
): Promise<PaperSnapshot> {
  const sources = await loadDigestSources(tx, await loadReportedPlan(tx, day))
  const { plan } = sources
  const since = scheduleDayBefore(defaultSchedule(plan.programme.zone), plan.asAt)
  const target = { audience: reader, scope: wholeProgramme }
  const compared = await loadComparison(tx, plan, target, since)
  const links = await loadProgrammeLinks(tx, plan.programme.id)
  const beside = mayRead(reader, 'board')
    ? await loadPaperFacts(tx, sources, compared.previous?.asAt ?? null, reader, layout)
    : noPaperFacts
  const monthEnds = layout?.showsMonths ? await loadMonthEnds(tx, plan.programme.id, plan.asAt) : []
  return paperSnapshotOf(digestInput(sources, compared), links, reader, beside, monthEnds)
}
