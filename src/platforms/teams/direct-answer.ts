import type { ChatIdentity, Place } from '../../base/addresses.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { RecipientGoneError, WorkspaceBrokenError } from '../../chat/port.ts'
import type { ChatRequest } from '../../chat/request.ts'

/** The open chat between Milepost and an account; undefined until the account has written there. */
export type OpenChat = (account: ChatIdentity) => Promise<Place | undefined>

/** 'unreachable': Teams lets nobody in there, usually because the app is not installed for the person. */
export type DirectAnswerResult = 'posted' | 'unreachable' | 'failed'

export interface DirectAnswerOptions {
  post(place: Place, card: AdaptiveCard): Promise<unknown>
  readonly openChat: OpenChat
  readonly log: Log
}

/**
 * Posts what a channel may not see in the person's own chat: in the one that they have written in, else, or where that
 * one is gone, in the one that Teams opens. Never throws.
 */
export async function answerDirectly(
  { post, openChat, log }: DirectAnswerOptions,
  { place, actor, key }: ChatRequest,
  card: AdaptiveCard,
): Promise<DirectAnswerResult> {
  const person: Place = { ...place, kind: 'direct', conversation: actor.user, isPerson: true }
  let result: DirectAnswerResult = 'failed'
  try {
    const open = await openChat(actor)
    const chats = open ? [{ ...open, serviceUrl: place.serviceUrl }, person] : [person]
    for (const chat of chats) {
      result = await posted(chat)
      if (result !== 'unreachable') break
    }
  } catch (error) {
    log.warn({ key, error: messageOf(error) }, 'The chat with a person could not be looked up')
  }
  return result

  async function posted(chat: Place): Promise<DirectAnswerResult> {
    try {
      await post(chat, card)
      return 'posted'
    } catch (error) {
      log.warn({ key, error: messageOf(error) }, 'A person was not answered in their Teams chat')
      return isUnreachable(error) ? 'unreachable' : 'failed'
    }
  }
}

const isUnreachable = (error: unknown) =>
  error instanceof RecipientGoneError ||
  (error instanceof WorkspaceBrokenError && error.mayConcernRecipient)
