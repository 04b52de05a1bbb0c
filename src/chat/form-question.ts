import { fieldRefusal } from '../base/errors.ts'
import type { ParsedCommand, QueryContext } from './commands.ts'
import { fingerprint } from './edit-conflicts.ts'

/**
 * A form asks once about what is likely to be mistyped; saving it again as it is says Yes. The form carries the
 * fingerprint of what it asked, so that another slip is asked about anew.
 */

/** What to ask before a form is saved; undefined for nothing. */
export type FormCheck = (context: QueryContext, form: ParsedCommand) => Promise<string | undefined>

/** No input has this id, so that Slack shows the whole form anew and not the problem alone. */
const questionId = 'sure'

/** `asked`: the fingerprint that the form carries. @throws Refusal with the question where the form has not asked it */
export async function askOnce(
  check: FormCheck | undefined,
  context: QueryContext,
  form: ParsedCommand,
  asked: string | undefined,
): Promise<void> {
  const question = await check?.(context, form)
  if (question === undefined || fingerprint(question, false) === asked) return
  throw fieldRefusal({ [questionId]: question })
}

/** The fingerprint of the question among the problems of a form; undefined where it asks none. */
export function questionIn(problems: Readonly<Record<string, string>>): string | undefined {
  const question = problems[questionId]
  return question === undefined ? undefined : fingerprint(question, false)
}
