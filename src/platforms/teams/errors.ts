import { z } from 'zod'
import { messageOf } from '../../base/errors.ts'
import { neverLeft } from '../../chat/network-errors.ts'
import {
  type Failure,
  Gone,
  isFailure,
  RateLimited,
  Rejected,
  Unavailable,
} from '../../chat/port.ts'
import { TokenRefused } from './credentials.ts'

/** Without a Retry-After the documentation asks for a back-off; the dispatcher's own grows from here. */
const PAUSE_MS = 10_000

/** An answer of the connector that is no success, as the SDK throws it. */
const answered = z.looseObject({
  statusCode: z.number(),
  code: z.string().optional(),
  response: z.custom<{ headers: { get(name: string): string | undefined } }>().optional(),
})

/** The line that broke, as Node names it. */
const broken = z.looseObject({ code: z.string() })

/**
 * What a failed call of the connector means for the message ("Status codes from bot conversational APIs", Teams
 * documentation). Only a call that posts can leave one standing. The texts name the code alone: what Teams
 * says beside it may quote the message.
 */
export function failureOf(error: unknown, call: 'posts' | 'posts nothing', now: Date): Failure {
  if (isFailure(error)) return error
  const posted = call === 'posts' ? 'perhaps' : 'no'
  if (error instanceof Error && error.name === 'AbortError') {
    return new Unavailable('Teams did not answer in time.', posted)
  }
  if (error instanceof TokenRefused) return new Unavailable(error.message, 'no')
  const answer = answered.safeParse(error)
  if (answer.success) return answerFailure(answer.data, posted, now)
  const line = broken.safeParse(error)
  if (!line.success) return new Unavailable(`The call to Teams failed: ${messageOf(error)}`, posted)
  const { code } = line.data
  return new Unavailable(`Teams cannot be reached (${code}).`, neverLeft(code) ? 'no' : posted)
}

/** Whether Teams refuses to tell. It may still let us post: in a private channel, say, whose roster needs a consent. */
export function isForbidden(error: unknown): boolean {
  return answered.safeParse(error).data?.statusCode === 403
}

function answerFailure(
  { statusCode, code, response }: z.infer<typeof answered>,
  posted: 'no' | 'perhaps',
  now: Date,
): Failure {
  const words = `Teams answered ${statusCode}${code ? ` (${code})` : ''}.`
  if (statusCode === 429) return new RateLimited(waitMs(response?.headers.get('retry-after'), now))
  // Neither says anything of the message or of who it is for: the set-up has to be mended.
  if (statusCode === 401 || code === 'InvalidBotApiHost') return new Unavailable(words, 'no')
  // "A precondition failed … due to multiple concurrent operations": nothing was done, try again.
  if (statusCode === 412) return new Unavailable(words, 'no')
  if (statusCode === 403 || statusCode === 404) return new Gone(words)
  if (statusCode >= 400 && statusCode < 500 && statusCode !== 408) return new Rejected(words)
  return new Unavailable(words, posted)
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
function waitMs(header: string | undefined, now: Date): number {
  const seconds = Number(header)
  if (header && Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
  const moment = Date.parse(header ?? '')
  return Number.isNaN(moment) ? PAUSE_MS : Math.max(0, moment - now.getTime())
}
