import { z } from 'zod'
import { type CivilDate, toDbDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { isId, newId } from '../../base/ids.ts'
import { fold, nearest, quoted } from '../../base/text.ts'
import type { Context } from '../../chat/commands.ts'
import type { Tx } from '../../infra/db.ts'
import { shortTextOf } from './format.ts'
import { type FoundProject, findProject, knownPerson, projectToChange } from './lookup.ts'
import { answersFor, mayChange, mayConfirm } from './permissions.ts'
import { isAnswered, type Milestone, type Project } from './plan.ts'
import { loadProject } from './store.ts'

const sayWhich = 'Say which milestone, by its number or its words.'

/** A milestone as people name it: its project and its number or words; a button names it by id alone. */
export const milestoneNamed = z.object({
  project: z.string().optional(),
  milestone: z.string({ error: sayWhich }).trim().min(1, sayWhich),
})

export interface FoundMilestone {
  readonly found: FoundProject
  readonly project: Project
  readonly milestone: Milestone
}

/** @throws Refusal where it is not there, is not theirs to change, or the words fit several. */
export async function milestoneToChange(
  context: Context,
  named: z.infer<typeof milestoneNamed>,
): Promise<FoundMilestone> {
  const project = await projectNamedBy(context, named)
  const found = await projectToChange(context, project)
  return pickIn(context, found, named.milestone, (milestone) => !isAnswered(milestone))
}

/**
 * One in a project the person can see, whether or not it is theirs to change.
 * @throws Refusal where it is not there, or the words fit several
 */
export async function milestoneInSight(
  context: Context,
  named: z.infer<typeof milestoneNamed>,
): Promise<FoundMilestone> {
  const found = await findProject(context, await projectNamedBy(context, named))
  return pickIn(context, found, named.milestone, (milestone) => !isAnswered(milestone))
}

/**
 * One whose completion the person may confirm: who may change it, or a sponsor of its workstream.
 * @throws Refusal as `milestoneToChange` does
 */
export async function milestoneToConfirm(
  context: Context,
  named: z.infer<typeof milestoneNamed>,
): Promise<FoundMilestone> {
  const project = await projectNamedBy(context, named)
  const found = await findProject(context, project)
  const personId = knownPerson(context.actor)
  if (!mayChange(personId, found) && !mayConfirm(personId, found)) {
    throw new Refusal(
      `Thank you, but milestones of ${found.ref} are confirmed by its leads, its sponsor and the programme office. Nothing was stored.`,
    )
  }
  return pickIn(
    context,
    found,
    named.milestone,
    ({ completion }) => completion?.awaitsConfirmation === true,
  )
}

/** The project as it was named, or that of the milestone where a button names only this. */
async function projectNamedBy(
  { tx, actor }: Context,
  named: z.infer<typeof milestoneNamed>,
): Promise<string> {
  const personId = knownPerson(actor)
  const row = isId(named.milestone)
    ? await tx.milestone.findFirst({
        where: {
          id: named.milestone,
          // What is not theirs is not there, by id no more than by name.
          project: { programme: { memberships: { some: { personId } } } },
        },
        select: { projectId: true },
      })
    : null
  const project = row?.projectId ?? named.project
  if (!project) throw new Refusal('That milestone is not in the plan any more. Nothing was stored.')
  return project
}

async function pickIn(
  { tx, today }: Context,
  found: FoundProject,
  named: string,
  isLikely: (milestone: Milestone) => boolean,
): Promise<FoundMilestone> {
  const project = await loadProject(tx, found.id, today)
  return { found, project, milestone: pickMilestone(project, named, isLikely) }
}

/** How many milestones a refusal offers. */
const listed = 12

/**
 * By id, number or words; the words may be a part, if only one milestone has them, or only one of those that are
 * likely to be meant. Pure.
 */
function pickMilestone(
  project: Project,
  named: string,
  isLikely: (milestone: Milestone) => boolean,
): Milestone {
  const { milestones, ref } = project
  if (milestones.length === 0)
    throw new Refusal(`Project ${ref} has no milestones. Nothing was stored.`)
  const exact = milestones.find(({ id, number }) => id === named || String(number) === named)
  if (exact) return exact
  const wanted = fold(named)
  const matches = milestones.filter(({ about, raw }) => fold(about || raw).includes(wanted))
  const likely = matches.filter(isLikely)
  const meant = likely.length > 0 ? likely : matches
  const [only, second] = meant
  if (only && !second) return only
  const list = (second ? meant : milestones)
    .slice(0, listed)
    .map((one) => `${one.number} ${shortTextOf(one)}`)
    .join('; ')
  if (second)
    throw new Refusal(
      `${quoted(named)} fits several milestones of ${ref}: ${list}. Say the number. Nothing was stored.`,
    )
  const near = nearest(
    named,
    milestones.map(({ about }) => about),
  )
  const hint = near ? `Did you mean ${quoted(near)}?` : `It has: ${list}.`
  throw new Refusal(`Project ${ref} has no milestone ${quoted(named)}. ${hint} Nothing was stored.`)
}

/**
 * Records that it is done on the person's day. Where the programme asks for a second person, it counts once that one
 * has confirmed it. False where that was said before, which then stays as it was.
 */
export async function completeMilestone(
  { tx, actor, now, today, place }: Context,
  { found, milestone }: FoundMilestone,
  evidence: string | null,
): Promise<boolean> {
  const toConfirm = found.programme.settings.confirm.done
  const { count } = await tx.milestoneDone.createMany({
    data: {
      milestoneId: milestone.id,
      byId: knownPerson(actor),
      forId: answersFor(knownPerson(actor), found),
      source: place.platform,
      evidence,
      toConfirm,
      onDay: toDbDate(today),
      at: now,
    },
    skipDuplicates: true,
  })
  if (count > 0 && !toConfirm) await setDone(tx, milestone, today)
  return count > 0
}

/** The second person says so, too: it counts as finished, on the day it was said to be. False where it does already. */
export async function confirmMilestone(
  { tx, actor, now, today }: Context,
  milestone: Milestone,
  doneOn: CivilDate,
): Promise<boolean> {
  const { count } = await tx.milestoneDone.updateMany({
    where: { milestoneId: milestone.id, toConfirm: true, confirmedOn: null },
    data: { confirmedById: knownPerson(actor), confirmedOn: toDbDate(today), confirmedAt: now },
  })
  if (count > 0) await setDone(tx, milestone, doneOn)
  return count > 0
}

async function setDone(tx: Tx, { id }: Milestone, day: CivilDate): Promise<void> {
  await tx.milestone.update({ where: { id }, data: { doneOn: toDbDate(day) } })
}

/** Appends that it is at risk, or no longer is. */
export async function flagMilestone(
  { tx, actor, now, today, place }: Context,
  { found, milestone }: FoundMilestone,
  flag: { readonly atRisk: boolean; readonly reason: string | null },
): Promise<void> {
  await tx.milestoneFlag.create({
    data: {
      id: newId(),
      milestoneId: milestone.id,
      ...flag,
      byId: knownPerson(actor),
      forId: answersFor(knownPerson(actor), found),
      source: place.platform,
      onDay: toDbDate(today),
      at: now,
    },
  })
}

/** Appends a move and sets the current date. The baseline and every earlier date stay in the history. */
export async function moveMilestone(
  context: Context,
  { found, milestone }: FoundMilestone,
  to: CivilDate,
  reason: string,
): Promise<void> {
  const { tx, actor, now, today, place } = context
  await tx.milestoneMove.create({
    data: {
      id: newId(),
      milestoneId: milestone.id,
      from: milestone.due ? toDbDate(milestone.due) : null,
      to: toDbDate(to),
      reason,
      byId: knownPerson(actor),
      forId: answersFor(knownPerson(actor), found),
      source: place.platform,
      onDay: toDbDate(today),
      at: now,
    },
  })
  await tx.milestone.update({ where: { id: milestone.id }, data: { due: toDbDate(to) } })
}
