import { capitalised } from '../../../base/text.ts'
import {
  type Channel,
  RecipientGoneError,
  unknownChannel,
  WorkspaceBrokenError,
} from '../../../chat/port.ts'
import type { Audience } from '../../../domain/programme/audience.ts'
import type { RecordedReach, Subscription } from '../../../domain/schedule/subscription-store.ts'
import { audiencePhrases, channelName } from '../format.ts'

/**
 * Compares who can read a channel with whom its digest is for. A digest for insiders needs a channel that people are
 * invited to. One for the board may be posted where the office chose, as long as nobody from outside reads there and
 * no more people than when it was chosen. One for the public may be posted anywhere.
 */

/**
 * What a platform answers about a channel; 'gone' where Milepost cannot write there any more, 'workspace broken' where it
 * can do nothing in the whole workspace.
 */
export type ChannelLookupResult = Channel | 'gone' | 'workspace broken' | 'no answer'

/** Why a channel cannot subscribe to a digest for this audience, in words; null where it can. */
export function channelRefusal(audience: Audience, channel: Channel): string | null {
  const { visibility } = channel
  if (channel.isArchived) {
    return 'This channel is archived, so nothing can be posted here. Nothing was saved. Open it again, or ask in another channel.'
  }
  if (channel.isMember === false) {
    return 'I am not in this channel, so I could not post here. Nothing was saved. Invite me (type /invite @Milepost), then say it again.'
  }
  if (audience === 'public') return null
  const instead = 'Ask in a channel for them, or for a digest for the public: … to public.'
  if (visibility === 'with outsiders') {
    return `People from outside your organisation can read this channel, and this digest is ${audiencePhrases[audience]}. Nothing was saved. ${instead}`
  }
  if (visibility === 'everyone' && audience === 'internal') {
    return `Everyone in your organisation can read this channel, and this digest is ${audiencePhrases[audience]}. Nothing was saved. ${instead}`
  }
  return null
}

/** What a subscription records of who could read the channel when it was chosen. */
export function recordedReach({ visibility }: Channel): RecordedReach | null {
  return visibility === 'private' || visibility === 'everyone' ? visibility : null
}

/** What to tell the office about the channel it chose, in sentences. */
export function visibilityRemarks(audience: Audience, channel: Channel): string[] {
  if (audience === 'public') return []
  return [reachRemark(channel), channel.areMembersKnown === false ? membersRemark : null].filter(
    (remark) => remark !== null,
  )
}

const membersRemark =
  'I do not know yet whether guests are in this channel. I look again before each digest, and tell you if there are.'

function reachRemark({ visibility }: Channel): string | null {
  if (visibility === 'everyone') {
    return 'Everyone in your organisation can read this channel. I take it that they may.'
  }
  if (visibility === 'private') return null
  return 'I cannot tell who may join this channel; please keep it to those it is for.'
}

/** A subscription as the office asked for it. */
type SubscriptionTerms = Omit<Subscription, 'id' | 'programmeId' | 'createdAt'>

/**
 * Why a digest cannot be posted in its channel now, and what to do, in words; null where it can.
 * `platform`: the title of the channel's platform.
 */
export function postingObstacle(
  chosen: SubscriptionTerms,
  found: ChannelLookupResult,
  { prefix, platform }: { readonly prefix: string; readonly platform: string },
): string | null {
  const again = (audience: Audience) =>
    `there: ${resubscribeCommandText({ ...chosen, audience }, prefix)}`
  if (found === 'no answer' || found === 'workspace broken') return null
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
    return `People from outside your organisation can read ${channel} now, and its digest is ${audiencePhrases[audience]}. Take them out of it, or ask for a digest for the public ${again('public')}`
  }
  const isOpened =
    found.visibility === 'everyone' && (audience === 'internal' || reach !== 'everyone')
  if (!isOpened) return null
  const may = audience === 'board' ? ` If they may read it, say so ${again('board')}` : ''
  return `Everyone in your organisation can read ${channel} now, and its digest is ${audiencePhrases[audience]}. Make it private again, or ask for a digest for the public ${again('public')}.${may}`
}

/** Whether it is still open if outsiders read a channel, for whose digest that matters. */
export function mayHaveOutsiders(audience: Audience, found: ChannelLookupResult): boolean {
  return audience !== 'public' && typeof found === 'object' && found.areMembersKnown === false
}

/** The command that subscribes to the same digest: "/rag digest here weekly monday 09:00 in Europe/London to board about 2, Ofsted". */
function resubscribeCommandText(
  { weekday, time, zone, audience, scope, boards }: SubscriptionTerms,
  prefix: string,
): string {
  const parts = [...scope.workstreams, ...scope.tags]
  const about = parts.length > 0 ? ` about ${parts.join(', ')}` : ''
  const serving = boards.length > 0 ? ` serving ${boards.join(', ')}` : ''
  return `${prefix} digest here weekly ${weekday} ${time} in ${zone} to ${audience}${serving}${about}`
}

/** Waits for a platform's answer. Any other error counts as no answer. */
export async function lookUpChannel(ask: Promise<Channel>): Promise<ChannelLookupResult> {
  try {
    return await ask
  } catch (error) {
    if (error instanceof WorkspaceBrokenError) return 'workspace broken'
    return error instanceof RecipientGoneError ? 'gone' : 'no answer'
  }
}
