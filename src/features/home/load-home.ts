import { dateIn, latestToday } from '../../base/dates.ts'
import { coveredPersonIds } from '../../domain/calendars/calendar.ts'
import { loadOpenChecks } from '../../domain/checks/store.ts'
import { loadApprovalState, pendingDecision } from '../../domain/digests/approval.ts'
import { latestDigestOf } from '../../domain/digests/archive/digest-store.ts'
import { nextUnpostedDigest } from '../../domain/digests/next-digest.ts'
import { digestSetting } from '../../domain/digests/settings.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { loadRecentPlan, programmesOf } from '../../domain/plan/store.ts'
import type { Question } from '../../domain/questions/question.ts'
import { openQuestionsFor } from '../../domain/questions/store.ts'
import { loadEntries } from '../../domain/register/load-entries.ts'
import { registerAsAt } from '../../domain/register/rules.ts'
import { roundsAt } from '../../domain/rounds/rules.ts'
import { loadAllRoundInputs, sinceLastRound } from '../../domain/rounds/store.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import type { ReadTx } from '../../infra/db.ts'
import { countOutboxMessages } from '../../outbox/queries.ts'
import type { OwedRow } from './lead-sections.ts'
import type { HomeInput, HomeProgramme, OfficeFacts } from './page.ts'

/** Loads the rows of a person's daily message as they stand now: reminders know how. */
export type OwedRowsLoader = (
  tx: ReadTx,
  query: { readonly plans: readonly Plan[]; readonly personId: string; readonly now: Date },
) => Promise<readonly OwedRow[]>

export interface HomeQuery extends Pick<HomeInput, 'personId' | 'isAdmin' | 'now' | 'prefix'> {
  /** The person's zone. */
  readonly zone: string
}

/** Loads the plan of a programme as at latestToday: pages that are drawn together share one. */
export type PlanLoader = (programmeId: string) => Promise<Plan>

/** The plan with what people said since the last round. */
export function loadHomePlan(tx: ReadTx, programmeId: string, now: Date): Promise<Plan> {
  const today = latestToday(now)
  return loadRecentPlan(tx, programmeId, today, sinceLastRound(tx, today))
}

/** Everything that one person's page shows, as it stands now. */
export async function loadHome(
  tx: ReadTx,
  query: HomeQuery,
  loadOwedRows: OwedRowsLoader,
  loadPlanOf: PlanLoader = (id) => loadHomePlan(tx, id, query.now),
): Promise<HomeInput> {
  const { personId, zone, now } = query
  const plans: Plan[] = []
  for (const { id, isArchived } of await programmesOf(tx, personId)) {
    if (!isArchived) plans.push(await loadPlanOf(id))
  }
  const rounds = await loadAllRoundInputs(
    tx,
    plans.map(({ programme }) => programme),
  )
  const programmes: HomeProgramme[] = []
  const questions: Question[] = []
  for (const plan of plans) {
    const { programme, people } = plan
    const inputs = rounds.get(programme.id)
    const today = dateIn(zone, now)
    const register = registerAsAt(
      await loadEntries(tx, programme.id),
      plan.asAt,
      schemeOf(programme.settings),
    )
    programmes.push({
      plan,
      rounds: inputs && roundsAt(inputs, now),
      decisions: register.decisions,
      latestDigest: await latestDigestOf(tx, programme.id),
      office: plan.programmeOffice.includes(personId)
        ? await loadOfficeFacts(tx, plan, now)
        : undefined,
    })
    const covered = coveredPersonIds(people.values(), personId, today, programme.id)
    questions.push(...(await openQuestionsFor(tx, programme.id, [personId, ...covered])))
  }
  const owed = await loadOwedRows(tx, { plans, personId, now })
  return { ...query, today: dateIn(zone, now), programmes, questions, owed }
}

async function loadOfficeFacts(tx: ReadTx, plan: Plan, now: Date): Promise<OfficeFacts> {
  const { programme } = plan
  const nextDigest = await nextUnpostedDigest(tx, programme, now)
  const pending =
    nextDigest === undefined
      ? null
      : pendingDecision(
          await loadApprovalState(tx, programme.id, nextDigest.day),
          digestSetting.of(programme.settings),
        )
  const undelivered = { programmeIds: [programme.id], states: ['dead', 'uncertain'] as const }
  return {
    ...{ nextDigest, pending },
    openChecks: (await loadOpenChecks(tx, plan)).length,
    undelivered: await countOutboxMessages(tx, undelivered),
  }
}
