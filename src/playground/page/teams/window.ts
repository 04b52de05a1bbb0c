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
  /** How many messages other people have written. */
  count: number
}

/** A window that shows the tenant as one person sees it, and in which they act. */
export function teamsWindow(app: App) {
  let snapshot: Snapshot | null = null
  let chosen = ''
  /** After one's own message the list scrolls to its end. */
  let scrollToEnd = false
  /** How many messages have been read, by person and place. Teams tells bots nothing about it. */
  const readCounts = new Map<string, number>()

  const places = h('nav', { class: 'places', 'aria-label': 'Teams chats and channels' })
  const title = h('h3', { class: 'place-title' })
  const list = h('ol', { class: 'messages', tabindex: 0, 'aria-label': 'Messages in Teams' })
  const messageBox = composer('Message in Teams', '', (text, files) => {
    scrollToEnd = true
    return sendAction('teams', app.person(), { act: 'write', conversation: chosen, text, files })
  })
  const body = h(
    'div',
    { class: 'window-body' },
    places,
    h('div', { class: 'place' }, title, list, messageBox.node),
  )
  const nobody = h('div', { class: 'nobody' })
  const node = h(
    'section',
    { class: 'window teams', 'aria-labelledby': 'teams-title', id: 'teams' },
    h('h2', { id: 'teams-title' }, 'Teams', h('span', {}, 'Brightwater Council tenant')),
    body,
    nobody,
  )

  const actions: MessageActions = {
    press: (conversation, message, button, filled) =>
      app.act('teams', { act: 'press', conversation, message, button, filled }),
    write: (conversation, text, files) =>
      sendAction('teams', app.person(), { act: 'write', conversation, text, files }),
    answerOffer: (message, isWanted) =>
      app.act('teams', { act: 'answer offer', message, isWanted }),
  }

  function draw(model: ViewModel): void {
    const isOtherPerson = snapshot?.person.id !== model.teams?.person.id
    snapshot = model.teams
    body.hidden = !snapshot
    nobody.hidden = snapshot !== null
    if (!snapshot) {
      const others = model.people.filter((person) => person.onTeams)
      drawWhenChanged(nobody, [model.me, others], () =>
        noAccountState(model, 'Teams', others, app.actAs),
      )
      return
    }
    const all = placesOf(snapshot)
    const open = all.find(({ id }) => id === chosen) ?? all[0]
    if (!open) return
    const isOtherPlace = isOtherPerson || chosen !== open.id
    chosen = open.id
    drawPlaces(snapshot, all)
    show(snapshot, open, isOtherPlace)
  }

  function drawPlaces(now: Snapshot, all: PlaceEntry[]): void {
    const unreadOf = ({ id, count }: PlaceEntry) => {
      const key = `${now.person.id} ${id}`
      // What is there when a person first looks counts as read.
      if ((id === chosen && node.checkVisibility()) || !readCounts.has(key))
        readCounts.set(key, count)
      return count - (readCounts.get(key) ?? 0)
    }
    const entries = all.map((place) => ({
      ...place,
      unread: unreadOf(place),
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
  function show(now: Snapshot, { id, name, isChat }: PlaceEntry, isOtherPlace: boolean): void {
    drawWhenChanged(title, name, () => [name])
    messageBox.setPlaceholder(isChat ? 'A message, such as help' : '@Milepost …')
    const restoreScroll = keepScrollPosition(list, isOtherPlace || scrollToEnd || shownId !== id)
    shownId = list.checkVisibility() ? id : ''
    scrollToEnd = false
    const me = now.person.id
    if (isChat) {
      drawList(
        now.chat.messages,
        ({ id: key }: Message) => key,
        (message) => drawMessage(now.chat.conversationId, message, me, actions),
      )
    } else {
      const threads = now.team.channels.find((channel) => channel.id === id)?.threads ?? []
      drawList(
        threads,
        ({ conversationId }: Thread) => conversationId,
        (thread) => drawThread(thread, me, actions),
      )
    }
    restoreScroll()
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
  }
}

const EMPTY_TEXT = 'Nothing here yet. Write help to Milepost, or @Milepost help in a channel.'

function placesOf({ chat, team, person, bot }: Snapshot): PlaceEntry[] {
  const byOthers = (messages: Message[]) => messages.filter(({ from }) => from.id !== person.id)
  return [
    {
      id: chat.conversationId,
      name: bot.name,
      isChat: true,
      count: byOthers(chat.messages).length,
    },
    ...team.channels.map(({ id, name, threads }) => {
      const messages = byOthers(threads.flatMap(({ root, replies }) => [root, ...replies]))
      return { id, name, isChat: false, count: messages.length }
    }),
  ]
}
