import { plural } from '../../../base/text.ts'
import type { Measure } from '../../measures/measure.ts'
import { type PlanAttribute, readableAttributes } from '../../plan/attributes/attribute.ts'
import { planAttributes } from '../../plan/attributes/registry.ts'
import {
  effectiveUpdate,
  type Milestone,
  type Plan,
  type Project,
  type StatusUpdate,
} from '../../plan/plan.ts'
import { noLinks, type ProgrammeLinks } from '../../plan/programme-links.ts'
import type { SetAsideProjects } from '../../plan/set-aside.ts'
import { type Audience, commentaryAudienceSetting, mayRead } from '../../programme/audience.ts'
import type { Entry } from '../../register/entry.ts'
import type { OverrideRow } from '../../rollup/overrides.ts'
import type { RatingsByProject } from '../../status/dimensions.ts'
import { withheldText } from '../withheld.ts'
import { mapSetAsideTexts, mapTexts } from './map-texts.ts'

/**
 * Who may read what. The words of an update are for whom its author marked them. What cannot be marked, the reasons of
 * milestones, is for whom the programme says its commentary is. The register is for the board and for nobody wider: a
 * risk and its mitigation say what may go wrong for children whom neighbours could know, and what is to be decided is
 * not public before it is. To the public nobody is named: a council publishes its ratings and milestones, and answers
 * for them as a council. Titles, milestones and their dates are the published plan, and for everybody.
 *
 * What a reader may not know is taken out of the plan before anything is composed of it, so that no list, count or
 * snapshot made of it later can reveal it.
 */

/** The plan as far as a reader may know it. */
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
    viewers: new Set(),
  }
}

// Built field by field, here and below: a field that is added to a project, an update or a milestone later is shown
// to insiders only, until somebody says here who may read it.
function redactProject(
  project: Project,
  { programme }: Plan,
  reader: Audience,
): Omit<Project, 'attributes'> {
  const { id, ref, title, workstreamId, tags, leads } = project
  const isReasonReadable = mayRead(reader, commentaryAudienceSetting.of(programme.settings))
  const { milestones, updates, past } = mapTexts(project, {
    update: (text, { audience }) => (mayRead(reader, audience) ? text : withheldText),
    move: (reason) => (isReasonReadable ? reason : withheldText),
    flag: (reason) => (isReasonReadable ? reason : null),
  })
  return {
    ...{ id, ref, title, workstreamId, tags },
    // A plan holds live projects alone.
    life: null,
    leads: reader === 'public' ? [] : leads,
    milestones: milestones.map((milestone) => redactMilestone(milestone, reader)),
    updates: updates.map((update) => redactUpdate(update, reader)),
    ...(past && {
      past: {
        from: past.from,
        states: past.states.map(({ state, onDay }) => ({ state, onDay })),
        ticks: past.ticks && redactUpdate(past.ticks, reader),
      },
    }),
  }
}

function redactUpdate(update: StatusUpdate, reader: Audience): StatusUpdate {
  const { id, state, greenBy, criteria, derived, awaitsConfirmation, source, audience } = update
  const { onDay, at, attestsId, reason, path, divergenceReason } = update
  const isNamed = reader !== 'public'
  return {
    ...{ id, state, greenBy, criteria, derived, awaitsConfirmation, source, audience, onDay, at },
    ...{ attestsId, reason, path, divergenceReason },
    byId: isNamed ? update.byId : null,
    onBehalfOfId: isNamed ? update.onBehalfOfId : null,
    confirmedById: isNamed ? update.confirmedById : null,
  }
}

function redactMilestone(milestone: Milestone, reader: Audience): Milestone {
  const { id, number, about, raw, heading, earliest, baselineDue, due, precision } = milestone
  const { ratings, doneOn, completion, flag, addedOn, moves } = milestone
  const withoutNames = <
    Event extends { readonly byId: string | null; readonly onBehalfOfId: string | null },
  >(
    event: Event,
  ): Event => (reader === 'public' ? { ...event, byId: null, onBehalfOfId: null } : event)
  return {
    ...{ id, number, about, raw, heading, earliest, baselineDue, due, precision },
    ...{ ratings, doneOn, addedOn },
    completion: completion && {
      ...withoutNames(completion),
      // A link leads into the council's own files.
      evidence: reader === 'public' ? null : completion.evidence,
      confirmedById: reader === 'public' ? null : completion.confirmedById,
    },
    flag: flag && withoutNames(flag),
    moves: moves.map(withoutNames),
  }
}

/** Whether headlines are shown to a reader: to the public only where all commentary is for them. */
export function mayReadHeadlines(reader: Audience, { programme }: Plan): boolean {
  return reader !== 'public' || commentaryAudienceSetting.of(programme.settings) === 'public'
}

/** The register as far as a reader may know it. */
export function redactRegister(
  register: readonly Entry[],
  plan: Plan,
  reader: Audience,
): readonly Entry[] {
  if (reader !== 'public') return register
  if (!mayReadHeadlines(reader, plan)) return []
  return register
    .filter(({ kind }) => kind === 'headline')
    .map((headline) => ({ ...headline, byId: null, closing: null, reviews: [], reopenings: [] }))
}

/** Figures of measures are for the board and for nobody wider, until a programme publishes them itself. */
export function redactMeasures(measures: readonly Measure[], reader: Audience): readonly Measure[] {
  return mayRead(reader, 'board') ? measures : []
}

/** As measures: the published rating of a project is its overall one. */
export function redactDimensions(
  dimensions: RatingsByProject | undefined,
  reader: Audience,
): RatingsByProject | undefined {
  return mayRead(reader, 'board') ? dimensions : undefined
}

/** What projects are for, in the inspector's and the programme's words, is for the board and for nobody wider. */
export function redactLinks(links: ProgrammeLinks, reader: Audience): ProgrammeLinks {
  return mayRead(reader, 'board') ? links : noLinks
}

/** Colours that somebody set: everybody may know them; the reason is for whom commentary is. */
export function redactOverrides(
  overrides: readonly OverrideRow[],
  { programme }: Plan,
  reader: Audience,
): readonly OverrideRow[] {
  if (mayRead(reader, commentaryAudienceSetting.of(programme.settings))) return overrides
  return overrides.map((row) => ({ ...row, reason: withheldText }))
}

/** Projects that are set aside: why is for whom commentary is. */
export function redactSetAside(
  setAside: SetAsideProjects,
  { programme }: Plan,
  reader: Audience,
): SetAsideProjects {
  const isReadable = mayRead(reader, commentaryAudienceSetting.of(programme.settings))
  return isReadable ? setAside : mapSetAsideTexts(setAside, () => withheldText)
}

/** What was left out for the reader, in sentences; nothing where nothing was. */
export function formatWithheld(plan: Plan, reader: Audience): string[] {
  const { length: count } = plan.projects.filter((project) => {
    const update = effectiveUpdate(project)
    return update && !mayRead(reader, update.audience) && (update.reason || update.path)
  })
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
