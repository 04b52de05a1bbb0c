/**
 * A paper on its way: its words are frozen as a draft, the programme office checks it, the sponsor approves it where the
 * programme asks for that, then it is issued. Each step is a decision that is kept.
 */

export type DraftDecisionKind = 'checked' | 'approved' | 'declined' | 'issued'

export interface DraftDecision {
  readonly kind: DraftDecisionKind
  /** Why it is declined. */
  readonly reason: string | null
  readonly byId: string | null
  /** Their name. */
  readonly by: string
  readonly at: Date
}

/** How a draft stands. `replaced`: a later version of it was drafted. */
export type DraftState = 'drafted' | DraftDecisionKind | 'replaced'

/** The last decision counts. */
export function draftStateOf(
  decisions: readonly Pick<DraftDecision, 'kind'>[],
  isReplaced: boolean,
): DraftState {
  const last = decisions.at(-1)?.kind ?? 'drafted'
  return isReplaced && last !== 'issued' ? 'replaced' : last
}

/** What can be done about a draft. `draft`: freeze it again, with what is true by then. */
export type DraftStep = 'check' | 'approve' | 'decline' | 'issue' | 'draft'

const always: Readonly<Record<DraftState, readonly DraftStep[]>> = {
  drafted: ['check', 'draft'],
  checked: ['approve', 'decline', 'draft'],
  approved: ['issue', 'draft'],
  declined: ['draft'],
  issued: [],
  replaced: [],
}

/**
 * @param needsApproval whether papers of the programme wait for its sponsor; where they need not, the office may still
 * ask for one
 */
export function openSteps(state: DraftState, needsApproval: boolean): readonly DraftStep[] {
  const isBeforeApproval = state === 'drafted' || state === 'checked'
  return isBeforeApproval && !needsApproval ? [...always[state], 'issue'] : always[state]
}

/** How each stands, as the end of a sentence, without who and why. */
export const draftStateTexts: Readonly<Record<DraftState, string>> = {
  drafted: 'waits for the programme office to check it',
  checked: 'waits for the sponsor to approve it',
  approved: 'is approved, and waits for the programme office to issue it',
  declined: 'was declined',
  issued: 'is issued',
  replaced: 'was drafted again',
}

/** The same of one draft: 'was declined by Sara Ames: a risk is missing'. @param last what was decided last */
export function formatDraftState(
  state: DraftState,
  last: Pick<DraftDecision, 'by' | 'reason'> | undefined,
  needsApproval: boolean,
): string {
  const isBeforeApproval = state === 'drafted' || state === 'checked'
  if (!needsApproval && isBeforeApproval) return 'waits for the programme office to issue it'
  if (state === 'declined' && last)
    return `${draftStateTexts.declined} by ${last.by}: ${last.reason}`
  return draftStateTexts[state]
}
