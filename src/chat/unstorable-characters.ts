import type { ChatRequest } from './request.ts'

/** What PostgreSQL cannot keep, as JSON writes it: NUL, and halves of a surrogate pair. */
const unstorablePattern = /\\u(?:0000|d[89a-f])/

/** The request without the characters that PostgreSQL cannot keep. */
export function stripUnstorable(received: ChatRequest): ChatRequest {
  const json = JSON.stringify(received)
  if (!unstorablePattern.test(json)) return received
  const request: ChatRequest = JSON.parse(json, (_key, value) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  )
  if (received.input.by !== 'files') return request
  // JSON knows no functions: the files are those that came, whose names the platforms' adapters have cleaned.
  return { ...request, input: { ...received.input, text: received.input.text.toWellFormed() } }
}
