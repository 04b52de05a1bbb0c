/** A mention as Teams lists it beside the text. */
export interface Mention {
  readonly text: string
  readonly mentioned: { readonly id: string; readonly name?: string | null | undefined }
}

const MENTION_TAG = /<at\b[^>]*>(.*?)<\/at>/gis

/**
 * What a person wrote, without the bot's mentions, wherever they stand; everyone else's become their names.
 * (The SDK's removeRecipientMention takes away the first mention alone.) Tags go before entities are read, so that
 * a typed "&lt;at&gt;" stays text.
 */
export function textWithoutMentions(
  text: string,
  mentions: readonly Mention[],
  botId: string,
): string {
  const isBot = (tag: string, name: string) =>
    mentions.some(
      ({ text: listed, mentioned }) =>
        mentioned.id === botId && (listed === tag || mentioned.name === name),
    )
  const named = text.replace(MENTION_TAG, (tag: string, name: string) =>
    isBot(tag, name) ? ' ' : name,
  )
  return decodeEntities(named)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim()
}

export function isMentioned(of: readonly Mention[], id: string): boolean {
  return of.some(({ mentioned }) => mentioned.id === id)
}

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** The entities that Teams writes into a text. Anything else that looks like one is left as it was typed. */
function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi,
    (whole, decimal, hex, name) => {
      if (name) return NAMED_ENTITIES[String(name).toLowerCase()] ?? whole
      const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
