import type { Clock } from '../../base/clock.ts'
import { signatureHeaders } from './signing.ts'

/** A request to the app, before it becomes an HTTP request or a socket envelope. */
export type AppRequest =
  | { kind: 'slash_commands'; payload: Record<string, string> }
  | { kind: 'interactive'; payload: Record<string, unknown> }
  | { kind: 'events_api'; payload: Record<string, unknown> }

/** Faults of a request that Slack or a stranger may cause. */
export interface RequestFaults {
  /**
   * Sends it twice: `true` as Slack retries, with the same event id and retry headers;
   * 'other_event_id' as Slack also does (node-slack-sdk issue 2141).
   */
  deliverTwice?: boolean | 'other_event_id'
  /** Signs with a wrong secret. HTTP only. */
  forge?: boolean
  /** The moment of the signature. Default: now. HTTP only. */
  signedAt?: Date
}

/** The app's response. */
export interface AppResponse {
  /** The HTTP status, 200 for an acknowledgement over a socket; null without a response. */
  status: number | null
  /** Parsed JSON, otherwise text; null when it is empty. */
  body: unknown
  error?: 'operation_timeout' | 'dispatch_failed'
  /** What Slack's own client refused to send, by block id. */
  inputErrors?: Record<string, string>
  /** The response to the second request of `deliverTwice`. */
  secondResponse?: AppResponse
}

/** One attempt to reach the app; `retry` marks it as Slack's retry. */
export type SendToApp = (
  request: AppRequest,
  faults: RequestFaults,
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
  return (request, faults, retry) => {
    const { body, type } = encodeRequest(request)
    const secret = faults.forge ? `not ${options.signingSecret}` : options.signingSecret
    const moment = faults.signedAt ?? options.signatureClock.now()
    const headers = {
      'content-type': type,
      ...signatureHeaders(secret, Math.floor(moment.getTime() / 1000), body),
      ...(retry && { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' }),
    }
    return postToApp(options, body, headers)
  }
}

/** Posts any body to the app's request URL, and waits for the response as long as Slack does. */
export async function postToApp(
  { botUrl, ackTimeoutMs }: Pick<HttpSenderOptions, 'botUrl' | 'ackTimeoutMs'>,
  body: string,
  headers: Record<string, string>,
): Promise<AppResponse> {
  const url = botUrl()
  const signal = AbortSignal.timeout(ackTimeoutMs)
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal })
    const result = { status: response.status, body: await bodyOf(response) }
    return response.ok ? result : { ...result, error: 'dispatch_failed' }
  } catch {
    // The person sees the same whether nobody listens, the connection is cut or the response is broken.
    const error = signal.aborted ? 'operation_timeout' : 'dispatch_failed'
    return { status: null, body: null, error }
  }
}

/** Sends a request once, or twice for `deliverTwice: true`. */
export async function deliver(
  send: SendToApp,
  request: AppRequest,
  faults: RequestFaults,
): Promise<AppResponse> {
  const response = await send(request, faults, false)
  return faults.deliverTwice === true
    ? { ...response, secondResponse: await send(request, faults, true) }
    : response
}

// Bolt compares the whole content type of a form, so it has no charset.
function encodeRequest(request: AppRequest): { body: string; type: string } {
  if (request.kind === 'events_api') {
    return { body: JSON.stringify(request.payload), type: 'application/json' }
  }
  const fields =
    request.kind === 'interactive' ? { payload: JSON.stringify(request.payload) } : request.payload
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
