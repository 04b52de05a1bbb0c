import { addDays } from '../../../base/dates.ts'
import { divergenceCountText } from '../../assurance/format.ts'
import { secondRatingSetting } from '../../assurance/settings.ts'
import { snapshotScheme } from '../../scheme/scheme-snapshot.ts'
import { schemeOf } from '../../scheme/schemes.ts'
import { type DigestContent, type DigestInput, previewDefaults } from './content.ts'
import { stateCounts } from './counts.ts'
import { composeMilestoneChanges, milestoneSnapshot } from './milestone-changes.ts'
import { missingUpdates, quietProjects } from './missing-updates.ts'
import { planChangeNotes, planOmissions } from './omissions.ts'
import { composeProjectChanges, projectSnapshot } from './project-changes.ts'
import { projectStates } from './project-states.ts'
import { composeRegisterChanges, registerOmissions, registerSnapshot } from './register-changes.ts'
import { composeWorkstreamRag } from './workstream-rag.ts'

/** How far ahead a digest looks, in days. */
const horizonDays = 14

/** What a digest has to say of a plan: what changed since the one before it, and what needs attention. */
export function composeDigest(asked: DigestInput): DigestContent {
  const { plan, previous, audience = 'board' } = asked
  const { id, key, title, settings } = plan.programme
  const dueUntil = addDays(plan.asAt, horizonDays)
  const stands = projectStates(asked)
  const colours = composeWorkstreamRag(asked)
  const quiet = quietProjects(asked)
  const register = composeRegisterChanges(asked)
  const projects = composeProjectChanges(asked, stands)
  return {
    ...previewDefaults,
    audience,
    programme: { id, key, title },
    asAt: plan.asAt,
    scheme: snapshotScheme(schemeOf(settings)),
    previousAsAt: previous?.asAt ?? null,
    counts: stateCounts(asked, stands),
    ...projects,
    ...composeMilestoneChanges(asked, dueUntil),
    dueUntil,
    quiet,
    ...register,
    override: colours.override,
    workstreams: colours.workstreams,
    notUpdated: missingUpdates(asked),
    notes: [
      ...planChangeNotes(asked, stands),
      ...divergenceCountText(projects.beside.length, secondRatingSetting.of(settings)),
    ],
    leftOut: [
      ...planOmissions(asked, stands, { dueUntil, quiet }),
      ...registerOmissions(asked, register),
    ],
    snapshot: {
      ...colours.snapshot,
      projects: projectSnapshot(stands),
      milestones: milestoneSnapshot(plan),
      register: registerSnapshot(asked),
    },
  }
}
