import type { webApi } from '@slack/bolt'
import type { Log } from '../../base/log.ts'
import { type DownloadOptions, downloadFile } from '../../chat/file-download.ts'
import {
  type FileRefusal,
  fileLimits,
  fileNameOf,
  fileRefusal,
  type ReceivedFile,
} from '../../chat/received-file.ts'
import { callSlack, isMissingScope } from './errors.ts'
import type { SharedFile } from './payloads.ts'

/**
 * A file that was sent to Milepost on Slack. Its address takes the bot's token and goes to Slack's hosts alone.
 * Source: https://docs.slack.dev/reference/objects/file-object
 */

export interface FileSource {
  readonly client: webApi.WebClient
  readonly botToken: string
  /** As in the configuration: files of a workspace on this machine come from there. */
  readonly apiUrl: string | undefined
  readonly log: Log
  readonly fetch?: DownloadOptions['fetch']
}

export type ReceiveFile = (file: SharedFile) => ReceivedFile

export function createFileReceiver(source: FileSource): ReceiveFile {
  return (file) => {
    const name = fileNameOf(file.name ?? file.title)
    let content: Promise<Uint8Array> | undefined
    return {
      name,
      sizeBytes: file.size ?? undefined,
      contentType: file.mimetype ?? undefined,
      read: () => {
        content ??= readFile(source, name, file)
        return content
      },
    }
  }
}

async function readFile(source: FileSource, name: string, shared: SharedFile): Promise<Uint8Array> {
  // In a workspace shared between organisations the event names the file and tells nothing else of it.
  const file =
    shared.file_access === 'check_file_info' ? await fetchInfo(source, name, shared) : shared
  const refusal = refusalOf(name, file)
  if (refusal) throw refusal
  const { botToken, apiUrl, log, fetch } = source
  const url = file.url_private_download ?? file.url_private ?? ''
  return downloadFile(
    {
      ...{ name, url },
      headers: { authorization: `Bearer ${botToken}` },
      isAllowed: (at) => isFileHost(at, apiUrl),
      // Whoever may not read files is sent to the page where people sign in.
      refuseAddress: (at) =>
        isSlackHost(at, apiUrl) ? missingScope(name) : fileRefusal.downloadFailed(name),
      refuseContent: (contentType) =>
        contentType === 'text/html' && file.mimetype !== 'text/html'
          ? missingScope(name)
          : undefined,
    },
    { log, fetch },
  )
}

/** Why a file is not asked for at all. */
function refusalOf(name: string, file: SharedFile): FileRefusal | undefined {
  if (file.is_external || file.mode === 'external') {
    return fileRefusal.notAllowed(
      name,
      'It is a link to a file that is kept elsewhere. Please download it, and send me the file itself.',
    )
  }
  if (file.mode === 'tombstone' || file.mode === 'hidden_by_limit') {
    return fileRefusal.notAllowed(
      name,
      'It was deleted, or Slack does not show it any more. Please send it again.',
    )
  }
  if (!file.url_private_download && !file.url_private) return fileRefusal.downloadFailed(name)
  return (file.size ?? 0) > fileLimits.bytes
    ? fileRefusal.tooLarge(name, file.size ?? undefined)
    : undefined
}

const missingScope = (name: string) =>
  fileRefusal.notAllowed(
    name,
    'Slack does not let me: the permission files:read is missing. Please ask whoever looks after Milepost to add it to the app and install it again.',
  )

async function fetchInfo(
  { client, log }: FileSource,
  name: string,
  { id }: SharedFile,
): Promise<SharedFile> {
  try {
    const { file } = await callSlack(() => client.files.info({ file: id }))
    return { ...file, id }
  } catch (error) {
    log.warn({ platform: 'slack', error: String(error) }, 'Slack told nothing of a file')
    throw isMissingScope(error) ? missingScope(name) : fileRefusal.downloadFailed(name)
  }
}

/** "files.slack.com", and the same of an organisation or of GovSlack: the only ones that get the token. */
const fileHosts = /^files[\w-]*\.slack(?:-gov)?\.com$/
const slackHosts = /^(?:[\w.-]+\.)?slack(?:-gov)?\.com$/

function isFileHost(url: URL, apiUrl: string | undefined): boolean {
  return isApiHost(url, apiUrl) || isHostOf(url, fileHosts)
}

function isSlackHost(url: URL, apiUrl: string | undefined): boolean {
  return isApiHost(url, apiUrl) || isHostOf(url, slackHosts)
}

function isApiHost({ origin }: URL, apiUrl: string | undefined): boolean {
  return apiUrl !== undefined && new URL(apiUrl).origin === origin
}

function isHostOf({ protocol, port, hostname }: URL, hosts: RegExp): boolean {
  return protocol === 'https:' && port === '' && hosts.test(hostname)
}
