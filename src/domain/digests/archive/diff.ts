import { type CivilDate, fullDate } from '../../../base/dates.ts'
import { plural, shorten } from '../../../base/text.ts'
import { deliveryState, milestoneText, type Plan } from '../../plan/plan.ts'
import { stateIn } from '../../scheme/scheme-snapshot.ts'
import { formatState } from '../../scheme/schemes.ts'
import { ratingContextOf, ratingOf } from '../../status/rating.ts'
import type { DigestContent } from '../content/content.ts'

/** What has changed since a digest. It is shown beside the digest, which stays as it was. */
export interface DigestDiff {
  /** Projects in another state than then. */
  readonly states: readonly DigestChange[]
  /** Milestones that were finished, or that have another date. */
  readonly milestones: readonly DigestChange[]
  /** Projects that are new in the digest's part of the plan, or no longer in it. */
  readonly projects: readonly DigestChange[]
}

export interface DigestChange {
  /** '2.1 Practice standards'. */
  readonly title: string
  /** '▲ Amber then, ◆ Red now'. */
  readonly line: string
}

/** Compares the frozen snapshot with the same part of today's plan. Pure. */
export function diffDigest({ snapshot, scheme }: DigestContent, now: Plan): DigestDiff {
  const context = ratingContextOf(now)
  const thenProjects = new Map(snapshot.projects.map((one) => [one.id, one]))
  const thenMilestones = new Map(snapshot.milestones.map((one) => [one.id, one]))
  const ids = new Set(now.projects.map(({ id }) => id))
  const left = snapshot.projects.filter(({ id }) => !ids.has(id)).length
  return {
    states: now.projects.flatMap((project) => {
      const before = thenProjects.get(project.id)
      const { state } = ratingOf(project, context)
      if (!before || before.state === state.key) return []
      const then = formatState(stateIn(scheme, before.state))
      return [
        {
          title: projectTitle(project),
          line: `${then} then, ${formatState(state)} now`,
        },
      ]
    }),
    milestones: now.projects.flatMap((project) =>
      project.milestones.flatMap((milestone) => {
        const before = thenMilestones.get(milestone.id)
        const isDone = deliveryState(milestone, now.asAt) === 'completed'
        const line = before && formatMilestoneChange(before, { due: milestone.due, isDone })
        const about = `${milestone.number}. ${shorten(milestoneText(milestone), 100)}`
        return line ? [{ title: projectTitle(project), line: `${about}: ${line}` }] : []
      }),
    ),
    projects: [
      ...now.projects
        .filter(({ id }) => !thenProjects.has(id))
        .map((project) => ({ title: projectTitle(project), line: 'new since then' })),
      ...(left > 0 ? [{ title: plural(left, 'project'), line: 'no longer in it' }] : []),
    ],
  }
}

type MilestoneState = { readonly due: CivilDate | null; readonly isDone: boolean }

function formatMilestoneChange(then: MilestoneState, now: MilestoneState): string | undefined {
  if (now.isDone !== then.isDone) return now.isDone ? 'done since then' : 'not done after all'
  if (now.due === then.due || now.isDone) return undefined
  return `due ${formatDueDate(then)} then, ${formatDueDate(now)} now`
}

const formatDueDate = ({ due }: MilestoneState) => (due ? fullDate(due) : 'no date')
const projectTitle = ({ ref, title }: { readonly ref: string; readonly title: string }) =>
  `${ref} ${shorten(title, 100)}`

/** 'Changed since: 2 projects in another state, 1 milestone.'; '' where nothing did. */
export function formatDiff({ states, milestones, projects }: DigestDiff): string {
  const parts = [
    states.length > 0 && `${plural(states.length, 'project')} in another state`,
    milestones.length > 0 && `${plural(milestones.length, 'milestone')} moved or done`,
    projects.length > 0 && 'projects came or left',
  ].filter((part) => part !== false)
  return parts.length > 0 ? `Changed since: ${parts.join(', ')}.` : ''
}
