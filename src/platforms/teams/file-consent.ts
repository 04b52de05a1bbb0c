import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { TaskTracker } from '../../chat/background-tasks.ts'
import type { KeptFiles } from '../../chat/kept-files.ts'
import type { OutgoingFile } from '../../chat/port.ts'
import { retryRateLimited, type Sleep } from '../../chat/rate-limit-retry.ts'
import { isAllowedFileUrl, type TeamsConfig } from './config.ts'
import type { FileConsent } from './file-consent-card.ts'
import type { Outbound } from './outbound.ts'

/**
 * How a file gets to a person: a card asks whether they want it, and Teams says where in their OneDrive it may go.
 * Source: Teams documentation, "Send and receive files using bot".
 */

const infoType = 'application/vnd.microsoft.teams.card.file.info'

/** In milliseconds. */
const uploadTimeoutMs = 60_000

export interface FileConsentOptions {
  readonly config: TeamsConfig
  readonly files: KeptFiles
  readonly outbound: Outbound
  readonly log: Log
  readonly tasks: TaskTracker
  readonly wait: Sleep
}

/** How many answers are remembered, so that one that Teams sends again uploads nothing again. */
const rememberedAnswers = 500

const declinedText = 'All right, I keep the file to myself. Ask for it again whenever you want it.'
const goneText =
  'I do not keep that file any more, so it is not in your OneDrive. Please ask for it again.'
const failedText =
  'The file did not get into your OneDrive, because something went wrong on the way. Nothing else has changed. Please ask for it again.'

/** Handles answers; each resolves at once, because Teams waits for no upload. */
export function createConsentHandler(options: FileConsentOptions) {
  const { log, tasks } = options
  const seen = new Set<string>()
  return (consent: FileConsent): void => {
    const { key } = consent.request
    if (seen.has(key)) return
    seen.add(key)
    const [oldest] = seen
    if (seen.size > rememberedAnswers && oldest !== undefined) seen.delete(oldest)
    const answering = answerConsent(options, consent).catch((error: unknown) => {
      log.error({ key, error: messageOf(error) }, 'A file could not be put into a OneDrive')
      return say(options, consent, failedText)
    })
    tasks.keep(answering, 'An answer about a file could not be posted in Teams', { key })
  }
}

async function answerConsent(options: FileConsentOptions, consent: FileConsent): Promise<void> {
  const { files, config } = options
  const { action, context, uploadInfo, request } = consent
  if (action === 'decline') return concludeWith(options, consent, declinedText)
  const file = await files.load(context.file, request.actor)
  if (!file) return concludeWith(options, consent, goneText)
  if (!uploadInfo) throw new Error('Teams did not say where the file may go')
  await upload(config, uploadInfo.uploadUrl, file)
  const { contentUrl, name, uniqueId, fileType } = uploadInfo
  const info = { contentType: infoType, contentUrl, name, content: { uniqueId, fileType } }
  await post(options, consent, { type: 'message', attachments: [info] })
  await removeQuestion(options, consent)
}

/** Puts the whole file at once. The address needs no token, and gets none. */
async function upload(config: TeamsConfig, uploadUrl: string, file: OutgoingFile): Promise<void> {
  if (!URL.canParse(uploadUrl) || !isAllowedFileUrl(config, new URL(uploadUrl)))
    throw new Error('Teams names an address for the file that is not at an allowed host')
  const { length } = file.bytes
  const response = await fetch(uploadUrl, {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      'content-range': `bytes 0-${length - 1}/${length}`,
    },
    body: Buffer.from(file.bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(uploadTimeoutMs),
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`OneDrive answered ${response.status}`)
}

async function concludeWith(
  options: FileConsentOptions,
  consent: FileConsent,
  text: string,
): Promise<void> {
  await say(options, consent, text)
  await removeQuestion(options, consent)
}

function say(options: FileConsentOptions, consent: FileConsent, text: string): Promise<void> {
  return post(options, consent, { type: 'message', text })
}

async function post(
  { outbound, wait }: FileConsentOptions,
  { request: { place } }: FileConsent,
  activity: object,
): Promise<void> {
  await retryRateLimited(() => outbound.postActivity(place, activity), wait)
}

/** The question is answered. Where it stays all the same, nothing is lost. */
async function removeQuestion(
  { outbound, log }: FileConsentOptions,
  { request: { place, key }, asked }: FileConsent,
): Promise<void> {
  if (!asked) return
  try {
    await outbound.remove(place, asked)
  } catch (error) {
    log.warn({ key, error: messageOf(error) }, 'A question about a file was not removed in Teams')
  }
}
