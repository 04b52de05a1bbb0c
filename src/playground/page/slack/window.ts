import type { ConversationSnapshot, Notice, Snapshot } from '../../slack/model.ts'
import type { PersonViewModel, ViewModel } from '../../view-model.ts'
import { sendAction } from '../api-client.ts'
import type { App } from '../app.ts'
import { composer } from '../composer.ts'
import { drawWhenChanged, h, syncChildren, visuallyHidden } from '../dom.ts'
import { noAccountState } from '../empty-state.ts'
import { keepScrollPosition } from '../scroll.ts'
import { createHomeTab } from './home.ts'
import { drawMessages } from './messages.ts'
import { createModal } from './modal.ts'

/** A window that shows the workspace as one person sees it, and in which they act. */
export function slackWindow(app: App) {
  let snapshot: Snapshot | null = null
  let command = '/rag'
  let chosen = ''
  /** After one's own message the list scrolls to its end. */
  let scrollToEnd = false
  const dismissed = new Set<string>()

  const places = h('nav', { class: 'places', 'aria-label': 'Slack conversations' })
  const title = h('h3', { class: 'place-title' })
  const list = h('ol', { class: 'messages', tabindex: 0, 'aria-label': 'Messages in Slack' })
  const notices = h('div', { class: 'notices' })
  const dialog = createModal({
    submit: (view, answers) => act({ act: 'submit', view, answers }),
    close: (view) => act({ act: 'close', view }),
    choose: (view, actionId, choice, answers) =>
      act({ act: 'choose in view', view, actionId, choice, answers }),
  })
  const homeTab = createHomeTab((view, actionId, choice, answers) =>
    act({ act: 'choose in view', view, actionId, choice, answers }),
  )
  const messageBox = composer('Message in Slack', '', async (text, files) => {
    scrollToEnd = true
    return sendAction('slack', app.person(), { act: 'write', channel: chosen, text, files })
  })
  const main = h('div', { class: 'place' }, title, list, homeTab.node, notices, messageBox.node)
  const body = h('div', { class: 'window-body' }, places, main)
  const nobody = h('div', { class: 'nobody' })
  const node = h(
    'section',
    { class: 'window slack', 'aria-labelledby': 'slack-title', id: 'slack' },
    h('h2', { id: 'slack-title' }, 'Slack', h('span', {}, 'Brightwater workspace')),
    body,
    nobody,
    dialog.node,
  )

  const act = (body: Parameters<typeof sendAction<'slack'>>[2]) => app.act('slack', body)

  function draw(model: ViewModel): void {
    const isOtherPerson = snapshot?.me.id !== model.slack?.me.id
    snapshot = model.slack
    command = model.command
    body.hidden = !snapshot
    nobody.hidden = snapshot !== null
    if (!snapshot) {
      dialog.draw(undefined, { people: [], bot: NO_BOT, conversations: [] })
      const others = model.people.filter((person: PersonViewModel) => person.onSlack)
      drawWhenChanged(nobody, [model.me, others], () =>
        noAccountState(model, 'Slack', others, app.actAs),
      )
      return
    }
    const isHome = chosen === homePlace
    for (const part of [list, messageBox.node]) part.hidden = isHome
    homeTab.node.hidden = !isHome
    const conversation = isHome ? undefined : current(snapshot)
    drawPlaces(snapshot, conversation)
    if (isHome) {
      drawWhenChanged(title, homePlace, () => ['Home'])
      homeTab.draw(snapshot.home, snapshot)
      openHome(snapshot)
    }
    show(snapshot, conversation, isOtherPerson)
    dialog.draw(snapshot.views.at(-1), snapshot)
  }

  /** Slack tells Milepost each time that somebody opens their tab. */
  let openedFor = ''
  function openHome({ me }: Snapshot): void {
    if (openedFor === me.id) return
    openedFor = me.id
    void act({ act: 'open home' })
  }

  function current({ conversations }: Snapshot): ConversationSnapshot | undefined {
    const found =
      conversations.find(({ id }) => id === chosen) ??
      conversations.find(({ kind }) => kind === 'dm')
    chosen = found?.id ?? ''
    return found
  }

  function drawPlaces({ conversations }: Snapshot, open: ConversationSnapshot | undefined): void {
    const groups = (['channel', 'dm'] as const).map((kind) => ({
      kind,
      entries: conversations
        .filter((each) => each.kind === kind)
        .map(({ id, name, unread }) => ({
          id,
          name,
          unread: id === open?.id ? 0 : unread,
          open: id === open?.id,
        })),
    }))
    const focused = document.activeElement?.getAttribute('data-place')
    drawWhenChanged(places, [groups, chosen === homePlace], () =>
      groups.flatMap(({ kind, entries }) => [
        h('p', { class: 'places-group' }, kind === 'channel' ? 'Channels' : 'Apps'),
        h(
          'ul',
          {},
          kind === 'dm' && h('li', {}, homeButton()),
          ...entries.map((entry) => h('li', {}, placeButton(kind, entry))),
        ),
      ]),
    )
    if (focused) places.querySelector<HTMLElement>(`[data-place="${CSS.escape(focused)}"]`)?.focus()
  }

  function placeButton(
    kind: 'channel' | 'dm',
    entry: { id: string; name: string; unread: number; open: boolean },
  ): HTMLElement {
    const { id, name, unread, open } = entry
    return h(
      'button',
      {
        type: 'button',
        'data-place': id,
        class: unread > 0 ? 'unread' : '',
        'aria-current': open ? 'true' : undefined,
        onclick: () => choose(id),
      },
      h('span', { class: 'sign', 'aria-hidden': 'true' }, kind === 'channel' ? '#' : '●'),
      h('span', { class: 'name' }, kind === 'channel' ? name : 'Milepost'),
      unread > 0 && h('span', { class: 'count' }, String(unread), visuallyHidden(' unread')),
    )
  }

  function homeButton(): HTMLElement {
    return h(
      'button',
      {
        type: 'button',
        'data-place': homePlace,
        'aria-current': chosen === homePlace ? 'true' : undefined,
        onclick: () => choose(homePlace),
      },
      h('span', { class: 'sign', 'aria-hidden': 'true' }, '⌂'),
      h('span', { class: 'name' }, 'Home'),
    )
  }

  function choose(id: string): void {
    chosen = id
    openedFor = ''
    app.redraw()
  }

  let shownId = ''
  function show(
    now: Snapshot,
    conversation: ConversationSnapshot | undefined,
    isOtherPerson: boolean,
  ): void {
    if (!conversation) return
    const name = conversation.kind === 'dm' ? 'Milepost' : `#${conversation.name}`
    drawWhenChanged(title, name, () => [name])
    messageBox.setPlaceholder(
      conversation.kind === 'dm' ? `${command} or a message` : `${command} or @Milepost …`,
    )
    const restoreScroll = keepScrollPosition(
      list,
      isOtherPerson || scrollToEnd || shownId !== conversation.id,
    )
    shownId = list.checkVisibility() ? conversation.id : ''
    scrollToEnd = false
    if (conversation.messages.length === 0) {
      syncChildren(list, [name], String, () => emptyLine(command))
    } else {
      drawMessages(list, conversation, now, (ts, blockId, actionId, choice) =>
        act({ act: 'choose', channel: conversation.id, ts, blockId, actionId, choice }),
      )
    }
    restoreScroll()
    syncChildren(
      notices,
      now.notices.filter(({ ts }) => !dismissed.has(ts)).slice(-1),
      ({ ts }) => ts,
      noticeLine,
    )
    if (conversation.unread > 0 && node.checkVisibility()) {
      void sendAction('slack', app.person(), { act: 'read', channel: conversation.id })
    }
  }

  function noticeLine({ ts, text }: Notice): HTMLElement {
    const dismiss = () => {
      dismissed.add(ts)
      app.redraw()
    }
    return h(
      'div',
      { class: 'notice', role: 'alert' },
      h('p', {}, text),
      h('button', { type: 'button', class: 'button', onclick: dismiss }, 'Dismiss'),
    )
  }

  return {
    node,
    draw,
    /** Opens a channel by its name, or the direct message, and fills in a text for the person to send. */
    suggest: (place: string, text: string) => {
      const found = snapshot?.conversations.find(({ kind, name }) =>
        place === 'Milepost' ? kind === 'dm' : kind === 'channel' && name === place,
      )
      if (found) choose(found.id)
      messageBox.fill(text)
    },
  }
}

/** Stands for the Home tab among the conversations. */
const homePlace = 'home'

const NO_BOT: Snapshot['bot'] = { userId: '', botId: '', appId: '', name: '', realName: 'Milepost' }

function emptyLine(command: string): HTMLElement {
  return h('li', { class: 'empty' }, `Nothing here yet. Type ${command} and press Enter.`)
}
