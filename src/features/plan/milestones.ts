import { z } from 'zod'
import { type CivilDate, toDbDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { fold, nearest, quoted } from '../../base/text.ts'
import type { Context } from '../../chat/commands.ts'
import { type FoundProject, knownPerson, projectToChange } from './access.ts'
import type { Milestone, Project } from './plan.ts'
import { loadProject } from './store.ts'
import { shortTextOf } from './words.ts'

const sayWhich = 'Say which milestone, by its number or its words.'

/** A milestone as people name it: its project and its number or words; a button names it by id alone. */
export const milestoneNamed = z.object({
  project: z.string().optional(),
  milestone: z.string({ error: sayWhich }).trim().min(1, sayWhich),
})

export interface MilestoneToChange {
  readonly found: FoundProject
  readonly project: Project
  readonly milestone: Milestone
}

/** @throws Refusal where it is not there, is not theirs to change, or the words fit several. */
export async function milestoneToChange(
  context: Context,
  named: z.infer<typeof milestoneNamed>,
): Promise<MilestoneToChange> {
  const { tx, actor, today } = context
  const row = await tx.milestone.findFirst({
    where: {
      id: idOf(named.milestone),
      // What is not theirs is not there, by id no more than by name.
      project: { programme: { memberships: { some: { personId: knownPerson(actor) } } } },
    },
    select: { projectId: true },
  })
  const projectNamed = row?.projectId ?? named.project
  if (!projectNamed)
    throw new Refusal('That milestone is not in the plan any more. Nothing was stored.')
  const found = await projectToChange(tx, actor, projectNamed)
  const project = await loadProject(tx, found.id, today)
  return { found, project, milestone: pickMilestone(project, named.milestone) }
}

/** How many milestones a refusal offers. */
const listed = 12

const noId = '00000000-0000-0000-0000-000000000000'
const idOf = (text: string): string => (z.uuid().safeParse(text).success ? text : noId)

/** By id, number or words; the words may be a part, if only one milestone has them. Pure. */
export function pickMilestone(project: Project, named: string): Milestone {
  const { milestones, ref } = project
  if (milestones.length === 0)
    throw new Refusal(`Project ${ref} has no milestones. Nothing was stored.`)
  const exact = milestones.find(({ id, number }) => id === named || String(number) === named)
  if (exact) return exact
  const wanted = fold(named)
  const matches = milestones.filter(({ about, raw }) => fold(about || raw).includes(wanted))
  const open = matches.filter(({ doneOn }) => doneOn === null)
  const [only, second] = open.length > 0 ? open : matches
  if (only && !second) return only
  const list = (second ? open : milestones)
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

/** Records that it is done on the person's day. A milestone that is done already stays as it was. */
export async function completeMilestone(context: Context, milestone: Milestone): Promise<boolean> {
  const { tx, actor, now, today, place } = context
  const { count } = await tx.milestoneDone.createMany({
    data: {
      milestoneId: milestone.id,
      byId: knownPerson(actor),
      source: place.platform,
      onDay: toDbDate(today),
      at: now,
    },
    skipDuplicates: true,
  })
  if (count > 0) {
    await tx.milestone.update({ where: { id: milestone.id }, data: { doneOn: toDbDate(today) } })
  }
  return count > 0
}

/** Appends a move and sets the current date. The baseline and every earlier date stay in the history. */
export async function moveMilestone(
  context: Context,
  milestone: Milestone,
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
      source: place.platform,
      onDay: toDbDate(today),
      at: now,
    },
  })
  await tx.milestone.update({ where: { id: milestone.id }, data: { due: toDbDate(to) } })
}
