import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { parse } from 'node:querystring'
import { HTTPModuleFunctions, type HTTPReceiver } from '@slack/bolt'
import type { Clock } from '../../base/clock.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { type BodyReader, HttpError, parseJson, refuseRequest } from '../../chat/request-body.ts'
import { isRequestBody } from './payloads.ts'

/** How far Slack's clock may be ahead of ours. */
const clockSkewMs = 60_000

/** How old a signature may be, as Slack asks and Bolt has it. */
const longestUnderwayMs = 5 * 60_000

const clockText =
  'A request to the Slack endpoint was refused: its time is ahead of ours. If it goes on, set the clock of this machine'

export interface RequestGuardOptions {
  /** The only one that Bolt's receiver serves. */
  readonly path: string
  readonly receiver: HTTPReceiver
  readonly signingSecret: string
  readonly clock: Clock
  readonly bodies: BodyReader
  readonly log: Log
  readonly isOpen: () => boolean
}

/**
 * Bolt's listener, with the checks that Bolt lacks. Bolt refuses wrong signatures and requests older than five minutes,
 * but accepts a timestamp in the future, with which a recorded request could be replayed for that much longer; it reads
 * 4 MB before it looks at the signature; and a signed body that is JSON but no object ends in a rejection that nobody
 * handles. Answers 401 to what Slack did not sign, 413 and 503 to too many bytes, 400 to what is none of Slack's
 * payloads, 503 before `isOpen`, and 404 for another path or method.
 */
export function guardRequests(options: RequestGuardOptions): RequestListener {
  const { receiver, clock, isOpen, log } = options
  return (request, response) => {
    const timestampMs = Number(request.headers['x-slack-request-timestamp']) * 1000
    const aheadMs = timestampMs - clock.now().getTime()
    if (aheadMs > clockSkewMs) {
      const aheadSeconds = Math.round(aheadMs / 1000)
      log.warn({ platform: 'slack', status: 401, aheadSeconds }, clockText)
      response.writeHead(401).end()
      return
    }
    if (!isOpen()) {
      response.writeHead(503).end()
      return
    }
    if (request.method !== 'POST' || pathOf(request) !== options.path) {
      response.writeHead(404).end()
      return
    }
    readVerified(options, request, response)
      .then(() => receiver.requestListener(request, response))
      .catch((error: unknown) => {
        const refusal = error instanceof HttpError ? error : new HttpError(500, 'it failed')
        const fields = { platform: 'slack', status: refusal.status, error: messageOf(error) }
        if (refusal.status === 500) log.error(fields, 'A request from Slack failed')
        else log.warn(fields, 'A request to the Slack endpoint was refused')
        refuseRequest(response, refusal)
      })
  }
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? ''
}

/**
 * Reads the body to where Bolt looks for one that was read already, and checks it: first who sent it, then what it says.
 * @throws HttpError
 */
async function readVerified(
  { signingSecret, clock, bodies }: RequestGuardOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const rawBody = await bodies.read(request, response)
  const buffered = Object.assign(request, { rawBody })
  if (!isSigned(buffered, signingSecret, clock.now())) {
    try {
      await HTTPModuleFunctions.parseAndVerifyHTTPRequest({ signingSecret }, buffered)
    } catch (error) {
      throw new HttpError(401, messageOf(error))
    }
  }
  if (!isRequestBody(parsedBody(buffered))) {
    throw new HttpError(400, 'it is none of the requests that Slack sends')
  }
}

interface BufferedRequest extends IncomingMessage {
  readonly rawBody: Buffer
}

/**
 * Whether Slack signed the request in the last five minutes. What is not is for Bolt to tell, which knows Slack's unsigned
 * checks, too. It asks first because Bolt compares signatures by two more keyed hashes, which together are a tenth of the
 * processor time of an update. Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
function isSigned(
  { headers, rawBody }: BufferedRequest,
  signingSecret: string,
  now: Date,
): boolean {
  const { 'x-slack-signature': signature, 'x-slack-request-timestamp': seconds } = headers
  if (typeof signature !== 'string' || typeof seconds !== 'string') return false
  const isRecent = Number(seconds) * 1000 >= now.getTime() - longestUnderwayMs
  if (!isRecent) return false
  const hash = createHmac('sha256', signingSecret).update(`v0:${seconds}:`).update(rawBody)
  const [expected, given] = [Buffer.from(`v0=${hash.digest('hex')}`), Buffer.from(signature)]
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** The body as Bolt reads it: a form, whose payload may be JSON, or JSON. */
function parsedBody({ rawBody, headers }: BufferedRequest): unknown {
  const text = rawBody.toString()
  if (headers['content-type'] !== 'application/x-www-form-urlencoded') return parseJson(text)
  const form = parse(text)
  // Bolt, too, takes a payload that is there once.
  return typeof form.payload === 'string' ? parseJson(form.payload) : form
}
