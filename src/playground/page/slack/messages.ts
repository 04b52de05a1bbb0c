import type { ConversationSnapshot, MessageSnapshot } from '../../slack/model.ts'
import { avatar } from '../avatar.ts'
import { h, syncChildren } from '../dom.ts'
import { fileLink } from '../files.ts'
import { formatDateTime, formatDay, formatTime, momentOf } from '../time.ts'
import { drawBlocks } from './blocks.ts'
import type { ControlValue } from './elements.ts'
import { type NameLookup, renderMarkup } from './text.ts'

export type Choose = (
  ts: string,
  blockId: string,
  actionId: string,
  choice?: ControlValue,
) => Promise<unknown>

type MessageListItem =
  | { kind: 'day'; label: string }
  | { kind: 'message'; message: MessageSnapshot }

/** Shows the messages of a conversation, oldest first, with the days between them. */
export function drawMessages(
  list: HTMLElement,
  conversation: ConversationSnapshot,
  names: NameLookup,
  choose: Choose,
): void {
  const draw = (item: MessageListItem) =>
    item.kind === 'day'
      ? h('li', { class: 'day' }, h('span', {}, item.label))
      : h('li', { class: 'message-item' }, messageWithThread(item.message, names, choose))
  syncChildren(list, itemsOf(conversation), (item) => keyOf(conversation, item), draw)
}

function keyOf({ id }: ConversationSnapshot, item: MessageListItem): string {
  return `${id} ${item.kind === 'day' ? item.label : item.message.ts}`
}

function itemsOf({ messages }: ConversationSnapshot): MessageListItem[] {
  let day = ''
  return messages.flatMap((message): MessageListItem[] => {
    const label = formatDay(momentOf(message.ts))
    const item: MessageListItem = { kind: 'message', message }
    if (label === day) return [item]
    day = label
    return [{ kind: 'day', label }, item]
  })
}

/** Threads that a person has opened stay open when their messages are drawn again. */
const openThreads = new Set<string>()

function messageWithThread(
  message: MessageSnapshot,
  names: NameLookup,
  choose: Choose,
): HTMLElement {
  const { replies, ts } = message
  const root = drawMessage(message, names, choose)
  if (replies.length === 0) return root
  const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`
  const thread = h(
    'details',
    { class: 'thread', open: openThreads.has(ts) },
    h('summary', {}, count),
    ...replies.map((reply) => drawMessage(reply, names, choose)),
  )
  thread.addEventListener('toggle', () =>
    thread.open ? openThreads.add(ts) : openThreads.delete(ts),
  )
  root.querySelector('.message-body')?.append(thread)
  return root
}

function drawMessage(message: MessageSnapshot, names: NameLookup, choose: Choose): HTMLElement {
  const { author, ts } = message
  const moment = momentOf(ts)
  return h(
    'article',
    {
      class: message.ephemeral ? 'message ephemeral' : 'message',
      'aria-label': `${author.name}, ${formatDateTime(moment)}`,
    },
    avatar(author.name, author.isBot),
    h(
      'div',
      { class: 'message-body' },
      message.ephemeral && h('p', { class: 'only-you' }, 'Only visible to you'),
      h(
        'p',
        { class: 'byline' },
        h('strong', {}, author.name),
        author.isBot && h('span', { class: 'badge' }, 'App'),
        h('time', { datetime: moment.toISOString() }, formatTime(moment)),
      ),
      message.blocks.length > 0
        ? drawBlocks(message.blocks, {
            names,
            prefix: `m${ts}`,
            heading: 'h4',
            act: (blockId, actionId, choice) => choose(ts, blockId, actionId, choice),
          })
        : h('div', { class: 'rich' }, ...renderMarkup(message.text, names)),
      ...message.files.map(({ id, name, size }) => fileLink(id, name, size)),
      message.edited && h('span', { class: 'edited' }, '(edited)'),
    ),
  )
}
