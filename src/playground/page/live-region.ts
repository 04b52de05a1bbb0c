import type { ViewModel } from '../view-model.ts'
import { h } from './dom.ts'

/** Says to screen readers what has come since they last looked, without moving their focus. */
export function createLiveRegion() {
  const node = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' })
  let known: { person: string; keys: Set<string> } | undefined

  function hear(seen: ViewModel): void {
    const there = new Map(announcements(seen))
    const before = known?.person === seen.me ? known.keys : undefined
    known = { person: seen.me, keys: new Set(there.keys()) }
    if (!before) return
    const fresh = [...there].filter(([key]) => !before.has(key)).map(([, words]) => words)
    if (fresh.length > 3) say(`${fresh.length} new messages. The last one: ${fresh.at(-1)}`)
    else if (fresh.length > 0) say(fresh.join(' '))
  }

  function say(words: string): void {
    node.textContent = words
  }

  return { node, hear, say }
}

/** What others wrote, by a key of its own, in words. */
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
