import type { Tx } from '../../../infra/db.ts'
import type { CheckAnswer } from '../../checks/check.ts'
import { isWithheld } from '../../checks/safeguarding-check.ts'
import { loadCheckAnswers, nameAllowlistOf } from '../../checks/store.ts'
import type { Milestone, Project } from '../../plan/plan.ts'
import type { Entry } from '../../register/entry.ts'
import type { DigestInput } from '../content/content.ts'

/** What stands in place of words that look as if they told of a child, until somebody has answered for them. */
export const pendingCheckText = 'Being checked by the programme office'

/** What a digest is made of, without such words: whatever is composed of it later cannot tell them. */
export async function redactPending(tx: Tx, asked: DigestInput): Promise<DigestInput> {
  const { programme, asAt } = asked.plan
  return redactPendingWith(asked, await loadCheckAnswers(tx, programme.id, asAt))
}

/** The same, pure. */
export function redactPendingWith(
  asked: DigestInput,
  answers: readonly CheckAnswer[],
): DigestInput {
  const {
    plan,
    register,
    overrides = [],
    projectRemarks = new Map<string, readonly string[]>(),
  } = asked
  const about = { answers, names: nameAllowlistOf(plan) }
  const isUnchecked: PendingPredicate = (text) => text !== null && isWithheld(text, about)
  return {
    ...asked,
    plan: {
      ...plan,
      projects: plan.projects.map((project) => redactPendingProject(project, isUnchecked)),
    },
    register: register.map((entry) => redactPendingEntry(entry, isUnchecked)),
    overrides: overrides.map((row) => ({
      ...row,
      reason: redactPendingText(row.reason, isUnchecked),
    })),
    projectRemarks: new Map(
      [...projectRemarks].map(([id, lines]) => [
        id,
        lines.map((line) => redactPendingText(line, isUnchecked)),
      ]),
    ),
  }
}

type PendingPredicate = (text: string | null) => boolean

function redactPendingText<Text extends string | null>(
  text: Text,
  isUnchecked: PendingPredicate,
): Text | string {
  return isUnchecked(text) ? pendingCheckText : text
}

/** A digest tells the words of what counts and of what is newer; of what is older, the state alone. */
function redactPendingProject(project: Project, isUnchecked: PendingPredicate): Project {
  const { updates, milestones, attributes } = project
  const counting = updates.findIndex(({ awaitsConfirmation }) => !awaitsConfirmation)
  return {
    ...project,
    // A value is shown by its attribute's own format, which could not read a sentence of ours: left out.
    attributes: Object.fromEntries(
      Object.entries(attributes).filter(([, value]) => !isUnchecked(value)),
    ),
    milestones: milestones.map((milestone) => redactPendingMilestone(milestone, isUnchecked)),
    updates: updates.map((update, at) => {
      if (counting !== -1 && at > counting)
        return { ...update, reason: null, path: null, divergenceReason: null }
      const { reason, path, divergenceReason } = update
      return {
        ...update,
        reason: redactPendingText(reason, isUnchecked),
        path: redactPendingText(path, isUnchecked),
        divergenceReason: redactPendingText(divergenceReason, isUnchecked),
      }
    }),
  }
}

function redactPendingMilestone(milestone: Milestone, isUnchecked: PendingPredicate): Milestone {
  const { moves, flag } = milestone
  return {
    ...milestone,
    moves: moves.map((move) => ({ ...move, reason: redactPendingText(move.reason, isUnchecked) })),
    flag: flag && { ...flag, reason: redactPendingText(flag.reason, isUnchecked) },
  }
}

function redactPendingEntry(entry: Entry, isUnchecked: PendingPredicate): Entry {
  const { closing } = entry
  const words = {
    text: redactPendingText(entry.text, isUnchecked),
    closing: closing && { ...closing, outcome: redactPendingText(closing.outcome, isUnchecked) },
  }
  if (entry.kind !== 'risk') return { ...entry, ...words }
  return { ...entry, ...words, mitigation: redactPendingText(entry.mitigation, isUnchecked) }
}
