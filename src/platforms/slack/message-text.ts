/**
 * The text as the person typed it: replaces Slack's markup for links, names and channels, then unescapes `&`, `<` and
 * `>`. In this order, so that a typed `<x>` is not read as markup. Curly quotation marks stay, and so does a mention
 * without a name, `<@U…>`. Slack writes a "<" that somebody typed as &lt;, so no markup holds one: looking for its end
 * no further than the next "<" keeps the work to the length of the text.
 * Source: https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 */
export function decodeMessageText(text: string): string {
  return text
    .replace(/<([#@])\w+\|([^<>]+)>/g, '$1$2')
    .replace(/<!(here|channel|everyone)(?:\|[^<>]*)?>/g, '@$1')
    .replace(/<!subteam\^\w+\|([^<>]+)>/g, '$1')
    .replace(/<(?:https?|mailto|tel):[^<|>]*\|([^<>]*)>/g, '$1')
    .replace(/<((?:https?|mailto|tel):[^<|>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
}

/** Whom a text mentions: their ids, and how they stand in the decoded text. */
export function mentionsIn(text: string): { readonly user: string; readonly text: string }[] {
  return [...text.matchAll(/<@([UW]\w+)(?:\|([^<>]+))?>/g)].map(([whole, user = '', name]) => ({
    user,
    text: name ? `@${name}` : whole,
  }))
}

/** Removes every mention of the bot. */
export function withoutMention(text: string, botUser: string): string {
  return text.replaceAll(new RegExp(`<@${botUser}(\\|[^<>]*)?>[\\s,:]*`, 'g'), '').trim()
}
