import type { ViewModel } from '../view-model.ts'
import { sendAction, watchViewModel } from './api-client.ts'
import type { App } from './app.ts'
import { h } from './dom.ts'
import { header } from './header.ts'
import { createLiveRegion } from './live-region.ts'
import { slackWindow } from './slack/window.ts'
import { suggestions } from './suggestions.ts'
import { tabs } from './tabs.ts'
import { teamsWindow } from './teams/window.ts'

const DEFAULT_PERSON = 'asha-verity'

function start(): void {
  let person = location.hash.slice(1) || DEFAULT_PERSON
  let seen: ViewModel | undefined
  let stop = () => {}
  let afterwards: (() => void) | undefined

  const problem = h('p', { class: 'page-problem', role: 'alert' })
  const app: App = {
    person: () => person,
    actAs(id) {
      person = id
      history.replaceState(null, '', `#${id}`)
      stop()
      stop = watchViewModel(id, see, (connected) => {
        // The address may name somebody of another sample.
        if (!connected && !seen && id !== DEFAULT_PERSON) app.actAs(DEFAULT_PERSON)
        else complain(connected ? '' : 'The playground does not answer. Trying again…')
      })
    },
    async act(kind: 'slack' | 'teams' | 'clock', body: never) {
      complain((await sendAction(kind, person, body)) ?? '')
    },
    redraw: () => seen && draw(seen),
    suggestInSlack(id, place, text) {
      side.show('slack')
      if (id === person && seen) slack.suggest(place, text)
      else {
        afterwards = () => slack.suggest(place, text)
        app.actAs(id)
      }
    },
  }

  const announce = createLiveRegion()
  const top = header(app)
  const side = tabs(() => app.redraw())
  const slack = slackWindow(app)
  const teams = teamsWindow(app)

  function see(now: ViewModel): void {
    seen = now
    draw(now)
    announce.hear(now)
    afterwards?.()
    afterwards = undefined
  }

  function draw(now: ViewModel): void {
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
    h('a', { class: 'skip', href: '#slack', onclick: skipToWindows }, 'Skip to the windows'),
    top.node,
    suggestions(app),
    problem,
    side.node,
    h('main', {}, slack.node, teams.node),
    announce.node,
  )
  side.show('slack')
  app.actAs(person)
}

/** The address names the person one acts as, so the link moves the focus alone. */
function skipToWindows(event: Event): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('main .window-body:not([hidden]) button')?.focus()
}

start()
