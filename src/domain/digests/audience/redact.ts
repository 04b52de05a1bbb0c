import { plural } from '../../../base/text.ts'
import { type PlanAttribute, readableAttributes } from '../../plan/attributes/attribute.ts'
import { planAttributes } from '../../plan/attributes/registry.ts'
import {
  effectiveUpdate,
  type Milestone,
  type Plan,
  type Project,
  type StatusUpdate,
} from '../../plan/plan.ts'
import { type Audience, commentaryAudienceSetting, mayRead } from '../../programme/audience.ts'
import type { Entry } from '../../register/entry.ts'
import type { OverrideRow } from '../../rollup/overrides.ts'
import { withheldText } from '../withheld.ts'

/**
 * Who is told what. The words of an update are for whom its author marked them; what cannot be marked, the reasons of
 * milestones, is for whom the programme says its commentary is. The register is made for the board, and for nobody
 * wider: a risk and its mitigation tell what may go wrong for children whom neighbours could know, and what is to be
 * decided is not public before it is. To the public nobody is named: a council publishes its ratings and milestones,
 * and answers for them as a council. Titles, milestones and their dates are the published plan, and for all.
 *
 * What a reader is not told is taken out of the plan before anything is composed of it, so that no list, count or
 * snapshot made of it later can tell it.
 */

/** The plan as one reader may know it. */
export function redactPlan(
  plan: Plan,
  reader: Audience,
  attributes: readonly PlanAttribute[] = planAttributes,
): Plan {
  if (reader === 'internal') return plan
  const projects = plan.projects.map((project) => ({
    ...redactProject(project, plan, reader),
    attributes: readableAttributes(project.attributes, attributes, (audience) =>
      mayRead(reader, audience),
    ),
  }))
  if (reader === 'board') return { ...plan, projects }
  const workstreams = plan.workstreams.map((one) => ({ ...one, leads: [], sponsors: [] }))
  const programme = { ...plan.programme, digestNames: false }
  return {
    programme,
    asAt: plan.asAt,
    workstreams,
    projects,
    people: new Map(),
    programmeOffice: [],
  }
}

// Built field by field, here and below: what comes to a project, an update or a milestone later is shown to nobody
// but insiders until somebody has said here for whom it is.
function redactProject(
  project: Project,
  { programme }: Plan,
  reader: Audience,
): Omit<Project, 'attributes'> {
  const { id, ref, title, workstreamId, tags, milestones, updates } = project
  const commentaryFor = commentaryAudienceSetting.of(programme.settings)
  return {
    ...{ id, ref, title, workstreamId, tags },
    leads: reader === 'public' ? [] : project.leads,
    milestones: milestones.map((one) =>
      redactMilestone(one, reader, mayRead(reader, commentaryFor)),
    ),
    updates: updates.map((one) => redactUpdate(one, reader)),
  }
}

function redactUpdate(update: StatusUpdate, reader: Audience): StatusUpdate {
  const { id, state, greenBy, criteria, derived, awaitsConfirmation, source, audience } = update
  const { onDay, at, attestsId } = update
  const may = mayRead(reader, audience)
  const named = reader !== 'public'
  return {
    ...{ id, state, greenBy, criteria, derived, awaitsConfirmation, source, audience, onDay, at },
    attestsId,
    reason: redactText(update.reason, may),
    path: redactText(update.path, may),
    divergenceReason: redactText(update.divergenceReason, may),
    byId: named ? update.byId : null,
    onBehalfOfId: named ? update.onBehalfOfId : null,
    confirmedById: named ? update.confirmedById : null,
  }
}

/** `null` stays null: that nothing was said is known to all, and a path that was given is not called missing. */
function redactText(words: string | null, may: boolean): string | null {
  return words === null || may ? words : withheldText
}

function redactMilestone(milestone: Milestone, reader: Audience, may: boolean): Milestone {
  const { id, number, about, raw, heading, earliest, baselineDue, due, precision } = milestone
  const { rating, doneOn, completion, flag, addedOn, moves } = milestone
  const who = <Said extends { readonly byId: string | null; readonly onBehalfOfId: string | null }>(
    said: Said,
  ): Said => (reader === 'public' ? { ...said, byId: null, onBehalfOfId: null } : said)
  return {
    ...{ id, number, about, raw, heading, earliest, baselineDue, due, precision },
    ...{ rating, doneOn, addedOn },
    completion: completion && {
      ...who(completion),
      // A link leads into the council's own files.
      evidence: reader === 'public' ? null : completion.evidence,
      confirmedById: reader === 'public' ? null : completion.confirmedById,
    },
    flag: flag && { ...who(flag), reason: may ? flag.reason : null },
    moves: moves.map((move) => ({ ...who(move), reason: may ? move.reason : withheldText })),
  }
}

/** Whether the public is told what is written as a headline: where all that is written is for them. */
export function mayReadHeadlines(reader: Audience, { programme }: Plan): boolean {
  return reader !== 'public' || commentaryAudienceSetting.of(programme.settings) === 'public'
}

/** What a reader is told of the register. */
export function redactRegister(
  register: readonly Entry[],
  plan: Plan,
  reader: Audience,
): readonly Entry[] {
  if (reader !== 'public') return register
  if (!mayReadHeadlines(reader, plan)) return []
  return register
    .filter(({ kind }) => kind === 'headline')
    .map((headline) => ({ ...headline, byId: null, closing: null }))
}

/** Colours that somebody set: they count for all, and the reason is for whom commentary is. */
export function redactOverrides(
  overrides: readonly OverrideRow[],
  { programme }: Plan,
  reader: Audience,
): readonly OverrideRow[] {
  if (mayRead(reader, commentaryAudienceSetting.of(programme.settings))) return overrides
  return overrides.map((row) => ({ ...row, reason: withheldText }))
}

/** What was left out for the reader, in sentences; nothing where nothing was. */
export function formatWithheld(plan: Plan, reader: Audience): string[] {
  const hidden = plan.projects.filter((project) => {
    const said = effectiveUpdate(project)
    return said && !mayRead(reader, said.audience) && (said.reason || said.path)
  })
  const count = hidden.length
  return [
    ...(count > 0
      ? [`The commentary of ${plural(count, 'project')} is not for this audience.`]
      : []),
    ...(reader === 'public'
      ? [
          'A public digest tells ratings and milestones; no names, risks, decisions or dependencies.',
        ]
      : []),
  ]
}
