import { fieldRefusal, Refusal } from '../../base/errors.ts'
import type { CommandContext } from '../../chat/commands.ts'
import type { NoticeButton } from '../../chat/notice.ts'
import { requireSafeguardingAnswer } from '../../domain/checks/safeguarding-guard.ts'
import { outcomeProblem } from '../../domain/register/entry-rules.ts'
import { entryName } from '../../domain/register/format.ts'
import { assertOpen, type FoundEntry } from '../../domain/register/lookup.ts'
import { closeEntry } from '../../domain/register/store.ts'
import { enqueueDecision } from './decision-threads.ts'

/** How an entry ended, and whether words of it may tell of a child. */
interface Ending {
  readonly outcome?: string | undefined
  readonly fine?: string | undefined
}

/**
 * Ends what is open; a decision is told where it was asked for. Returns whether others hear it.
 * @throws Refusal where it is closed, or its outcome is missing
 */
export async function endEntry(
  context: CommandContext,
  found: FoundEntry,
  { outcome, fine }: Ending,
): Promise<boolean> {
  const { entry, programme } = found
  assertOpen(entry)
  const problem = outcomeProblem(entry, outcome)
  if (problem) throw fieldRefusal({ outcome: problem })
  const subject = { programmeId: programme.id, project: entry.project }
  await requireSafeguardingAnswer(context, subject, [outcome], fine)
  if (!(await closeEntry(context, entry.id, outcome ?? null))) {
    throw new Refusal(`${entryName(entry)} is closed already. Nothing was changed.`)
  }
  return entry.kind === 'decision' && outcome ? enqueueDecision(context, found, outcome) : false
}

/** A decision is opened again with its reason, which its readers hear. */
export const reopenButton = (entry: string): NoticeButton => {
  return { title: 'Open again…', verb: 'reopen-entry:form', data: { entry } }
}

export const heardInThreadText = 'The thread of the digest says so.'
