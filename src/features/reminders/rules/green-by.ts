import { goalOf, needsReason, schemeOf, shown, stateByKey } from '../../../domain/scheme/schemes.ts'
import type { Finding, Seen } from '../types.ts'
import { chased } from './repeat.ts'

/** A project that is Red or Amber past the day by which its lead said it would be Green. */
export function greenBy(seen: Seen): Finding[] {
  const { programme, project, rung, day } = seen
  const [update] = project?.updates ?? []
  const promised = update?.greenBy
  if (!programme.settings.reminders.greenBy || rung !== 'lead') return []
  if (!project || !update || !promised || promised >= day) return []
  const scheme = schemeOf(programme.settings)
  const state = stateByKey(scheme, update.state)
  if (!needsReason(state)) return []
  const goal = goalOf(scheme).label
  const about = { key: `${update.id}:green-by`, what: `the day it was to be ${goal}` }
  return [
    {
      subject: `project:${project.id}`,
      thing: { kind: 'green-by', project, update, greenBy: promised, state: shown(state), goal },
      triggers: chased(seen, promised, about),
      stays: true,
      hasBegun: true,
    },
  ]
}
