import { onBehalfOf } from '../../authority/rights.ts'
import { fieldRefusal } from '../../base/errors.ts'
import type { DomainContext, ReadContext } from '../context.ts'
import { type FoundProject, requirePersonId } from '../plan/lookup.ts'
import type { ProjectRef } from '../plan/plan.ts'
import { isCheckAnswered, type RaisedCheck } from './check.ts'
import { type CheckedTexts, mayTellOfChild, raiseSafeguardingCheck } from './safeguarding-check.ts'
import { loadCheckAnswers, loadNameAllowlist, saveCheckAnswer } from './store.ts'

/** What somebody is about to write of. */
export interface SafeguardingSubject {
  readonly programmeId: string
  /** Null: the whole programme. */
  readonly project: ProjectRef | null
  /** The lead for whom a deputy writes. */
  readonly onBehalfOfId?: string | null
}

/** The project that somebody is about to write of. */
export function safeguardingSubjectOf(
  { actor }: Pick<DomainContext, 'actor'>,
  found: FoundProject,
): SafeguardingSubject {
  const { id, ref, title, programme } = found
  return {
    programmeId: programme.id,
    project: { id, ref, title },
    onBehalfOfId: onBehalfOf(requirePersonId(actor), found),
  }
}

/**
 * Asks about words that look as if they tell of a child, before they are saved: nobody can take back what was posted.
 * @throws Refusal that names the field "fine"
 */
export async function assertNoChildNamed(
  context: ReadContext,
  subject: SafeguardingSubject,
  texts: CheckedTexts,
): Promise<void> {
  const raised = await findUnansweredCheck(context, subject, texts)
  if (raised) throw fieldRefusal({ fine: raised.question })
}

/**
 * The same, unless the person says why the words are fine: then that answer is saved, and the same words are not asked
 * about again.
 * @throws Refusal that names the field "fine"
 */
export async function requireSafeguardingAnswer(
  context: DomainContext,
  subject: SafeguardingSubject,
  texts: CheckedTexts,
  fine: string | undefined,
): Promise<void> {
  if (!fine) return assertNoChildNamed(context, subject, texts)
  const raised = await findUnansweredCheck(context, subject, texts)
  if (!raised) return
  const { programmeId, onBehalfOfId = null } = subject
  await saveCheckAnswer(context, programmeId, raised, { answer: fine, onBehalfOfId })
}

/** What a form asks beside such words; '' where there is nothing to ask. */
export async function safeguardingQuestion(
  context: ReadContext,
  subject: SafeguardingSubject,
  texts: CheckedTexts,
): Promise<string> {
  return (await findUnansweredCheck(context, subject, texts))?.question ?? ''
}

async function findUnansweredCheck(
  { tx, today }: ReadContext,
  subject: SafeguardingSubject,
  texts: CheckedTexts,
): Promise<RaisedCheck | undefined> {
  // Most words need no question to the database.
  if (!mayTellOfChild(texts)) return undefined
  const { programmeId } = subject
  const [raised] = raiseSafeguardingCheck(texts, subject, await loadNameAllowlist(tx, programmeId))
  if (!raised || isCheckAnswered(raised, await loadCheckAnswers(tx, programmeId, today)))
    return undefined
  return raised
}
