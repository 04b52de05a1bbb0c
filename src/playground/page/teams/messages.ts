import type { Message, Thread } from '../../teams/model.ts'
import { avatar } from '../avatar.ts'
import { composer } from '../composer.ts'
import { h } from '../dom.ts'
import { formatDateTime } from '../time.ts'
import { drawCard } from './card.ts'

export interface MessageActions {
  press(
    conversation: string,
    message: string,
    button: number,
    filled: Record<string, string>,
  ): Promise<unknown>
  /** Returns undefined when it is sent, else the reason. */
  write(conversation: string, text: string): Promise<string | undefined>
}

export function drawMessage(
  conversation: string,
  message: Message,
  me: string,
  actions: MessageActions,
): HTMLElement {
  const { from, note, card, text, deleted } = message
  const moment = new Date(message.sentAt)
  const isOwn = from.id === me
  return h(
    'article',
    {
      class: isOwn ? 'message mine' : 'message',
      'aria-label': `${from.name}, ${formatDateTime(moment)}`,
    },
    avatar(from.name, from.isBot),
    h(
      'div',
      { class: 'message-body' },
      h(
        'p',
        { class: 'byline' },
        h('strong', {}, from.name),
        from.isBot && h('span', { class: 'badge' }, 'App'),
        h('time', { datetime: message.sentAt }, formatDateTime(moment)),
        message.editedAt && h('span', { class: 'edited' }, 'Edited'),
      ),
      deleted && h('p', { class: 'deleted' }, 'This message has been deleted.'),
      text && h('p', { class: 'text' }, text),
      card &&
        drawCard(card, (button, filled) => actions.press(conversation, message.id, button, filled)),
      note &&
        h(
          'p',
          { class: `note note-${note.kind}`, role: 'status' },
          note.kind === 'error' ? `⚠ ${note.text}` : note.text,
        ),
    ),
  )
}

/** Threads whose reply box is open: it stays open when the thread is drawn again. */
const openReplies = new Set<string>()

/** A post of a channel with its replies and a reply box. */
export function drawThread(thread: Thread, me: string, actions: MessageActions): HTMLElement {
  const { conversationId, root, replies } = thread
  const reply = h('div', { class: 'reply' })
  const openReply = (focus: boolean) => {
    openReplies.add(conversationId)
    const replyBox = composer('Reply in the thread', '@Milepost …', (text) =>
      actions.write(conversationId, text),
    )
    reply.replaceChildren(replyBox.node)
    if (focus) replyBox.fill('@Milepost ')
  }
  if (openReplies.has(conversationId)) openReply(false)
  else {
    const button = h(
      'button',
      { type: 'button', class: 'button quiet', onclick: () => openReply(true) },
      'Reply',
    )
    reply.append(button)
  }
  return h(
    'div',
    { class: 'thread-card' },
    drawMessage(conversationId, root, me, actions),
    replies.length > 0 &&
      h(
        'div',
        { class: 'replies' },
        ...replies.map((each) => drawMessage(conversationId, each, me, actions)),
      ),
    reply,
  )
}
