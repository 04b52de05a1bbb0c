/**
 * The text as the person typed it: replaces Slack's markup for links, names and channels, then unescapes `&`, `<` and
 * `>`. In this order, so that a typed `<x>` is not read as markup. Curly quotation marks stay, and so does a mention
 * without a name, `<@U…>` or `<#C…|>`: the name is looked up later. Slack writes a "<" that somebody typed as &lt;, so no markup holds one: looking for its end
 * no further than the next "<" keeps the work to the length of the text.
 * Source: https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 */
export function decodeMessageText(text: string): string {
  return text
    .replace(/<([#@])\w+\|([^<>]+)>/g, '$1$2')
    .replace(/<!(here|channel|everyone)(?:\|[^<>]*)?>/g, '@$1')
    .replace(/<!subteam\^\w+\|([^<>]+)>/g, '$1')
    .replace(/<((?:https?|mailto|tel):[^<|>]*)(?:\|([^<>]*))?>/g, (_, address, label = '') =>
      linkAsTyped(address, label),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
}

/**
 * Slack makes `<http://example.org/a|example.org/a>` of a typed "example.org/a". A link with words of its own keeps its
 * address: whoever reads them elsewhere has nothing to press.
 */
function linkAsTyped(address: string, label: string): string {
  if (label === '') return address
  const bare = address.replace(/^(?:https?:\/\/|mailto:|tel:)/, '')
  return [address, bare, bare.replace(/\/$/, '')].includes(label) ? label : `${label} (${address})`
}

/** Whom a text mentions: their ids, and how they stand in the decoded text. */
export function mentionsIn(text: string): { readonly user: string; readonly text: string }[] {
  return [...text.matchAll(/<@([UW]\w+)(?:\|([^<>]+))?>/g)].map(([whole, user = '', name]) => ({
    user,
    text: name ? `@${name}` : whole,
  }))
}

/** The channels of a text that Slack names by their ids alone, as they stand in the decoded text. */
export function unnamedChannelsIn(
  text: string,
): { readonly channel: string; readonly text: string }[] {
  return [...text.matchAll(/<#(\w+)\|?>/g)].map(([whole, channel = '']) => ({
    channel,
    text: whole,
  }))
}

/** Removes every mention of the bot. */
export function withoutMention(text: string, botUser: string): string {
  return text.replaceAll(new RegExp(`<@${botUser}(\\|[^<>]*)?>[\\s,:]*`, 'g'), '').trim()
}
