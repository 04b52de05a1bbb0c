/** A mention in the activity's entities. */
export interface Mention {
  readonly text: string
  readonly mentioned: { readonly id: string; readonly name?: string | null | undefined }
}

/** A name holds no other tag, so its end is looked for no further than the next one. */
const MENTION_TAG = /<at\b[^<>]*>((?:(?!<\/?at\b).)*)<\/at>/gis

/** "@Milepost help" typed as the help shows it, where Teams makes no mention of it: in the chat with Milepost. */
const TYPED_PREFIX = /^\s*@milepost\b[\s,:]*/i

/**
 * The text without mentions of the bot; other mentions become names. (The SDK's removeRecipientMention removes only the
 * first mention.) Tags are replaced before entities are decoded, so that a typed "&lt;at&gt;" stays text.
 */
export function textWithoutMentions(
  text: string,
  mentions: readonly Mention[],
  botId: string,
): string {
  const ofBot = mentions.filter(({ mentioned }) => mentioned.id === botId)
  const [tags, names] = [
    new Set(ofBot.map((mention) => mention.text)),
    new Set(ofBot.map(({ mentioned }) => mentioned.name)),
  ]
  const isBot = (tag: string, name: string) => tags.has(tag) || names.has(name)
  const withNames = text.replace(MENTION_TAG, (tag: string, name: string) =>
    isBot(tag, name) ? ' ' : name,
  )
  return decodeEntities(withNames)
    .replace(TYPED_PREFIX, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim()
}

export function isMentioned(mentions: readonly Mention[], id: string): boolean {
  return mentions.some(({ mentioned }) => mentioned.id === id)
}

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** Decodes the entities that Teams writes. Anything else that looks like an entity stays as typed. */
export function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi,
    (whole, decimal, hex, name) => {
      if (name) return NAMED_ENTITIES[String(name).toLowerCase()] ?? whole
      const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
