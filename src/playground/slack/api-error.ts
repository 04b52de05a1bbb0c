/** An error that the Web API answers, under Slack's own name for it. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly error: string
  /** Details, as in `response_metadata.messages`. */
  readonly messages: readonly string[]

  constructor(error: string, messages: readonly string[] = []) {
    super(messages.length > 0 ? `${error}: ${messages.join('; ')}` : error)
    this.error = error
    this.messages = messages
  }
}
