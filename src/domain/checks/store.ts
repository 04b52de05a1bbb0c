import { addDays, type CivilDate, fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { DomainContext, ReadContext } from '../context.ts'
import { loadMeasures } from '../measures/store.ts'
import { noMoney } from '../money/rules.ts'
import { loadMoneyOfPlan } from '../money/store.ts'
import { requirePersonId } from '../plan/lookup.ts'
import type { Plan, Project } from '../plan/plan.ts'
import { projectHistories } from '../plan/project-query.ts'
import { loadRecentPlan } from '../plan/store.ts'
import type { Programme } from '../programme/programme.ts'
import { loadEntries } from '../register/load-entries.ts'
import { roundsBetween } from '../rounds/rules.ts'
import { loadRoundInputs, sinceLastRound } from '../rounds/store.ts'
import { ratingContextOf } from '../status/rating.ts'
import { acceptedWordsKey } from './accepted-words.ts'
import { type CheckAnswer, type CheckInputs, isCheckAnswered, type RaisedCheck } from './check.ts'
import { buildNameAllowlist, type NameAllowlist } from './personal-data-detector.ts'
import { checkByKey } from './registry.ts'
import { type CheckedPlan, openChecks, projectsToReadWhole, requiredInputs } from './rules.ts'

/** The plan for its checks: with what was said since the last round. */
export function loadPlanToCheck(tx: ReadTx, programmeId: string, asAt: CivilDate): Promise<Plan> {
  return loadRecentPlan(tx, programmeId, asAt, sinceLastRound(tx, asAt))
}

/** The open checks of a whole plan, its register included. */
export async function loadOpenChecks(tx: ReadTx, plan: Plan): Promise<RaisedCheck[]> {
  const { programme, asAt } = plan
  const inputs = {
    answers: await loadCheckAnswers(tx, programme.id, asAt),
    measures: await loadMeasures(tx, programme.id, asAt),
    rounds: await loadRecentRounds(tx, plan),
    entries: await loadEntries(tx, programme.id),
    money: await loadMoneyOfPlan(tx, plan),
    names: nameAllowlistOf(plan),
  }
  return openChecks(await withHistories(tx, plan, inputs), inputs)
}

/** The plan with all that was ever said of the projects of which a check has to know it. */
async function withHistories(
  tx: ReadTx,
  plan: CheckedPlan,
  inputs: CheckInputs,
): Promise<CheckedPlan> {
  const ids = projectsToReadWhole(plan, inputs).map(({ id }) => id)
  const histories = await projectHistories(tx, ids, plan.asAt)
  const projects = plan.projects.map((project) => {
    const whole = histories.get(project.id)
    if (!whole) return project
    const saved = new Set(whole.updates.map(({ id }) => id))
    // An update that is about to be saved is checked already.
    const unsaved = project.updates.filter(({ id }) => !saved.has(id))
    return { ...whole, updates: [...unsaved, ...whole.updates] }
  })
  return { ...plan, projects }
}

/** The open checks of one project as it is given, as at today. Loads only what they look at: an update waits for it. */
export async function loadProjectChecks(
  { tx, today }: Pick<ReadContext, 'tx' | 'today'>,
  programme: Programme,
  project: Project,
): Promise<RaisedCheck[]> {
  const { id } = programme
  const plan: CheckedPlan = { programme, asAt: today, projects: [project], workstreams: [] }
  const required = requiredInputs(project, ratingContextOf(plan))
  const inputs = {
    ...{ answers: [], entries: [], money: noMoney },
    measures: required.has('measures') ? await loadMeasures(tx, id, today) : [],
    rounds: required.has('rounds') ? await loadRecentRounds(tx, plan) : [],
    names: required.has('names') ? await loadNameAllowlist(tx, id) : buildNameAllowlist([]),
  }
  const raised = openChecks(await withHistories(tx, plan, inputs), inputs)
  if (raised.length === 0) return []
  const answers = await loadCheckAnswers(tx, id, today)
  return raised.filter((one) => !isCheckAnswered(one, answers))
}

/** Far enough to hold the last few rounds, also of a programme that reports to its board each month. */
const roundLookbackDays = 20 * 7

/** The days that the rounds before the plan's day served, newest first. */
async function loadRecentRounds(
  tx: ReadTx,
  { programme, asAt }: Pick<CheckedPlan, 'programme' | 'asAt'>,
): Promise<CivilDate[]> {
  const inputs = await loadRoundInputs(tx, programme)
  const rounds = roundsBetween(inputs, addDays(asAt, -roundLookbackDays), addDays(asAt, -1))
  return rounds.map(({ round }) => round).toReversed()
}

export function nameAllowlistOf({ people }: Pick<Plan, 'people'>): NameAllowlist {
  return buildNameAllowlist([...people.values()].map(({ name }) => name))
}

/** The same as `nameAllowlistOf` of the plan, which need not be loaded. */
export async function loadNameAllowlist(tx: ReadTx, programmeId: string): Promise<NameAllowlist> {
  const people = await tx.person.findMany({
    where: {
      OR: [
        { memberships: { some: { programmeId } } },
        { projects: { some: { project: { programmeId } } } },
        { workstreams: { some: { workstream: { programmeId } } } },
      ],
    },
    select: { name: true },
  })
  return buildNameAllowlist(people.map(({ name }) => name))
}

/** The answers given by the end of a day, oldest first. @throws Error of a stored key that no check has */
export async function loadCheckAnswers(
  tx: ReadTx,
  programmeId: string,
  asAt: Plan['asAt'],
): Promise<CheckAnswer[]> {
  const rows = await tx.checkAnswer.findMany({
    where: {
      ...{ programmeId, check: { not: acceptedWordsKey } },
      onDay: { lte: toDbDate(asAt) },
    },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ check, fingerprints, answer, projectId, byId, onDay }) => ({
    ...{ answer, projectId, byId },
    check: checkByKey(check).key,
    fingerprints: fingerprints.split(' '),
    onDay: fromDbDate(onDay),
  }))
}

/** Appends an answer as at the person's day. `onBehalfOfId`: the lead for whom a deputy gives it. */
export async function saveCheckAnswer(
  { tx, actor, now, today, place }: DomainContext,
  programmeId: string,
  { check, project, fingerprints }: Pick<RaisedCheck, 'check' | 'project' | 'fingerprints'>,
  text: { readonly answer: string; readonly onBehalfOfId: string | null },
): Promise<void> {
  await tx.checkAnswer.create({
    data: {
      id: newId(),
      programmeId,
      projectId: project?.id ?? null,
      check,
      fingerprints: fingerprints.join(' '),
      ...text,
      byId: requirePersonId(actor),
      source: place.platform,
      onDay: toDbDate(today),
      at: now,
    },
  })
}
