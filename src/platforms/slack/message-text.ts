/** What a person typed, without the marks that Slack puts into it. */

/**
 * Links, names and channels as they were typed, the three escaped characters back in their place: those last, so that
 * what a person typed as `<x>` is not taken for a mark. Quotation marks that a phone made curly stay so.
 * A person whose name Slack does not tell stays `<@U…>`.
 * Source: https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 */
export function decodeMessageText(text: string): string {
  return text
    .replace(/<([#@])\w+\|([^>]+)>/g, '$1$2')
    .replace(/<!(here|channel|everyone)(?:\|[^>]*)?>/g, '@$1')
    .replace(/<!subteam\^\w+\|([^>]+)>/g, '$1')
    .replace(/<(?:https?|mailto|tel):[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<((?:https?|mailto|tel):[^|>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
}

/** The text without the bot's own mention, wherever it stands. */
export function withoutMention(text: string, botUser: string): string {
  return text.replaceAll(new RegExp(`<@${botUser}(\\|[^>]*)?>[\\s,:]*`, 'g'), '').trim()
}
