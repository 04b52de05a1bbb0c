import { type ErrorCode, isPlatformErrorCode } from '../../outbox/error-codes.ts'
import type { LoggedMessage } from './logged-messages.ts'

const archivedText = 'The channel is archived. Open it again, or have the digest sent elsewhere.'
const notInChannelText =
  'I am not in that channel, or it is gone. Invite me to it, or have the digest sent elsewhere.'
const removedFromWorkspaceText =
  'I was removed from that workspace. Whoever looks after it has to install me again.'
const accountGoneText =
  'That account is gone or switched off. If the person has another, add it to the people file.'
const notAllowedText = 'That channel does not let me write. Its owner can change that.'
const removedText =
  'I was removed there, or the person or channel is gone. Add me again, or have it sent elsewhere.'
const refusedText =
  'The message itself was refused, so sending it again will not help. Please tell whoever runs Milepost.'

const explanations: Partial<Record<ErrorCode, string>> = {
  'slack:is_archived': archivedText,
  'slack:not_in_channel': notInChannelText,
  'slack:user_not_in_channel': notInChannelText,
  'slack:channel_not_found': notInChannelText,
  'slack:account_inactive': removedFromWorkspaceText,
  'slack:token_revoked': removedFromWorkspaceText,
  'slack:team_not_found': removedFromWorkspaceText,
  'slack:team_access_not_granted': removedFromWorkspaceText,
  'slack:user_not_found': accountGoneText,
  'slack:users_not_found': accountGoneText,
  'slack:user_disabled': accountGoneText,
  'slack:user_not_visible': accountGoneText,
  'slack:cannot_dm_bot': accountGoneText,
  'slack:restricted_action': notAllowedText,
  'slack:restricted_action_read_only_channel': notAllowedText,
  'slack:restricted_action_thread_only_channel': notAllowedText,
  'slack:restricted_action_non_threadable_channel': notAllowedText,
  'slack:restricted_action_thread_locked': notAllowedText,
  'slack:thread_locked': notAllowedText,
  'slack:messages_tab_disabled': notAllowedText,
  'teams:MessageWritesBlocked': notAllowedText,
  lookup_impossible:
    'The line broke while it was being posted, and Teams lets no app look. Look there yourself.',
  root_not_sent: 'Have the message before it sent again first, then this one.',
  card_invalid: refusedText,
  gave_up: 'The platform could not be reached for a day. Once it can be, have it sent again.',
}

/** In plain words why a message was not delivered and what to do about it, where that is known. */
export function explainFailure({
  state,
  gone,
  errorCode,
}: Pick<LoggedMessage, 'state' | 'gone' | 'errorCode'>): string | undefined {
  if ((state !== 'dead' && state !== 'uncertain') || errorCode === null) return undefined
  const explanation = explanations[errorCode as ErrorCode]
  if (explanation || state !== 'dead' || !isPlatformErrorCode(errorCode)) return explanation
  return gone ? removedText : refusedText
}
