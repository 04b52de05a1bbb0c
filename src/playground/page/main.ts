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

/** Whoever the playground begins with. */
const DEFAULT_PERSON = ''

function start(): void {
  let person = location.hash.slice(1) || DEFAULT_PERSON
  let model: ViewModel | undefined
  let unsubscribe = () => {}
  /** Runs once, when the next view model is there. */
  let afterNextModel: (() => void) | undefined

  const problem = h('p', { class: 'page-problem', role: 'alert' })
  const app: App = {
    person: () => person,
    actAs(id) {
      person = id
      if (id !== DEFAULT_PERSON) history.replaceState(null, '', `#${id}`)
      unsubscribe()
      unsubscribe = watchViewModel(id, onModel, (connected) => {
        // The address may name a person who is not in these programmes.
        if (!connected && !model && id !== DEFAULT_PERSON) app.actAs(DEFAULT_PERSON)
        else showProblem(connected ? '' : 'The playground does not answer. Trying again…')
      })
    },
    async act(kind: 'slack' | 'teams' | 'clock', body: never) {
      showProblem((await sendAction(kind, person, body)) ?? '')
    },
    redraw: () => model && draw(model),
    suggestInSlack(id, place, text) {
      side.show('slack')
      if (id === person && model) slack.suggest(place, text)
      else {
        afterNextModel = () => slack.suggest(place, text)
        app.actAs(id)
      }
    },
  }

  const notice = h('p', { class: 'page-notice', role: 'note', hidden: true })
  const things = suggestions(app)
  const liveRegion = createLiveRegion()
  const top = header(app)
  const side = tabs(() => app.redraw())
  const slack = slackWindow(app)
  const teams = teamsWindow(app)

  function onModel(next: ViewModel): void {
    model = next
    person = next.me
    draw(next)
    liveRegion.update(next)
    afterNextModel?.()
    afterNextModel = undefined
  }

  function draw(current: ViewModel): void {
    notice.textContent = current.notice
    notice.hidden = current.notice === null
    // They are about people and projects of the samples.
    things.hidden = current.notice !== null
    top.draw(current)
    slack.draw(current)
    teams.draw(current)
  }

  function showProblem(text: string): void {
    problem.textContent = text
    problem.hidden = text === ''
  }

  showProblem('')
  document.body.append(
    h('a', { class: 'skip', href: '#slack', onclick: skipToWindows }, 'Skip to the windows'),
    notice,
    top.node,
    things,
    problem,
    side.node,
    h('main', {}, slack.node, teams.node),
    liveRegion.node,
  )
  side.show('slack')
  app.actAs(person)
}

/** The fragment of the address names the acting person, so the link only moves the focus. */
function skipToWindows(event: Event): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('main .window-body:not([hidden]) button')?.focus()
}

start()
