import { shorten } from '../../base/text.ts'
import type { OutgoingFile } from '../../chat/port.ts'

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
