import type { ConversationSeen, MessageSeen } from '../../slack/model.ts'
import { avatar } from '../avatar.ts'
import { h, keep } from '../dom.ts'
import { dayWords, momentOf, momentWords, timeWords } from '../time.ts'
import { drawBlocks } from './blocks.ts'
import type { Choice } from './elements.ts'
import { marked, type Names } from './text.ts'

export type Choose = (
  ts: string,
  blockId: string,
  actionId: string,
  choice?: Choice,
) => Promise<unknown>

type Line = { kind: 'day'; words: string } | { kind: 'message'; message: MessageSeen }

/** Shows the messages of a conversation, oldest first, with the days between them. */
export function drawMessages(
  list: HTMLElement,
  conversation: ConversationSeen,
  names: Names,
  choose: Choose,
): void {
  const draw = (line: Line) =>
    line.kind === 'day'
      ? h('li', { class: 'day' }, h('span', {}, line.words))
      : h('li', { class: 'message-item' }, messageWithThread(line.message, names, choose))
  keep(list, linesOf(conversation), (line) => keyOf(conversation, line), draw)
}

function keyOf({ id }: ConversationSeen, line: Line): string {
  return `${id} ${line.kind === 'day' ? line.words : line.message.ts}`
}

function linesOf({ messages }: ConversationSeen): Line[] {
  let day = ''
  return messages.flatMap((message): Line[] => {
    const words = dayWords(momentOf(message.ts))
    const line: Line = { kind: 'message', message }
    if (words === day) return [line]
    day = words
    return [{ kind: 'day', words }, line]
  })
}

/** Threads that a person has opened stay open when a reply comes. */
const opened = new Set<string>()

function messageWithThread(message: MessageSeen, names: Names, choose: Choose): HTMLElement {
  const { replies, ts } = message
  const root = drawMessage(message, names, choose)
  if (replies.length === 0) return root
  const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`
  const thread = h(
    'details',
    { class: 'thread', open: opened.has(ts) },
    h('summary', {}, count),
    ...replies.map((reply) => drawMessage(reply, names, choose)),
  )
  thread.addEventListener('toggle', () => (thread.open ? opened.add(ts) : opened.delete(ts)))
  root.querySelector('.message-body')?.append(thread)
  return root
}

function drawMessage(message: MessageSeen, names: Names, choose: Choose): HTMLElement {
  const { author, ts } = message
  const moment = momentOf(ts)
  return h(
    'article',
    {
      class: message.ephemeral ? 'message ephemeral' : 'message',
      'aria-label': `${author.name}, ${momentWords(moment)}`,
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
        h('time', { datetime: moment.toISOString() }, timeWords(moment)),
      ),
      message.blocks.length > 0
        ? drawBlocks(message.blocks, {
            names,
            prefix: `m${ts}`,
            heading: 'h4',
            act: (blockId, actionId, choice) => choose(ts, blockId, actionId, choice),
          })
        : h('div', { class: 'rich' }, ...marked(message.text, names)),
      message.edited && h('span', { class: 'edited' }, '(edited)'),
    ),
  )
}
