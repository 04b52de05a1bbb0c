import { addDays } from '../../../base/dates.ts'
import { ratedDifferently } from '../../assurance/words.ts'
import { schemeOf } from '../../status/schemes.ts'
import { colourNews } from './colours.ts'
import { type DigestAsked, type DigestContent, unissued } from './content.ts'
import { countsOf } from './counts.ts'
import { leftOutOf, notesOf } from './left-out.ts'
import { milestoneNews, milestoneSnapshot } from './milestone-news.ts'
import { projectNews, projectSnapshot } from './project-news.ts'
import { registerLeftOut, registerNews, registerSnapshot } from './register-news.ts'
import { tell } from './scheme-told.ts'
import { standsOf } from './stands.ts'
import { notUpdatedOf, quietOf } from './unsaid.ts'

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
