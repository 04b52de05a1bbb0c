import { h } from '../dom.ts'
import { anchor, channelOf, mention, type NameLookup, nameOf } from './text.ts'

/** The elements of a rich_text block. The workspace checks only their type and passes them on. */
export interface RichPart {
  type: string
  text?: string
  url?: string
  name?: string
  unicode?: string
  user_id?: string
  channel_id?: string
  range?: string
  indent?: number
  style?: string | { bold?: boolean; italic?: boolean; strike?: boolean; code?: boolean }
  elements?: RichPart[]
}

/** Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function richText(parts: readonly RichPart[], names: NameLookup): Node[] {
  return parts.map((part) => renderPart(part, names))
}

function renderPart(part: RichPart, names: NameLookup): Node {
  const inside = part.elements ?? []
  switch (part.type) {
    case 'rich_text_list':
      return h(
        part.style === 'ordered' ? 'ol' : 'ul',
        { class: `rich-list indent-${Math.min(part.indent ?? 0, 4)}` },
        ...inside.map((item) => h('li', {}, ...renderInlines(item.elements ?? [], names))),
      )
    case 'rich_text_quote':
      return h('blockquote', {}, ...renderInlines(inside, names))
    case 'rich_text_preformatted':
      return h('pre', {}, ...renderInlines(inside, names))
    default:
      return h('div', { class: 'rich-section' }, ...renderInlines(inside, names))
  }
}

function renderInlines(parts: readonly RichPart[], names: NameLookup): Node[] {
  return parts.map((part) => applyStyle(part, renderInline(part, names)))
}

function renderInline(part: RichPart, names: NameLookup): Node {
  switch (part.type) {
    case 'link':
      return anchor(part.url ?? '', part.text ?? part.url ?? '')
    case 'user':
      return mention(`@${nameOf(part.user_id ?? '', names)}`)
    case 'channel':
      return mention(`#${channelOf(part.channel_id ?? '', names)}`)
    case 'broadcast':
      return mention(`@${part.range ?? 'here'}`)
    case 'emoji':
      return document.createTextNode(emoji(part))
    default:
      return document.createTextNode(part.text ?? '')
  }
}

/** `unicode` has the code points of the emoji, where it is a Unicode character. */
function emoji({ unicode, name = '' }: RichPart): string {
  if (!unicode) return `:${name}:`
  return String.fromCodePoint(...unicode.split('-').map((code) => Number.parseInt(code, 16)))
}

function applyStyle({ style }: RichPart, content: Node): Node {
  if (typeof style !== 'object') return content
  const { bold, italic, strike, code } = style
  let node = content
  if (code) node = h('code', {}, node)
  if (strike) node = h('s', {}, node)
  if (italic) node = h('em', {}, node)
  if (bold) node = h('strong', {}, node)
  return node
}
