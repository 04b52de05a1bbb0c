import type { Clock } from '../../base/clock.ts'
import { signatureHeaders } from './signing.ts'

/** What the workspace sends to the app, before it is put into a request or an envelope. */
export type AppRequest =
  | { kind: 'slash_commands'; payload: Record<string, string> }
  | { kind: 'interactive'; payload: Record<string, unknown> }
  | { kind: 'events_api'; payload: Record<string, unknown> }

/** How a delivery departs from the ordinary, as Slack or a stranger might. */
export interface RequestFaults {
  /**
   * Sent again: `true` as Slack retries, with the same event id and retry headers;
   * 'other_event_id' as Slack has also been seen to do (node-slack-sdk issue 2141).
   */
  deliverTwice?: boolean | 'other_event_id'
  /** Signed with a wrong secret. HTTP only. */
  forge?: boolean
  /** The moment of the signature, when it is not now. HTTP only. */
  signedAt?: Date
}

/** What the app answered. */
export interface AppResponse {
  /** The HTTP status, 200 for an acknowledgement over a socket; null when there was no answer. */
  status: number | null
  /** JSON where the answer is JSON, otherwise its text; null when it is empty. */
  body: unknown
  error?: 'operation_timeout' | 'dispatch_failed'
  /** What Slack's own client refused before anything was sent, by block id. */
  inputErrors?: Record<string, string>
  /** The answer to the second delivery of `deliverTwice`. */
  secondResponse?: AppResponse
}

/** One try to reach the app; `retry` marks it as Slack's retry. */
export type SendToApp = (
  delivery: AppRequest,
  how: RequestFaults,
  retry: boolean,
) => Promise<AppResponse>

export interface HttpSenderOptions {
  signingSecret: string
  /** The clock of signatures: the app compares them with real time. */
  signatureClock: Clock
  botUrl: () => string
  /** How long Slack waits for an acknowledgement. */
  ackTimeoutMs: number
}

/** Sends by signed HTTP to the app's one request URL. */
export function sendByHttp(options: HttpSenderOptions): SendToApp {
  return (delivery, how, retry) => {
    const { body, type } = encodeRequest(delivery)
    const secret = how.forge ? `not ${options.signingSecret}` : options.signingSecret
    const moment = how.signedAt ?? options.signatureClock.now()
    const headers = {
      'content-type': type,
      ...signatureHeaders(secret, Math.floor(moment.getTime() / 1000), body),
      ...(retry && { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' }),
    }
    return postToApp(options, body, headers)
  }
}

/** Posts anything at all to the app's request URL, and waits for the answer as Slack would. */
export async function postToApp(
  { botUrl, ackTimeoutMs }: Pick<HttpSenderOptions, 'botUrl' | 'ackTimeoutMs'>,
  body: string,
  headers: Record<string, string>,
): Promise<AppResponse> {
  const url = botUrl()
  const signal = AbortSignal.timeout(ackTimeoutMs)
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal })
    const answered = { status: response.status, body: await bodyOf(response) }
    return response.ok ? answered : { ...answered, error: 'dispatch_failed' }
  } catch {
    // The person sees the same whether nobody listens, the line is cut or the answer is broken.
    const error = signal.aborted ? 'operation_timeout' : 'dispatch_failed'
    return { status: null, body: null, error }
  }
}

/** Delivers once, or twice when asked to misbehave so. */
export async function deliver(
  send: SendToApp,
  delivery: AppRequest,
  how: RequestFaults,
): Promise<AppResponse> {
  const answer = await send(delivery, how, false)
  return how.deliverTwice === true
    ? { ...answer, secondResponse: await send(delivery, how, true) }
    : answer
}

// Bolt compares the content type of forms as a whole, so it carries no charset.
function encodeRequest(delivery: AppRequest): { body: string; type: string } {
  if (delivery.kind === 'events_api') {
    return { body: JSON.stringify(delivery.payload), type: 'application/json' }
  }
  const fields =
    delivery.kind === 'interactive'
      ? { payload: JSON.stringify(delivery.payload) }
      : delivery.payload
  return {
    body: new URLSearchParams(fields).toString(),
    type: 'application/x-www-form-urlencoded',
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return null
  return response.headers.get('content-type')?.startsWith('application/json')
    ? (JSON.parse(text) as unknown)
    : text
}
