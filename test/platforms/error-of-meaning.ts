import type { ErrorMeaning } from '../../src/chat/error-meaning.ts'

/** The port's error for each meaning of a platform's code. */
export const errorOfMeaning: Readonly<Record<ErrorMeaning, object>> = {
  'slow down': { name: 'RateLimitedError' },
  'person gone': { name: 'RecipientGoneError', who: 'person' },
  'channel gone': { name: 'RecipientGoneError', who: 'channel' },
  'workspace broken': { name: 'WorkspaceBrokenError', mayConcernRecipient: false },
  'workspace or recipient': { name: 'WorkspaceBrokenError', mayConcernRecipient: true },
  'message rejected': { name: 'MessageRejectedError' },
  'not posted': { name: 'PlatformUnavailableError', posted: 'no' },
  'perhaps posted': { name: 'PlatformUnavailableError', posted: 'perhaps' },
}
