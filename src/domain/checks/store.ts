import { z } from 'zod'
import { addDays, type CivilDate, fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Context } from '../../chat/commands.ts'
import type { Tx } from '../../infra/db.ts'
import { measuresOf } from '../measures/store.ts'
import { knownPerson } from '../plan/lookup.ts'
import type { Plan, Programme, Project } from '../plan/plan.ts'
import { loadEntries } from '../register/store.ts'
import { roundsBetween } from '../rounds/rules.ts'
import { roundsOf } from '../rounds/store.ts'
import { schemeOf } from '../scheme/schemes.ts'
import { type CheckAnswer, checkKeys, isAnswered, type Raised } from './check.ts'
import { type KnownNames, knownNames } from './personal-data-detector.ts'
import { openChecks, type PlanChecked, readBy } from './rules.ts'

/** The open checks of a whole plan, its register included. */
export async function checksIn(tx: Tx, plan: Plan): Promise<Raised[]> {
  const { programme, asAt } = plan
  return openChecks(plan, {
    answers: await answersIn(tx, programme.id, asAt),
    measures: await measuresOf(tx, programme.id, asAt),
    rounds: await lastRounds(tx, plan),
    entries: await loadEntries(tx, programme.id),
    names: namesOfPlan(plan),
  })
}

/** The open checks of one project, as at today, as it is given. It reads no more than they look at: an update waits. */
export async function checksOfProject(
  { tx, today }: Pick<Context, 'tx' | 'today'>,
  programme: Programme,
  project: Project,
): Promise<Raised[]> {
  const { id, settings } = programme
  const plan: PlanChecked = { programme, asAt: today, projects: [project] }
  const reads = readBy(project, schemeOf(settings), today)
  const raised = openChecks(plan, {
    ...{ answers: [], entries: [] },
    measures: reads.measures ? await measuresOf(tx, id, today) : [],
    rounds: reads.rounds ? await lastRounds(tx, plan) : [],
    names: reads.names ? await namesIn(tx, id) : knownNames([]),
  })
  if (raised.length === 0) return []
  const answers = await answersIn(tx, id, today)
  return raised.filter((one) => !isAnswered(one, answers))
}

/** Far enough to hold the last few rounds, also of a programme that reports to its board each month. */
const roundDays = 20 * 7

/** The days that the rounds before the plan's day served, newest first. */
async function lastRounds(
  tx: Tx,
  { programme, asAt }: Pick<PlanChecked, 'programme' | 'asAt'>,
): Promise<CivilDate[]> {
  const known = await roundsOf(tx, programme)
  const rounds = roundsBetween(known, addDays(asAt, -roundDays), addDays(asAt, -1))
  return rounds.map(({ round }) => round).toReversed()
}

export function namesOfPlan({ people }: Pick<Plan, 'people'>): KnownNames {
  return knownNames([...people.values()].map(({ name }) => name))
}

/** The same where no plan was loaded. */
export async function namesIn(tx: Tx, programmeId: string): Promise<KnownNames> {
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
  return knownNames(people.map(({ name }) => name))
}

const checkKey = z.enum(checkKeys)

/** What was answered by the end of a day; oldest first. */
export async function answersIn(
  tx: Tx,
  programmeId: string,
  asAt: Plan['asAt'],
): Promise<CheckAnswer[]> {
  const rows = await tx.checkAnswer.findMany({
    where: { programmeId, onDay: { lte: toDbDate(asAt) } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ check, about, answer, projectId, byId, onDay }) => ({
    ...{ answer, projectId, byId },
    check: checkKey.parse(check),
    about: about.split(' '),
    onDay: fromDbDate(onDay),
  }))
}

/** Appends an answer as at the person's day. `forId`: the lead for whom a deputy gives it. */
export async function keepAnswer(
  { tx, actor, now, today, place }: Context,
  programmeId: string,
  { check, project, about }: Pick<Raised, 'check' | 'project' | 'about'>,
  said: { readonly answer: string; readonly forId: string | null },
): Promise<void> {
  await tx.checkAnswer.create({
    data: {
      id: newId(),
      programmeId,
      projectId: project?.id ?? null,
      check,
      about: about.join(' '),
      ...said,
      byId: knownPerson(actor),
      source: place.platform,
      onDay: toDbDate(today),
      at: now,
    },
  })
}
