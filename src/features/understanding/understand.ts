import { cleanLine, withoutAddress } from './clean-line.ts'
import { lineReading, type Reading, type Rule, type UnderstandingContext } from './reading.ts'
import { doneRule, moveRule } from './rules/milestone.ts'
import { digestRule, leaveRule, planRule, zoneRule } from './rules/office.ts'
import {
  dueRule,
  nudgeRule,
  projectQuestionRule,
  smallTalkRule,
  snoozeRule,
  stateListRule,
  wholeLineRule,
} from './rules/questions.ts'
import { rephrasingRule } from './rules/rephrasings.ts'
import { noChangeRule, updateRule } from './rules/update.ts'

/** In order: the first that has something to say decides. */
const rules: readonly Rule[] = [
  ...[smallTalkRule, wholeLineRule, dueRule, nudgeRule, snoozeRule, leaveRule, zoneRule],
  ...[
    digestRule,
    noChangeRule,
    rephrasingRule,
    planRule,
    moveRule,
    doneRule,
    projectQuestionRule,
    updateRule,
  ],
  stateListRule,
]

/**
 * What a typed line means, in the plain grammar: the line itself where no rule reads it otherwise. It takes time by the
 * line's length, and never throws.
 */
export function understand(said: string, context: UnderstandingContext): Reading {
  const line = cleanLine(said)
  const greeted = smallTalkRule(line, context)
  if (greeted) return greeted
  const plain = withoutAddress(line)
  for (const rule of rules) {
    const reading = rule(plain, context)
    if (reading) return reading
  }
  return lineReading(plain)
}

/** What was said, without what the platform, the keyboard and manners put around it. */
export const plainWords = (said: string): string => withoutAddress(cleanLine(said))
