import type { ErrorMeaning } from '../../../src/chat/error-meaning.ts'

/**
 * Status and code of every answer that Teams documents for bots: "Status codes from bot conversational APIs", "Send
 * proactive messages", "Targeted messages". Without a code: what the connector answers in fact, by its status.
 */
export const documentedTeamsAnswers: readonly (readonly [
  status: number,
  code: string | undefined,
  ErrorMeaning,
])[] = [
  [400, 'Bad Argument', 'message rejected'],
  [400, 'BadArgument', 'message rejected'],
  [400, 'BadSyntax', 'message rejected'],
  [400, 'Bad request', 'message rejected'],
  [401, 'BotNotRegistered', 'workspace broken'],
  [401, 'Unauthorized', 'workspace broken'],
  [403, 'BotDisabledByAdmin', 'workspace or recipient'],
  [403, 'BotNotInConversationRoster', 'channel gone'],
  [403, 'ConversationBlockedByUser', 'person gone'],
  [403, 'ForbiddenOperationException', 'person gone'],
  [403, 'InvalidBotApiHost', 'workspace broken'],
  [403, 'MessageWritesBlocked', 'person gone'],
  [403, 'NotEnoughPermissions', 'workspace or recipient'],
  [403, 'Forbidden', 'workspace or recipient'],
  [404, 'ActivityNotFoundInConversation', 'message rejected'],
  [404, 'BotNotInConversationRoster', 'channel gone'],
  [404, 'ConversationNotFound', 'channel gone'],
  [412, 'PreconditionFailed', 'not posted'],
  [413, 'MessageSizeTooBig', 'message rejected'],
  [429, 'Throttled', 'slow down'],
  [500, 'ServiceError', 'perhaps posted'],
  [502, 'ServiceError', 'perhaps posted'],
  [400, undefined, 'message rejected'],
  [401, undefined, 'workspace broken'],
  [403, undefined, 'workspace or recipient'],
  [404, undefined, 'channel gone'],
  [408, undefined, 'perhaps posted'],
  [412, undefined, 'not posted'],
  [413, undefined, 'message rejected'],
  [429, undefined, 'slow down'],
  [500, undefined, 'perhaps posted'],
  [502, undefined, 'perhaps posted'],
  [503, undefined, 'perhaps posted'],
  [504, undefined, 'perhaps posted'],
]
