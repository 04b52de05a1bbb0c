import type { ViewModel } from '../view-model.ts'
import { h } from './dom.ts'

/** Announces new messages to screen readers, without moving the focus. */
export function createLiveRegion() {
  const node = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' })
  let last: { person: string; keys: Set<string> } | undefined

  /** Announces what is new since the last call for the same person. */
  function update(model: ViewModel): void {
    const texts = new Map(announcements(model))
    const before = last?.person === model.me ? last.keys : undefined
    last = { person: model.me, keys: new Set(texts.keys()) }
    if (!before) return
    const added = [...texts].filter(([key]) => !before.has(key)).map(([, text]) => text)
    if (added.length > 3) announce(`${added.length} new messages. The last one: ${added.at(-1)}`)
    else if (added.length > 0) announce(added.join(' '))
  }

  function announce(text: string): void {
    node.textContent = text
  }

  return { node, update }
}

/** A text for each message by somebody else, by the message's key. */
function announcements({ slack, teams }: ViewModel): [string, string][] {
  const inSlack = (slack?.conversations ?? []).flatMap((conversation) =>
    conversation.messages
      .flatMap((message) => [message, ...message.replies])
      .filter(({ author }) => author.id !== slack?.me.id)
      .map(({ ts, author, text }): [string, string] => [
        `slack ${conversation.id} ${ts}`,
        `${author.name} in Slack: ${text}`,
      ]),
  )
  const threads = (teams?.team.channels ?? []).flatMap((channel) => channel.threads)
  const messages = [
    ...(teams?.chat.messages ?? []),
    ...threads.flatMap(({ root, replies }) => [root, ...replies]),
  ]
  const inTeams = messages
    .filter(({ from, deleted }) => from.id !== teams?.person.id && !deleted)
    .map(({ id, from, text, card }): [string, string] => {
      const words = text ?? (typeof card?.fallbackText === 'string' ? card.fallbackText : 'a card')
      return [`teams ${id}`, `${from.name} in Teams: ${words}`]
    })
  return [...inSlack, ...inTeams]
}
