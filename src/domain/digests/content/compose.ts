import { addDays } from '../../../base/dates.ts'
import { ratedDifferently } from '../../assurance/format.ts'
import { tell } from '../../scheme/scheme-snapshot.ts'
import { schemeOf } from '../../scheme/schemes.ts'
import { type DigestAsked, type DigestContent, unissued } from './content.ts'
import { countsOf } from './counts.ts'
import { milestoneNews, milestoneSnapshot } from './milestone-changes.ts'
import { notUpdatedOf, quietOf } from './missing-updates.ts'
import { leftOutOf, notesOf } from './omissions.ts'
import { projectNews, projectSnapshot } from './project-changes.ts'
import { standsOf } from './project-states.ts'
import { registerLeftOut, registerNews, registerSnapshot } from './register-changes.ts'
import { colourNews } from './workstream-rag.ts'

/** How far ahead a digest looks, in days. */
const horizonDays = 14

/** What a digest has to say of a plan: what changed since the one before it, and what needs attention. */
export function composeDigest(asked: DigestAsked): DigestContent {
  const { plan, previous } = asked
  const { id, key, title, settings } = plan.programme
  const dueUntil = addDays(plan.asAt, horizonDays)
  const stands = standsOf(asked)
  const colours = colourNews(asked)
  const quiet = quietOf(asked)
  const register = registerNews(asked)
  const projects = projectNews(asked, stands)
  return {
    ...unissued,
    programme: { id, key, title },
    asAt: plan.asAt,
    scheme: tell(schemeOf(settings)),
    previousAsAt: previous?.asAt ?? null,
    counts: countsOf(asked, stands),
    ...projects,
    ...milestoneNews(asked, dueUntil),
    dueUntil,
    quiet,
    ...register,
    override: colours.override,
    workstreams: colours.workstreams,
    notUpdated: notUpdatedOf(asked),
    notes: [
      ...notesOf(asked, stands),
      ...ratedDifferently(projects.beside.length, settings.secondRating),
    ],
    leftOut: [
      ...leftOutOf(asked, stands, { dueUntil, quiet }),
      ...registerLeftOut(asked, register),
    ],
    snapshot: {
      ...colours.snapshot,
      projects: projectSnapshot(stands),
      milestones: milestoneSnapshot(plan),
      register: registerSnapshot(asked),
    },
  }
}
