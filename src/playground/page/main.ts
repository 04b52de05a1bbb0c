import type { Seen } from '../view-model.ts'
import { send, watch } from './api-client.ts'
import type { App } from './app.ts'
import { h } from './dom.ts'
import { header } from './header.ts'
import { announcer } from './live-region.ts'
import { slackWindow } from './slack/window.ts'
import { suggestions } from './suggestions.ts'
import { tabs } from './tabs.ts'
import { teamsWindow } from './teams/window.ts'

const FIRST = 'asha-verity'

function start(): void {
  let person = location.hash.slice(1) || FIRST
  let seen: Seen | undefined
  let stop = () => {}
  let afterwards: (() => void) | undefined

  const problem = h('p', { class: 'page-problem', role: 'alert' })
  const app: App = {
    person: () => person,
    become(id) {
      person = id
      history.replaceState(null, '', `#${id}`)
      stop()
      stop = watch(id, see, (connected) => {
        // The address may name somebody of another sample.
        if (!connected && !seen && id !== FIRST) app.become(FIRST)
        else complain(connected ? '' : 'The playground does not answer. Trying again…')
      })
    },
    async act(kind: 'slack' | 'teams' | 'clock', body: never) {
      complain((await send(kind, person, body)) ?? '')
    },
    redraw: () => seen && draw(seen),
    suggestInSlack(id, place, text) {
      side.show('slack')
      if (id === person && seen) slack.suggest(place, text)
      else {
        afterwards = () => slack.suggest(place, text)
        app.become(id)
      }
    },
  }

  const announce = announcer()
  const top = header(app)
  const side = tabs(() => app.redraw())
  const slack = slackWindow(app)
  const teams = teamsWindow(app)

  function see(now: Seen): void {
    seen = now
    draw(now)
    announce.hear(now)
    afterwards?.()
    afterwards = undefined
  }

  function draw(now: Seen): void {
    top.draw(now)
    slack.draw(now)
    teams.draw(now)
  }

  function complain(words: string): void {
    problem.textContent = words
    problem.hidden = words === ''
  }

  complain('')
  document.body.append(
    h('a', { class: 'skip', href: '#slack', onclick: skip }, 'Skip to the windows'),
    top.node,
    suggestions(app),
    problem,
    side.node,
    h('main', {}, slack.node, teams.node),
    announce.node,
  )
  side.show('slack')
  app.become(person)
}

/** The address names the person one acts as, so the link moves the focus alone. */
function skip(event: Event): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('main .window-body:not([hidden]) button')?.focus()
}

start()
