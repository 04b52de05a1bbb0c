import { z } from 'zod'
import { programmesOfPerson } from '../../authority/programme-roles.ts'
import {
  authorise,
  onBehalfOf,
  type ProjectRoles,
  relationToProject,
} from '../../authority/rights.ts'
import type { CivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { sourceOf } from '../../base/request-context.ts'
import { fold, nearest, quoted } from '../../base/text.ts'
import type { DomainContext, ReadContext } from '../context.ts'
import { recordConfirmation } from './confirmations.ts'
import { shortMilestoneText } from './format.ts'
import { type FoundProject, findEditableProject, findProject, requirePersonId } from './lookup.ts'
import {
  appendCompletion,
  appendFlag,
  appendMove,
  appendRating,
  markDone,
  type Provenance,
} from './milestone-store.ts'
import { hasCompletion, type Milestone, type Project } from './plan.ts'
import { confirmationSetting } from './settings.ts'
import { loadRecentProject } from './store.ts'

const milestoneArgError = 'Say which milestone, by its number or its words.'

/** A milestone as people name it: its project and its number or words; a button names it by id alone. */
export const milestoneArgs = z.object({
  project: z.string().optional(),
  milestone: z.string({ error: milestoneArgError }).trim().min(1, milestoneArgError),
})

export interface FoundMilestone {
  readonly foundProject: FoundProject
  readonly project: Project
  readonly milestone: Milestone
}

/** @throws Refusal where it is not there, is not theirs to change, or the words fit several. */
export async function findEditableMilestone(
  context: ReadContext,
  named: z.infer<typeof milestoneArgs>,
): Promise<FoundMilestone> {
  const project = await resolveProjectArg(context, named)
  const found = await findEditableProject(context, project)
  return loadAndPickMilestone(context, found, named.milestone, isOpen)
}

/**
 * One in a project the person can see, whether or not it is theirs to change.
 * @throws Refusal where it is not there, or the words fit several
 */
export async function findVisibleMilestone(
  context: ReadContext,
  named: z.infer<typeof milestoneArgs>,
): Promise<FoundMilestone> {
  const found = await findProject(context, await resolveProjectArg(context, named))
  return loadAndPickMilestone(context, found, named.milestone, isOpen)
}

/**
 * One whose completion the person may confirm: who may change it, or a sponsor of its workstream.
 * @throws Refusal as `findEditableMilestone` does
 */
export async function findConfirmableMilestone(
  context: ReadContext,
  named: z.infer<typeof milestoneArgs>,
): Promise<FoundMilestone> {
  const project = await resolveProjectArg(context, named)
  const found = await findProject(context, project)
  const relation = relationToProject(requirePersonId(context.actor), found)
  authorise('confirm milestone', relation, found.ref)
  return loadAndPickMilestone(
    context,
    found,
    named.milestone,
    ({ completion }) => completion?.awaitsConfirmation === true,
  )
}

/** The project that was named, or that of the milestone where a button names the milestone alone. */
async function resolveProjectArg(
  { tx, actor }: ReadContext,
  named: z.infer<typeof milestoneArgs>,
): Promise<string> {
  const personId = requirePersonId(actor)
  const row = isId(named.milestone)
    ? await tx.milestone.findFirst({
        where: {
          id: named.milestone,
          // Nobody can look into another programme, not even by id.
          project: { programme: programmesOfPerson(personId) },
        },
        select: { projectId: true },
      })
    : null
  const project = row?.projectId ?? named.project
  if (!project) throw new Refusal('That milestone is not in the plan any more. Nothing was saved.')
  return project
}

const isOpen = (milestone: Milestone) => !hasCompletion(milestone)

async function loadAndPickMilestone(
  { tx, today }: ReadContext,
  found: FoundProject,
  named: string,
  isLikely: (milestone: Milestone) => boolean,
): Promise<FoundMilestone> {
  const project = await loadRecentProject(tx, found.id, today)
  return { foundProject: found, project, milestone: pickMilestone(project, named, isLikely) }
}

/** How many milestones a refusal offers. */
const maxListedMilestones = 12

/**
 * By id, number or words. The words may be part of a text, as long as only one milestone has them, or only one of the
 * likely ones. Pure.
 */
function pickMilestone(
  project: Project,
  named: string,
  isLikely: (milestone: Milestone) => boolean,
): Milestone {
  const { milestones, ref } = project
  if (isId(named) && !milestones.some(({ id }) => id === named))
    throw new Refusal('That milestone was taken out of the plan. Nothing was saved.')
  if (milestones.length === 0)
    throw new Refusal(`Project ${ref} has no milestones. Nothing was saved.`)
  const exact = milestones.find(({ id, number }) => id === named || String(number) === named)
  if (exact) return exact
  const wanted = fold(named)
  const matches = milestones.filter(({ about, raw }) => fold(about || raw).includes(wanted))
  const likely = matches.filter(isLikely)
  const meant = likely.length > 0 ? likely : matches
  const [only, second] = meant
  if (only && !second) return only
  const list = (second ? meant : milestones)
    .slice(0, maxListedMilestones)
    .map((one) => `${one.number} ${shortMilestoneText(one)}`)
    .join('; ')
  if (second)
    throw new Refusal(
      `${quoted(named)} fits several milestones of ${ref}: ${list}. Say the number. Nothing was saved.`,
    )
  const near = nearest(
    named,
    milestones.map(({ about }) => about),
  )
  const hint = near ? `Did you mean ${quoted(near)}?` : `It has: ${list}.`
  throw new Refusal(`Project ${ref} has no milestone ${quoted(named)}. ${hint} Nothing was saved.`)
}

/**
 * Records the milestone as done on the person's day. Where the programme asks for a second person, it counts once that
 * person has confirmed it. Returns false, and changes nothing, where it was recorded before.
 */
export async function completeMilestone(
  context: DomainContext,
  { foundProject, milestone }: FoundMilestone,
  evidence: string | null,
): Promise<boolean> {
  const { tx, today } = context
  const toConfirm = confirmationSetting.of(foundProject.programme.settings).done
  const said = provenanceOf(context, foundProject)
  const isNew = await appendCompletion(tx, milestone.id, { evidence, toConfirm }, said)
  if (isNew && !toConfirm) await markDone(tx, milestone.id, today)
  return isNew
}

/** Confirms a completion for its own day, so that it counts. Returns false where it counted already. */
export async function confirmMilestone(
  context: DomainContext,
  milestone: Milestone,
  doneOn: CivilDate,
): Promise<boolean> {
  if (!milestone.completion?.awaitsConfirmation) return false
  const isNew = await recordConfirmation(context, { milestoneId: milestone.id })
  if (isNew) await markDone(context.tx, milestone.id, doneOn)
  return isNew
}

/** Appends a flag: at risk, or no longer. Gives its id. */
export async function flagMilestone(
  context: DomainContext,
  { foundProject, milestone }: FoundMilestone,
  flag: { readonly atRisk: boolean; readonly reason: string | null },
): Promise<string> {
  return appendFlag(context.tx, milestone.id, flag, provenanceOf(context, foundProject))
}

/** Appends a rating of the milestone itself; gives its id. Every earlier one stays in the history. */
export async function rateMilestone(
  context: DomainContext,
  { foundProject, milestone }: FoundMilestone,
  rating: { readonly state: string; readonly reason: string | null },
): Promise<string> {
  const said = provenanceOf(context, foundProject)
  return appendRating(context.tx, milestone.id, { ...rating, raw: '' }, said)
}

/** Appends a move and sets the current date; gives the move's id. Every earlier date stays in the history. */
export async function moveMilestone(
  context: DomainContext,
  { foundProject, milestone }: FoundMilestone,
  to: CivilDate,
  reason: string,
): Promise<string> {
  const move = { from: milestone.due, to, reason }
  return appendMove(context.tx, milestone.id, move, provenanceOf(context, foundProject))
}

/** Who says something of a project, for whom, when and from where. */
export function provenanceOf(
  { actor, now, today, ...asked }: DomainContext,
  foundProject: ProjectRoles,
): Provenance {
  const byId = requirePersonId(actor)
  const onBehalfOfId = onBehalfOf(byId, foundProject)
  return { byId, onBehalfOfId, source: sourceOf(asked), onDay: today, at: now }
}
