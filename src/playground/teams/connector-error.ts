/**
 * An error that the connector answers. The codes follow the Teams documentation's table of status codes from
 * bot conversational APIs, where it has one.
 */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError'
  readonly status: number
  readonly code: string
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, code: string, message: string, retryAfterSeconds?: number) {
    super(message)
    this.status = status
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export const badArgument = (message: string) => new ConnectorError(400, 'BadArgument', message)

export const unauthorized = (message: string) => new ConnectorError(401, 'Unauthorized', message)

export const notInRoster = () =>
  new ConnectorError(
    403,
    'BotNotInConversationRoster',
    'The bot is not part of the conversation roster.',
  )

export const forbidden = (message: string) =>
  new ConnectorError(403, 'ForbiddenOperationException', message)

export const notOwnMessage = () => forbidden('A bot can change its own messages alone.')

export const conversationNotFound = () =>
  new ConnectorError(404, 'ConversationNotFound', 'Conversation not found.')

export const activityNotFound = () =>
  new ConnectorError(404, 'ActivityNotFoundInConversation', 'Activity not found in conversation.')

export const tooBig = (message: string) => new ConnectorError(413, 'MessageSizeTooBig', message)

export const throttled = (retryAfterSeconds: number) =>
  new ConnectorError(429, 'TooManyRequests', 'API calls quota exceeded.', retryAfterSeconds)

export const memberNotFound = () =>
  new ConnectorError(404, 'MemberNotFoundInConversation', 'Member not found in conversation.')
