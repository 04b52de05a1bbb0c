import { shorten } from '../../../base/text.ts'
import { effectiveUpdate, type Plan, type Project } from '../../plan/plan.ts'
import { planWithin } from '../../schedule/scope.ts'
import { redactPlan } from '../audience/redact.ts'
import type { DigestContent } from '../content/content.ts'
import { type DigestChange, diffDigest } from './diff.ts'
import type { IssuedDigest } from './digest-store.ts'

/** A correction names so many changes; the command "digest 12 changes" lists all. */
const maxNamed = 3

/**
 * What is no longer so of what a digest told, because something was taken back: '2.1 Practice standards: ◆ Red then,
 * ▲ Amber now'. Null where it told nothing of it. `before` and `after`: the plan of one day, before it was taken back
 * and after. What else has changed since the digest differs in both, and is no correction. Pure.
 */
export function takenBackText(
  { content, scope, number, corrections }: Omit<IssuedDigest, 'id' | 'round' | 'subscriptionId'>,
  before: Plan,
  after: Plan,
): string | null {
  const shown = (plan: Plan) => redactPlan(planWithin(plan, scope), content.audience)
  const known = new Set(changeTexts(content, shown(before)))
  const now = new Set(changeTexts(content, shown(after)))
  const gone = [
    ...[...now].filter((text) => !known.has(text)),
    ...wordsTakenBack(content, shown(before), shown(after)),
  ]
  const corrected = (text: string) => corrections.some((one) => one.text.includes(text))
  const again = [...known].filter((text) => !now.has(text) && corrected(text))
  const texts = [
    ...(gone.length > 0 ? [`taken back since: ${nameSome(gone, number)}`] : []),
    ...(again.length > 0 ? [`no longer so, as first told again: ${nameSome(again, number)}`] : []),
  ]
  return texts.length > 0 ? texts.join('. ') : null
}

function nameSome(texts: readonly string[], number: number): string {
  const named = texts.slice(0, maxNamed).join('; ')
  const more = texts.length - maxNamed
  return more > 0 ? `${named}; and ${more} more (digest ${number} changes)` : named
}

function changeTexts(content: DigestContent, plan: Plan): string[] {
  const { states, milestones, projects } = diffDigest(content, plan)
  return [...states, ...milestones, ...projects].map(
    ({ title, line }: DigestChange) => `${title}: ${line}`,
  )
}

/** Projects whose words the digest gave and that were taken back, though the state is the same. */
function wordsTakenBack(content: DigestContent, before: Plan, after: Plan): string[] {
  const told = new Map(
    [...content.worse, ...content.better, ...content.attention.flatMap(({ entries }) => entries)]
      .filter(({ reason }) => reason !== null)
      .map(({ id, reason }) => [id, reason]),
  )
  const later = new Map(after.projects.map((project) => [project.id, project]))
  return before.projects.flatMap((project) => {
    const now = later.get(project.id)
    const [then, since] = [effectiveUpdate(project), now && effectiveUpdate(now)]
    const isSameState = then?.state === since?.state
    if (!now || !then || !told.has(project.id) || then.id === since?.id || !isSameState) return []
    return [`${titleOf(project)}: what was said of it`]
  })
}

const titleOf = ({ ref, title }: Project) => `${ref} ${shorten(title, 100)}`
