import { z } from 'zod'
import { addDays, fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Context } from '../../chat/commands.ts'
import type { Tx } from '../../infra/db.ts'
import { measuresOf } from '../measures/store.ts'
import { knownPerson } from '../plan/access.ts'
import type { Plan, Programme, Project } from '../plan/plan.ts'
import type { Entry } from '../register/entry.ts'
import { loadEntries } from '../register/store.ts'
import { roundsBetween } from '../rounds/rules.ts'
import { roundsOf } from '../rounds/store.ts'
import { type KnownNames, knownNames } from './case-detail.ts'
import { type CheckAnswer, checkKeys, type Raised } from './check.ts'
import { type KnownToChecks, openChecks, type PlanChecked } from './rules.ts'

/** The open checks of a whole plan, its register included. */
export async function checksIn(tx: Tx, plan: Plan): Promise<Raised[]> {
  const entries = await loadEntries(tx, plan.programme.id)
  const names = namesOfPlan(plan)
  return openChecks(plan, { ...(await knownOf(tx, plan)), entries, names })
}

/** The open checks of one project, as at today, as it is given. */
export async function checksOfProject(
  { tx, today }: Pick<Context, 'tx' | 'today'>,
  programme: Programme,
  project: Project,
): Promise<Raised[]> {
  const plan: PlanChecked = { programme, asAt: today, projects: [project] }
  const entries: readonly Entry[] = []
  const names = await namesIn(tx, programme.id)
  return openChecks(plan, { ...(await knownOf(tx, plan)), entries, names })
}

/** Far enough to hold the last few rounds, also of a programme that reports to its board each month. */
const roundDays = 20 * 7

async function knownOf(
  tx: Tx,
  { programme, asAt }: PlanChecked,
): Promise<Omit<KnownToChecks, 'entries' | 'names'>> {
  const rounds = await roundsOf(tx, programme)
  return {
    answers: await answersIn(tx, programme.id, asAt),
    measures: await measuresOf(tx, programme.id, asAt),
    rounds: roundsBetween(rounds, addDays(asAt, -roundDays), addDays(asAt, -1))
      .map(({ round }) => round)
      .toReversed(),
  }
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
