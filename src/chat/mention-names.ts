import type { Mention } from '../base/mentions.ts'
import { channelInTime } from './channel-lookup.ts'
import { profileInTime } from './profile-lookup.ts'
import type { ChannelMention, ChatRequest } from './request.ts'
import type { RouterOptions } from './router-options.ts'

/** Of people, and of channels: each may ask the platform. Further ones stay as they were written. */
const mostNamed = 12

type Lookups = Pick<RouterOptions, 'db' | 'nameOfAccount' | 'lookupProfile' | 'lookupChannel'>

/**
 * A typed line as a colleague would read it: a mention is the person's name, and a channel has its own. What stays in a
 * reason is read in digests and papers by people who cannot press it.
 */
export async function nameMentions(lookups: Lookups, request: ChatRequest): Promise<ChatRequest> {
  const { input, mentions = [], channels = [] } = request
  if ('verb' in input || mentions.length + channels.length === 0) return request
  const people = await Promise.all(
    mentions
      .slice(0, mostNamed)
      .map(async (mention) => ({ ...mention, name: await personName(lookups, mention) })),
  )
  const places = await Promise.all(
    channels
      .slice(0, mostNamed)
      .map(async (mention) => ({ ...mention, name: await channelName(lookups, mention) })),
  )
  return {
    ...request,
    input: { ...input, text: withNames(input.text, [...people, ...places]) },
    mentions: [
      ...people.map(({ name, account }) => ({ text: name, account })),
      ...mentions.slice(mostNamed),
    ],
  }
}

/** By which the plan knows them, or else their platform; as it stands in the line where neither does. */
async function personName(lookups: Lookups, { text, account }: Mention): Promise<string> {
  const known = await lookups.nameOfAccount?.(lookups.db, account)
  if (known !== undefined || !isUnnamed(text)) return known ?? text
  const profile = await profileInTime(lookups.lookupProfile?.(account))
  return profile?.displayName ?? text
}

/** A private channel's name is not for everybody who reads the line later. */
async function channelName(lookups: Lookups, { place }: ChannelMention): Promise<string> {
  const { name, visibility } = await channelInTime(lookups.lookupChannel?.(place))
  if (visibility === 'everyone' && name !== null) return `#${name}`
  return visibility === 'private' ? 'a private channel' : 'a channel'
}

/** Slack writes a mention in a message by its id alone. */
const isUnnamed = (text: string) => text.startsWith('<')

function withNames(
  line: string,
  mentions: readonly { readonly text: string; readonly name: string }[],
): string {
  const names = new Map(mentions.map(({ text, name }) => [text, name]))
  // The longest first: "@tom" is the beginning of "@tomas".
  const written = [...names.keys()].toSorted((one, other) => other.length - one.length)
  const anyOfThem = new RegExp(written.map(escapePattern).join('|'), 'g')
  return line.replace(anyOfThem, (text) => names.get(text) ?? text)
}

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
