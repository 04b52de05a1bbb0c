import type { Place } from '../../base/addresses.ts'
import { capitalised } from '../../base/text.ts'
import { type Channel, RecipientGoneError, unknownChannel } from '../../chat/port.ts'
import type { Audience } from '../../domain/programme/audience.ts'
import type { RecordedReach, Subscription } from '../../domain/schedule/subscription-store.ts'

/**
 * Who may read a channel, against whom its digest is for. A digest for insiders wants a channel that people are
 * invited to; one for the board may stand where the office chose it, so long as nobody from outside reads there and
 * no more people than when it was chosen; one for the public may stand anywhere.
 */

/** What a platform says of a channel; 'gone' where Milepost cannot write there any more. */
export type ChannelLookup = Channel | 'gone' | 'no answer'

/** Why a digest is not asked for in a channel, in words; null where it may be. */
export function channelRefusal(audience: Audience, { visibility }: Channel): string | null {
  if (audience === 'public') return null
  const instead = 'Ask in a channel for them, or for a digest for the public: … to public.'
  if (visibility === 'with outsiders') {
    return `People of other organisations can read this channel, and this digest is ${audiencePhrases[audience]}. Nothing was saved. ${instead}`
  }
  if (visibility === 'everyone' && audience === 'internal') {
    return `Everyone in your organisation can read this channel, and this digest is ${audiencePhrases[audience]}. Nothing was saved. ${instead}`
  }
  return null
}

export const audiencePhrases: Readonly<Record<Audience, string>> = {
  internal: 'for the people of the programme alone',
  board: 'for the board',
  public: 'for the public',
}

/** What is kept of it when the channel is chosen. */
export function recordedReach({ visibility }: Channel): RecordedReach | null {
  return visibility === 'private' || visibility === 'everyone' ? visibility : null
}

/** What else to say where a channel was chosen, in words. */
export function visibilityRemarks(audience: Audience, { visibility }: Channel): string[] {
  if (audience === 'public') return []
  if (visibility === 'everyone') {
    return ['Everyone in your organisation can read this channel. I take it that they may.']
  }
  if (visibility === 'private') return []
  return ['I cannot tell who may join this channel; please keep it to those it is for.']
}

type SubscriptionTerms = Omit<Subscription, 'id' | 'programmeId' | 'createdAt'>

/**
 * Why a digest is not posted in its channel now, and what to do, in words; null where it may be. `platform`: the title of
 * the channel's.
 */
export function postingObstacle(
  chosen: SubscriptionTerms,
  found: ChannelLookup,
  { prefix, platform }: { readonly prefix: string; readonly platform: string },
): string | null {
  const again = (audience: Audience) =>
    `there: ${resubscribeCommandText({ ...chosen, audience }, prefix)}`
  if (found === 'no answer') return null
  if (found === 'gone') {
    return `I cannot write in ${channelName(chosen.place, unknownChannel, platform)} any more: it was deleted, or I was taken out of it. Invite me again, or end its digest: ${prefix} digest channels`
  }
  const channel = channelName(chosen.place, found, platform)
  const { audience, reach } = chosen
  if (found.isArchived) {
    return `${capitalised(channel)} is archived. Open it again, or end its digest: ${prefix} digest channels`
  }
  if (audience === 'public') return null
  if (found.visibility === 'with outsiders') {
    return `People of other organisations can read ${channel} now, and its digest is ${audiencePhrases[audience]}. Take them out of it, or ask for a digest for the public ${again('public')}`
  }
  const isOpened =
    found.visibility === 'everyone' && (audience === 'internal' || reach !== 'everyone')
  if (!isOpened) return null
  const may = audience === 'board' ? ` If they may read it, say so ${again('board')}` : ''
  return `Everyone in your organisation can read ${channel} now, and its digest is ${audiencePhrases[audience]}. Make it private again, or ask for a digest for the public ${again('public')}.${may}`
}

/** How the same digest is asked for: "/rag digest here weekly monday 09:00 in Europe/London to board about 2, Ofsted". */
function resubscribeCommandText(
  { weekday, time, zone, audience, scope }: SubscriptionTerms,
  prefix: string,
): string {
  const parts = [...scope.workstreams, ...scope.tags]
  const about = parts.length > 0 ? ` about ${parts.join(', ')}` : ''
  return `${prefix} digest here weekly ${weekday} ${time} in ${zone} to ${audience}${about}`
}

/** '#leadership-board on Slack', 'the channel 19:… on Teams'. `platform`: its title. */
export function channelName({ conversation }: Place, { name }: Channel, platform: string): string {
  return name ? `#${name} on ${platform}` : `the channel ${conversation} on ${platform}`
}

/** What a platform answers, in our words. Throws what is not of the port. */
export async function lookUpChannel(ask: Promise<Channel>): Promise<ChannelLookup> {
  try {
    return await ask
  } catch (error) {
    return error instanceof RecipientGoneError ? 'gone' : 'no answer'
  }
}
