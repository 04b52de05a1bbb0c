import {
  formatState,
  goalOf,
  needsReason,
  schemeOf,
  stateByKey,
} from '../../../domain/scheme/schemes.ts'
import { remindersSetting } from '../settings.ts'
import type { Finding, RuleInput } from '../types.ts'
import { repeatTriggers } from './repeat.ts'

/** A project that is Red or Amber past the day by which its lead said it would be Green. */
export function findOverdueGreenBy(seen: RuleInput): Finding[] {
  const { programme, project, escalationLevel, day } = seen
  const [update] = project?.updates ?? []
  const promised = update?.greenBy
  if (!remindersSetting.of(programme.settings).greenBy || escalationLevel !== 'lead') return []
  if (!project || !update || !promised || promised >= day) return []
  const scheme = schemeOf(programme.settings)
  const state = stateByKey(scheme, update.state)
  if (!needsReason(state)) return []
  const goal = goalOf(scheme).label
  const about = { key: `${update.id}:green-by`, what: `the day it was to be ${goal}` }
  return [
    {
      subject: `project:${project.id}`,
      item: {
        kind: 'green-by',
        project,
        update,
        greenBy: promised,
        state: formatState(state),
        goal,
      },
      triggers: repeatTriggers(seen, promised, about),
      isListedWhileOpen: true,
      hasBegun: true,
    },
  ]
}
