import type { Tx } from '../../../infra/db.ts'
import type { CheckAnswer } from '../../checks/check.ts'
import { isWithheld } from '../../checks/safeguarding-check.ts'
import { answersIn, namesOfPlan } from '../../checks/store.ts'
import type { Milestone, Project } from '../../plan/plan.ts'
import type { Entry } from '../../register/entry.ts'
import type { DigestAsked } from '../content/content.ts'

/** What stands in place of words that look as if they told of a child, until somebody has answered for them. */
export const beingChecked = 'Being checked by the programme office'

/** What a digest is made of, without such words: whatever is composed of it later cannot tell them. */
export async function withoutUnchecked(tx: Tx, asked: DigestAsked): Promise<DigestAsked> {
  const { programme, asAt } = asked.plan
  return unchecked(asked, await answersIn(tx, programme.id, asAt))
}

/** The same, pure. */
export function unchecked(asked: DigestAsked, answers: readonly CheckAnswer[]): DigestAsked {
  const { plan, register, overrides = [], beside = new Map<string, readonly string[]>() } = asked
  const about = { answers, names: namesOfPlan(plan) }
  const isUnchecked: Checked = (text) => text !== null && isWithheld(text, about)
  return {
    ...asked,
    plan: { ...plan, projects: plan.projects.map((project) => projectOf(project, isUnchecked)) },
    register: register.map((entry) => entryOf(entry, isUnchecked)),
    overrides: overrides.map((row) => ({ ...row, reason: said(row.reason, isUnchecked) })),
    beside: new Map(
      [...beside].map(([id, lines]) => [id, lines.map((line) => said(line, isUnchecked))]),
    ),
  }
}

type Checked = (text: string | null) => boolean

function said<Text extends string | null>(text: Text, isUnchecked: Checked): Text | string {
  return isUnchecked(text) ? beingChecked : text
}

/** A digest tells the words of what counts and of what is newer; of what is older, the state alone. */
function projectOf(project: Project, isUnchecked: Checked): Project {
  const { updates, milestones } = project
  const counting = updates.findIndex(({ awaitsConfirmation }) => !awaitsConfirmation)
  return {
    ...project,
    milestones: milestones.map((milestone) => milestoneOf(milestone, isUnchecked)),
    updates: updates.map((update, at) => {
      if (counting !== -1 && at > counting)
        return { ...update, reason: null, path: null, differs: null }
      const { reason, path, differs } = update
      return {
        ...update,
        reason: said(reason, isUnchecked),
        path: said(path, isUnchecked),
        differs: said(differs, isUnchecked),
      }
    }),
  }
}

function milestoneOf(milestone: Milestone, isUnchecked: Checked): Milestone {
  const { moves, flag } = milestone
  return {
    ...milestone,
    moves: moves.map((move) => ({ ...move, reason: said(move.reason, isUnchecked) })),
    flag: flag && { ...flag, reason: said(flag.reason, isUnchecked) },
  }
}

function entryOf(entry: Entry, isUnchecked: Checked): Entry {
  const { closing } = entry
  const words = {
    text: said(entry.text, isUnchecked),
    closing: closing && { ...closing, outcome: said(closing.outcome, isUnchecked) },
  }
  if (entry.kind !== 'risk') return { ...entry, ...words }
  return { ...entry, ...words, mitigation: said(entry.mitigation, isUnchecked) }
}
