import { type Activity, chatMessage, fileConsent } from './activities.ts'
import type { DeliveryFaults, DeliveryResult } from './bot-delivery.ts'
import type { Drive, NewFile } from './drive.ts'
import type { TenantState } from './state.ts'

export interface FileActionParts {
  readonly state: TenantState
  readonly drive: Drive
  readonly serviceUrl: string
  deliver(activity: Activity, faults?: DeliveryFaults): Promise<DeliveryResult>
}

/** What people of the tenant do with files in their chats with the bot. */
export function createFileActions({ state, drive, serviceUrl, deliver }: FileActionParts) {
  return {
    /** Sends the bot files, with a text beside them or none. */
    sendFiles(
      userId: string,
      files: readonly NewFile[],
      text = '',
      faults?: DeliveryFaults,
    ): Promise<DeliveryResult> {
      const person = state.person(userId)
      const place = state.chatWith(person)
      const added = files.map((file) => drive.add(file))
      const from = { id: person.id, name: person.name, isBot: false }
      const { id } = state.add(place, from, {
        ...{ text: text || null, card: null },
        files: added.map((file) => ({ kind: 'sent', ...file })),
      })
      const attachments = added.map((file) => drive.downloadInfo(file))
      return deliver(
        chatMessage({ state, serviceUrl, person, place }, id, text, attachments),
        faults,
      )
    },

    /** Answers the question whether the person wants a file. @throws Error where the message asks none */
    answerOffer(
      userId: string,
      messageId: string,
      isWanted: boolean,
      faults?: DeliveryFaults,
    ): Promise<DeliveryResult> {
      const person = state.person(userId)
      const place = state.chatWith(person)
      const offer = state.message(place, messageId).files?.find(({ kind }) => kind === 'offered')
      if (offer?.kind !== 'offered') throw new Error(`Message ${messageId} offers no file.`)
      const { name, context } = offer
      const uploadInfo = isWanted ? drive.uploadInfo(drive.reserve(name), name) : undefined
      const envelope = { state, serviceUrl, person, place }
      const answer = fileConsent(envelope, state.nextId(), messageId, { context, uploadInfo })
      return deliver(answer, faults)
    },
  }
}
