import type { ErrorExplanation } from '../../chat/error-meaning.ts'
import { isPlatformErrorCode, type OwnErrorCode } from '../../outbox/error-codes.ts'
import type { LoggedMessage } from './logged-messages.ts'

/** What a platform's error code means ("slack:is_archived"); undefined where its platform does not know it. */
export type ExplainErrorCode = (errorCode: string) => ErrorExplanation | undefined

const refusedText =
  'The message itself was refused, so sending it again will not help. Please tell whoever runs Milepost.'
const removedText =
  'I was removed there, or the person or channel is gone. Add me again, or have it sent elsewhere.'

const ownExplanations: Partial<Record<OwnErrorCode, string>> = {
  lookup_impossible:
    'The line broke while it was being posted, and Teams lets no app look. Look there yourself.',
  root_not_sent: 'Have the message before it sent again first, then this one.',
  card_invalid: refusedText,
  gave_up: 'The platform could not be reached for a day. Once it can be, have it sent again.',
}

/** In plain words why a message was not delivered and what to do about it, where that is known. */
export function explainFailure(
  { state, gone, errorCode }: Pick<LoggedMessage, 'state' | 'gone' | 'errorCode'>,
  explain: ExplainErrorCode,
): string | undefined {
  if ((state !== 'dead' && state !== 'uncertain') || errorCode === null) return undefined
  if (!isPlatformErrorCode(errorCode)) return ownExplanations[errorCode as OwnErrorCode]
  const explanation = explain(errorCode)?.words
  if (explanation || state !== 'dead') return explanation
  return gone ? removedText : refusedText
}
