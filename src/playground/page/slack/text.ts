import type { Snapshot } from '../../slack/model.ts'
import { h } from '../dom.ts'

/** Renders Slack's markup of message texts: *bold*, _italic_, ~strike~, `code`, <links> and mentions. */

export type NameLookup = Pick<Snapshot, 'people' | 'bot' | 'conversations'>

const PIECE =
  /<(?<link>[^<>\s|]+)(?:\|(?<label>[^<>]*))?>|\*(?<bold>[^*\n]+)\*|(?<![\w])_(?<italic>[^_\n]+)_(?![\w])|~(?<strike>[^~\n]+)~|`(?<code>[^`\n]+)`/

export function renderMarkup(text: string, names: NameLookup): Node[] {
  const found = PIECE.exec(text)
  if (!found) return text === '' ? [] : [document.createTextNode(unescapeText(text))]
  const before = text.slice(0, found.index)
  const after = text.slice(found.index + found[0].length)
  return [
    ...renderMarkup(before, names),
    pieceOf(found.groups ?? {}, names),
    ...renderMarkup(after, names),
  ]
}

function pieceOf(groups: Record<string, string | undefined>, names: NameLookup): Node {
  const { link, label, bold, italic, strike, code } = groups
  if (link !== undefined) return linkOf(link, label, names)
  if (bold !== undefined) return h('strong', {}, ...renderMarkup(bold, names))
  if (italic !== undefined) return h('em', {}, ...renderMarkup(italic, names))
  if (strike !== undefined) return h('s', {}, ...renderMarkup(strike, names))
  return h('code', {}, unescapeText(code ?? ''))
}

function linkOf(link: string, label: string | undefined, names: NameLookup): Node {
  if (link.startsWith('@')) return mention(`@${nameOf(link.slice(1), names)}`)
  if (link.startsWith('#')) return mention(`#${label || channelOf(link.slice(1), names)}`)
  if (link.startsWith('!')) return mention(label ?? `@${link.slice(1)}`)
  return anchor(unescapeText(link), unescapeText(label ?? link))
}

/** A link to a web or mail address; for any other address the plain text. */
export function anchor(url: string, text: string): Node {
  if (!/^(https?|mailto):/.test(url)) return document.createTextNode(text)
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, text)
}

export function mention(text: string): HTMLElement {
  return h('span', { class: 'mention' }, text)
}

export function nameOf(userId: string, { people, bot }: NameLookup): string {
  if (userId === bot.userId) return bot.realName
  return people.find(({ id }) => id === userId)?.realName ?? userId
}

export function channelOf(channelId: string, { conversations }: NameLookup): string {
  return conversations.find(({ id }) => id === channelId)?.name ?? channelId
}

function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
