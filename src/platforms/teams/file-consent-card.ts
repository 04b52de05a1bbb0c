import { z } from 'zod'
import { shorten } from '../../base/text.ts'
import type { OutgoingFile } from '../../chat/port.ts'
import type { ChatRequest } from '../../chat/request.ts'

/** The card by which Teams asks a person whether they want a file. Source: "Send and receive files using bot". */
const consentType = 'application/vnd.microsoft.teams.card.file.consent'

const maxDescriptionLength = 200

/** The message that asks whether the person wants the file. */
export function consentActivity({ id, name, bytes }: OutgoingFile, description: string) {
  const context = { file: id }
  return {
    type: 'message',
    summary: description,
    attachments: [
      {
        contentType: consentType,
        name,
        content: {
          description: shorten(description, maxDescriptionLength),
          sizeInBytes: bytes.length,
          acceptContext: context,
          declineContext: context,
        },
      },
    ],
  }
}

const consentValue = z.looseObject({
  type: z.literal('fileUpload'),
  action: z.enum(['accept', 'decline']),
  context: z.looseObject({ file: z.uuid() }),
  uploadInfo: z
    .looseObject({
      contentUrl: z.string(),
      name: z.string(),
      uploadUrl: z.string(),
      uniqueId: z.string(),
      fileType: z.string(),
    })
    .nullish(),
})

/** What a person answered to the question, from their own chat with Milepost. */
export type FileConsent = z.infer<typeof consentValue> & {
  readonly request: Pick<ChatRequest, 'key' | 'actor' | 'place'>
  /** The message that asked. */
  readonly asked: string | undefined
}

/** The answer in the value of an invoke; undefined where there is none. */
export function parseConsent(value: unknown): z.infer<typeof consentValue> | undefined {
  return consentValue.safeParse(value).data
}
