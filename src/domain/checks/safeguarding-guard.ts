import { Refusal } from '../../base/errors.ts'
import type { DomainContext } from '../context.ts'
import { type FoundProject, requirePersonId } from '../plan/lookup.ts'
import { onBehalfOf } from '../plan/permissions.ts'
import { type CheckedProject, isCheckAnswered, type RaisedCheck } from './check.ts'
import { detectPersonalData } from './personal-data-detector.ts'
import { safeguardingCheck } from './safeguarding-check.ts'
import { loadCheckAnswers, loadNameAllowlist, saveCheckAnswer } from './store.ts'

/** What words are about to be said of. */
export interface SafeguardingSubject {
  readonly programmeId: string
  /** Null: the whole programme. */
  readonly project: CheckedProject | null
  /** The lead for whom a deputy says them. */
  readonly onBehalfOfId?: string | null
}

/** A project that somebody is about to say something of. */
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

type CheckedTexts = readonly (string | null | undefined)[]

/**
 * Asks of words that look as if they told of a child, before they are stored: nobody can take back what was posted.
 * `fine`: why they are, as the person says; it is kept, and the same words are not asked about again.
 * @throws Refusal that names the field "fine"
 */
export async function requireSafeguardingAnswer(
  context: DomainContext,
  subject: SafeguardingSubject,
  texts: CheckedTexts,
  fine: string | undefined,
): Promise<void> {
  const raised = await raiseSafeguardingCheck(context, subject, texts)
  if (!raised) return
  if (!fine) throw new Refusal(`${raised.question} Nothing was saved.`, { fine: raised.question })
  const { programmeId, onBehalfOfId = null } = subject
  await saveCheckAnswer(context, programmeId, raised, { answer: fine, onBehalfOfId })
}

/** What a form asks beside such words; '' where there is nothing to ask. */
export async function safeguardingQuestion(
  context: DomainContext,
  subject: SafeguardingSubject,
  texts: CheckedTexts,
): Promise<string> {
  return (await raiseSafeguardingCheck(context, subject, texts))?.question ?? ''
}

async function raiseSafeguardingCheck(
  { tx, today }: DomainContext,
  subject: SafeguardingSubject,
  texts: CheckedTexts,
): Promise<RaisedCheck | undefined> {
  // Most words need no question to the database.
  if (!texts.some((text) => text && detectPersonalData(text).length > 0)) return undefined
  const { programmeId } = subject
  const [raised] = safeguardingCheck(texts, subject, await loadNameAllowlist(tx, programmeId))
  if (!raised || isCheckAnswered(raised, await loadCheckAnswers(tx, programmeId, today)))
    return undefined
  return raised
}
