import { addDays } from '../../../base/dates.ts'
import { divergenceCountText } from '../../assurance/format.ts'
import { secondRatingSetting } from '../../assurance/settings.ts'
import { snapshotScheme } from '../../scheme/scheme-snapshot.ts'
import { schemeOf } from '../../scheme/schemes.ts'
import { type DigestContent, previewDefaults } from './content.ts'
import { stateCounts } from './counts.ts'
import type { DigestInput } from './digest-input.ts'
import { composeDimensionChanges, dimensionSnapshots } from './dimension-changes.ts'
import { composeLifeChanges, restingSnapshot } from './life-changes.ts'
import { composeMeasureChanges, measureSnapshots } from './measure-changes.ts'
import { composeMilestoneChanges, milestoneSnapshot } from './milestone-changes.ts'
import { missingUpdates, quietProjects } from './missing-updates.ts'
import { planOmissions, setAsideOmissions } from './omissions.ts'
import { otherChanges } from './other-changes.ts'
import { projectOwners } from './owners.ts'
import { composeProjectChanges, projectSnapshot } from './project-changes.ts'
import { projectStates } from './project-states.ts'
import {
  composeRegisterChanges,
  entryStatesSnapshot,
  registerOmissions,
  registerSnapshot,
} from './register-changes.ts'
import { composeWorkstreamRag } from './workstream-rag.ts'

/** How far ahead a digest looks, in days. */
const horizonDays = 14

/** The first readers were told otherwise: a change that is a correction says so. */
function correctionNotes({ previous, corrections = [] }: DigestInput): string[] {
  const which = previous?.issue ? `Digest ${previous.issue.number}` : 'The last digest'
  return corrections.map((text) => `${which} was corrected, ${text}`)
}

/** Ids of the projects that stand in a list of projects. */
function listedProjects(
  { worse, better, attention, newlyRated, noLongerRated }: ReturnType<typeof composeProjectChanges>,
  ...others: readonly (readonly { readonly id: string }[])[]
): ReadonlySet<string> {
  const still = attention.flatMap(({ entries }) => entries)
  const lists = [worse, better, still, newlyRated, noLongerRated, ...others]
  return new Set(lists.flat().map(({ id }) => id))
}

/** Composes a digest of a plan: what changed since the digest before it, and what needs attention. */
export function composeDigest(input: DigestInput): DigestContent {
  const { plan, previous, audience = 'board' } = input
  const { id, key, title, settings } = plan.programme
  const dueUntil = addDays(plan.asAt, horizonDays)
  const states = projectStates(input)
  const rag = composeWorkstreamRag(input, states)
  const quiet = quietProjects(input)
  const register = composeRegisterChanges(input)
  const projects = composeProjectChanges(input, states)
  const dimensions = composeDimensionChanges(input, states)
  const lifeChanges = composeLifeChanges(input)
  return {
    ...previewDefaults,
    audience,
    programme: { id, key, title },
    asAt: plan.asAt,
    scheme: snapshotScheme(schemeOf(settings)),
    previousAsAt: previous?.asAt ?? null,
    previousBasis: previous?.basis ?? 'digest',
    counts: stateCounts(input, states),
    owners: projectOwners(input),
    ...projects,
    lifeChanges,
    ...composeMilestoneChanges(input, dueUntil),
    dueUntil,
    quiet,
    ...register,
    ...composeMeasureChanges(input),
    dimensions,
    override: rag.override,
    workstreams: rag.workstreams,
    notUpdated: missingUpdates(input),
    otherChanges: otherChanges(input, { states, lifeChanges, colours: rag.snapshot }),
    notes: [
      ...correctionNotes(input),
      ...divergenceCountText(projects.beside.length, secondRatingSetting.of(settings)),
    ],
    leftOut: [
      ...planOmissions(input, states, {
        dueUntil,
        projects: listedProjects(projects, quiet, dimensions),
      }),
      ...registerOmissions(input, register),
      ...setAsideOmissions(input),
    ],
    snapshot: {
      ...rag.snapshot,
      projects: projectSnapshot(states),
      milestones: milestoneSnapshot(plan),
      measures: measureSnapshots(input),
      dimensions: dimensionSnapshots(input),
      setAside: restingSnapshot(input),
      register: registerSnapshot(input),
      entryStates: entryStatesSnapshot(input),
    },
  }
}
