import type { Message, Snapshot, Thread } from '../../teams/model.ts'
import type { ViewModel } from '../../view-model.ts'
import { sendAction } from '../api-client.ts'
import type { App } from '../app.ts'
import { composer } from '../composer.ts'
import { drawWhenChanged, h, syncChildren, visuallyHidden } from '../dom.ts'
import { noAccountState } from '../empty-state.ts'
import { keepScrollPosition } from '../scroll.ts'
import { drawMessage, drawThread, type MessageActions } from './messages.ts'

interface PlaceEntry {
  id: string
  name: string
  isChat: boolean
  /** Messages by others. */
  count: number
}

/** A window that shows the tenant as one person sees it, and lets them act there. */
export function teamsWindow(app: App) {
  let snapshot: Snapshot | null = null
  let chosen = ''
  /** After one's own message the list goes to its end. */
  let jump = false
  /** What has been read, by person and place. Teams tells bots and their tests nothing of it. */
  const read = new Map<string, number>()

  const places = h('nav', { class: 'places', 'aria-label': 'Teams chats and channels' })
  const title = h('h3', { class: 'place-title' })
  const list = h('ol', { class: 'messages', tabindex: 0, 'aria-label': 'Messages in Teams' })
  const writing = composer('Message in Teams', '', (text) => {
    jump = true
    return sendAction('teams', app.person(), { act: 'write', conversation: chosen, text })
  })
  const body = h(
    'div',
    { class: 'window-body' },
    places,
    h('div', { class: 'place' }, title, list, writing.node),
  )
  const nobody = h('div', { class: 'nobody' })
  const node = h(
    'section',
    { class: 'window teams', 'aria-labelledby': 'teams-title', id: 'teams' },
    h('h2', { id: 'teams-title' }, 'Teams', h('span', {}, 'Brightwater Council tenant')),
    body,
    nobody,
  )

  const acts: MessageActions = {
    press: (conversation, message, button, filled) =>
      app.act('teams', { act: 'press', conversation, message, button, filled }),
    write: (conversation, text) =>
      sendAction('teams', app.person(), { act: 'write', conversation, text }),
  }

  function draw(seen: ViewModel): void {
    const fresh = snapshot?.person.id !== seen.teams?.person.id
    snapshot = seen.teams
    body.hidden = !snapshot
    nobody.hidden = snapshot !== null
    if (!snapshot) {
      const others = seen.people.filter((person) => person.onTeams)
      drawWhenChanged(nobody, [seen.me, others], () =>
        noAccountState(seen, 'Teams', others, app.actAs),
      )
      return
    }
    const all = placesOf(snapshot)
    const open = all.find(({ id }) => id === chosen) ?? all[0]
    if (!open) return
    const moved = fresh || chosen !== open.id
    chosen = open.id
    drawPlaces(snapshot, all)
    show(snapshot, open, moved)
  }

  function drawPlaces(now: Snapshot, all: PlaceEntry[]): void {
    const mark = ({ id, count }: PlaceEntry) => {
      const key = `${now.person.id} ${id}`
      // What stands there when a person first looks is not news.
      if ((id === chosen && node.checkVisibility()) || !read.has(key)) read.set(key, count)
      return count - (read.get(key) ?? 0)
    }
    const entries = all.map((place) => ({
      ...place,
      unread: mark(place),
      open: place.id === chosen,
    }))
    const focused = document.activeElement?.getAttribute('data-place')
    drawWhenChanged(places, entries, () => [
      h('p', { class: 'places-group' }, 'Chat'),
      h('ul', {}, ...entries.filter(({ isChat }) => isChat).map(placeButton)),
      h('p', { class: 'places-group' }, now.team.name),
      h('ul', {}, ...entries.filter(({ isChat }) => !isChat).map(placeButton)),
    ])
    if (focused) places.querySelector<HTMLElement>(`[data-place="${CSS.escape(focused)}"]`)?.focus()
  }

  function placeButton({ id, name, unread, open }: PlaceEntry & { unread: number; open: boolean }) {
    const button = h(
      'button',
      {
        type: 'button',
        'data-place': id,
        class: unread > 0 ? 'unread' : '',
        'aria-current': open ? 'true' : undefined,
        onclick: () => choose(id),
      },
      h('span', { class: 'name' }, name),
      unread > 0 && h('span', { class: 'count' }, String(unread), visuallyHidden(' unread')),
    )
    return h('li', {}, button)
  }

  function choose(id: string): void {
    chosen = id
    shownId = ''
    app.redraw()
  }

  let shownId = ''
  function show(now: Snapshot, { id, name, isChat }: PlaceEntry, fresh: boolean): void {
    drawWhenChanged(title, name, () => [name])
    writing.setPlaceholder(isChat ? 'A message to Milepost, such as help' : `@Milepost in ${name}`)
    const stay = keepScrollPosition(list, fresh || jump || shownId !== id)
    shownId = id
    jump = false
    const me = now.person.id
    if (isChat) {
      drawList(
        now.chat.messages,
        ({ id: key }: Message) => key,
        (message) => drawMessage(now.chat.conversationId, message, me, acts),
      )
    } else {
      const threads = now.team.channels.find((channel) => channel.id === id)?.threads ?? []
      drawList(
        threads,
        ({ conversationId }: Thread) => conversationId,
        (thread) => drawThread(thread, me, acts),
      )
    }
    stay()
  }

  function drawList<Item>(
    items: readonly Item[],
    keyOf: (item: Item) => string,
    drawItem: (item: Item) => HTMLElement,
  ): void {
    if (items.length === 0) {
      syncChildren(list, [chosen], String, () => h('li', { class: 'empty' }, EMPTY_TEXT))
      return
    }
    syncChildren(list, items, keyOf, (item) => h('li', { class: 'message-item' }, drawItem(item)))
  }

  return {
    node,
    draw,
    /** Opens a place by its name and writes something there for the person to send. */
    suggest: (place: string, text: string) => {
      const found = snapshot && placesOf(snapshot).find(({ name }) => name === place)
      if (found) choose(found.id)
      writing.fill(text)
    },
  }
}

const EMPTY_TEXT = 'Nothing here yet. Write help to Milepost, or @Milepost help in a channel.'

function placesOf({ chat, team, person, bot }: Snapshot): PlaceEntry[] {
  const heard = (messages: Message[]) => messages.filter(({ from }) => from.id !== person.id)
  const chatHeard = heard(chat.messages)
  return [
    {
      id: chat.conversationId,
      name: bot.name,
      isChat: true,
      count: chatHeard.length,
    },
    ...team.channels.map(({ id, name, threads }) => {
      const all = heard(threads.flatMap(({ root, replies }) => [root, ...replies]))
      return { id, name, isChat: false, count: all.length }
    }),
  ]
}
