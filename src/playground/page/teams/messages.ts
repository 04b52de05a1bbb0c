import type { Message, MessageFile, Thread } from '../../teams/model.ts'
import type { ChosenFile } from '../../view-model.ts'
import { avatar } from '../avatar.ts'
import { composer } from '../composer.ts'
import { busyWhile, h } from '../dom.ts'
import { fileLink, sizeText } from '../files.ts'
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
  write(conversation: string, text: string, files: ChosenFile[]): Promise<string | undefined>
  /** Whether the person wants the file that a message offers. */
  answerOffer(message: string, isWanted: boolean): Promise<unknown>
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
      ...message.files.map((file) =>
        file.kind === 'offered'
          ? drawOffer(file, (isWanted) => actions.answerOffer(message.id, isWanted))
          : fileLink(file.id, file.name, file.kind === 'sent' ? file.size : undefined),
      ),
      note &&
        h(
          'p',
          { class: `note note-${note.kind}`, role: 'status' },
          note.kind === 'error' ? `⚠ ${note.text}` : note.text,
        ),
    ),
  )
}

/** The question whether one wants a file, as Teams asks it. */
function drawOffer(
  { name, size, description }: Extract<MessageFile, { kind: 'offered' }>,
  answer: (isWanted: boolean) => Promise<unknown>,
): HTMLElement {
  const button = (title: string, isWanted: boolean) => {
    const node = h(
      'button',
      { type: 'button', class: 'button', 'aria-label': `${title} ${name}` },
      title,
    )
    node.addEventListener('click', () => void busyWhile(node, () => answer(isWanted)))
    return node
  }
  return h(
    'div',
    { class: 'file-offer' },
    h('p', {}, description),
    h('p', { class: 'file' }, name, h('span', { class: 'file-size' }, sizeText(size))),
    h('p', { class: 'file-answers' }, button('Accept', true), button('Decline', false)),
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
    const replyBox = composer('Reply in the thread', '@Milepost …', (text, files) =>
      actions.write(conversationId, text, files),
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
