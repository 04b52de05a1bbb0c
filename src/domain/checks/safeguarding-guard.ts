import { Refusal } from '../../base/errors.ts'
import type { Context } from '../../chat/commands.ts'
import { type FoundProject, knownPerson } from '../plan/lookup.ts'
import { answersFor } from '../plan/permissions.ts'
import { isAnswered, type ProjectNamed, type Raised } from './check.ts'
import { caseDetailIn } from './personal-data-detector.ts'
import { childCheck } from './safeguarding-check.ts'
import { answersIn, keepAnswer, namesIn } from './store.ts'

/** What words are about to be said of. */
export interface Subject {
  readonly programmeId: string
  /** Null: the whole programme. */
  readonly project: ProjectNamed | null
  /** The lead for whom a deputy says them. */
  readonly forId?: string | null
}

/** A project that somebody is about to say something of. */
export function subjectOf({ actor }: Pick<Context, 'actor'>, found: FoundProject): Subject {
  const { id, ref, title, programme } = found
  return {
    programmeId: programme.id,
    project: { id, ref, title },
    forId: answersFor(knownPerson(actor), found),
  }
}

type Texts = readonly (string | null | undefined)[]

/**
 * Asks of words that look as if they told of a child, before they are stored: nobody can take back what was posted.
 * `fine`: why they are, as the person says; it is kept, and the same words are not asked about again.
 * @throws Refusal that names the field "fine"
 */
export async function askAboutChild(
  context: Context,
  subject: Subject,
  texts: Texts,
  fine: string | undefined,
): Promise<void> {
  const raised = await raisedBy(context, subject, texts)
  if (!raised) return
  if (!fine) throw new Refusal(`${raised.question} Nothing was stored.`, { fine: raised.question })
  const { programmeId, forId = null } = subject
  await keepAnswer(context, programmeId, raised, { answer: fine, forId })
}

/** What a form asks beside such words; '' where there is nothing to ask. */
export async function childQuestion(
  context: Context,
  subject: Subject,
  texts: Texts,
): Promise<string> {
  return (await raisedBy(context, subject, texts))?.question ?? ''
}

async function raisedBy(
  { tx, today }: Context,
  subject: Subject,
  texts: Texts,
): Promise<Raised | undefined> {
  // Most words need no question to the database.
  if (!texts.some((text) => text && caseDetailIn(text).length > 0)) return undefined
  const { programmeId } = subject
  const [raised] = childCheck(texts, subject, await namesIn(tx, programmeId))
  if (!raised || isAnswered(raised, await answersIn(tx, programmeId, today))) return undefined
  return raised
}
