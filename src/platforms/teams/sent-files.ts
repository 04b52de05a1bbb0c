import { z } from 'zod'
import type { Log } from '../../base/log.ts'
import { isLoopbackHost } from '../../base/loopback.ts'
import { type DownloadOptions, downloadFile } from '../../chat/file-download.ts'
import { fileNameOf, fileRefusal, type ReceivedFile } from '../../chat/received-file.ts'
import { isAllowedFileUrl, isWithoutFiles, type TeamsConfig } from './config.ts'

/**
 * The files that a person sends with a message. Teams puts them into the person's OneDrive and gives an address that needs
 * no token, so it gets none. Source: Teams documentation, "Send and receive files using bot".
 */

export interface FileSource {
  readonly config: TeamsConfig
  readonly log: Log
  readonly fetch?: DownloadOptions['fetch']
}

/** What an activity may carry; `serviceUrl` tells the cloud. */
export interface MessageAttachments {
  readonly attachments: readonly unknown[]
  readonly serviceUrl: string
  readonly isPersonal: boolean
}

export type FindFiles = (message: MessageAttachments) => ReceivedFile[]

const downloadInfo = z.looseObject({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  name: z.string().nullish(),
  content: z.looseObject({ downloadUrl: z.string() }),
})
const picture = z.looseObject({
  contentType: z.string().regex(/^image\//i),
  name: z.string().nullish(),
})
/** How a message names a file that is attached to it, where the bot is not given the file. */
const fileMark = z.looseObject({
  contentType: z.literal('text/html'),
  content: z.string().regex(/<attachment id=/i),
})

export function createFileFinder(source: FileSource): FindFiles {
  return ({ attachments, serviceUrl, isPersonal }) =>
    attachments.flatMap((attachment) => {
      const sent = downloadInfo.safeParse(attachment)
      if (sent.success) return [downloaded(source, sent.data)]
      const shown = picture.safeParse(attachment)
      if (shown.success) return [unreadable(shown.data.name ?? 'picture', pictureText)]
      if (!fileMark.safeParse(attachment).success) return []
      if (isWithoutFiles(serviceUrl)) return [unreadable('file', noFilesText)]
      // In a chat with Milepost such a mark names the message that is answered.
      return isPersonal ? [] : [unreadable('file', channelText)]
    })
}

const pictureText =
  'It is a picture within a message, and I cannot read pictures. Please send the sheet itself as a file.'
const noFilesText =
  'In this Microsoft cloud Teams gives apps no files. Please ask whoever looks after Milepost to import it.'
const channelText = 'Teams gives me files in our own chat alone. Please send it to me there.'

function unreadable(name: string, why: string): ReceivedFile {
  return {
    name: fileNameOf(name),
    read: () => Promise.reject(fileRefusal.notAllowed(fileNameOf(name), why)),
  }
}

function downloaded(
  { config, log, fetch }: FileSource,
  { name: given, content }: z.infer<typeof downloadInfo>,
): ReceivedFile {
  const name = fileNameOf(given)
  let bytes: Promise<Uint8Array> | undefined
  const read = () =>
    downloadFile(
      {
        ...{ name, url: content.downloadUrl },
        isAllowed: (url) => isAllowedFileUrl(config, url),
        refuseAddress: ({ hostname }) =>
          fileRefusal.notAllowed(
            name,
            `It is kept at ${isLoopbackHost(hostname) ? 'an address of my own machine' : hostname || 'no address'}, and I take files from SharePoint and OneDrive alone. Please send it as a file of your own.`,
          ),
        // A page in place of the file: its address holds for some minutes.
        refuseContent: (contentType) =>
          contentType === 'text/html' ? fileRefusal.downloadFailed(name) : undefined,
      },
      { log, fetch },
    )
  return {
    name,
    read: () => {
      bytes ??= read()
      return bytes
    },
  }
}
