import type { ClockViewModel, PersonViewModel, ViewModel } from '../view-model.ts'
import type { App } from './app.ts'
import { drawWhenChanged, h } from './dom.ts'
import { formatDateTime, setZone } from './time.ts'

const CLOCK_MOVES = [
  ['next monday', 'Next Monday 09:00'],
  ['tomorrow', 'Tomorrow 09:00'],
  ['an hour on', '+1 hour'],
] as const

/** The order in which people are listed. */
const ROLES = ['lead', 'programme office', 'sponsor']

/** The top of the page: the clock, the buttons that move it, and the person that the user acts as. */
export function header(app: App) {
  const clock = h('time', { class: 'clock-now' })
  const progress = h('progress', { max: 1, value: 0, 'aria-label': 'The clock is moving' })
  const destination = h('span', { class: 'clock-going' })
  const moving = h('div', { class: 'clock-moving', role: 'status' }, destination, progress)
  const picker = h('input', { type: 'datetime-local', 'aria-label': 'Another date and time' })
  const buttons = CLOCK_MOVES.map(([to, words]) =>
    h(
      'button',
      { type: 'button', class: 'button', onclick: () => void app.act('clock', { to }) },
      words,
    ),
  )
  const go = h('button', { type: 'submit', class: 'button' }, 'Go')
  const choosing = h('form', { class: 'clock-choosing' }, picker, go)
  choosing.addEventListener('submit', (event) => {
    event.preventDefault()
    void app.act('clock', { to: { local: picker.value } })
  })
  const menu = h(
    'button',
    { type: 'button', class: 'button menu', 'aria-expanded': 'false' },
    'Menu',
  )
  // Where there is little room the messages come first: the style sheet hides what the menu does not show.
  menu.addEventListener('click', () => {
    const isOpen = menu.ariaExpanded !== 'true'
    menu.ariaExpanded = String(isOpen)
    document.body.classList.toggle('with-menu', isOpen)
  })
  const people = h('select', { id: 'acting-as' })
  people.addEventListener('change', () => app.actAs(people.value))

  const node = h(
    'header',
    { class: 'top' },
    h('h1', {}, 'Milepost playground'),
    h(
      'section',
      { class: 'clock', 'aria-label': 'Clock of the playground' },
      h('div', { class: 'clock-face' }, h('span', { class: 'clock-label' }, 'As at'), clock),
      h('div', { class: 'clock-moves' }, ...buttons, choosing),
      moving,
    ),
    menu,
    h('div', { class: 'acting' }, h('label', { for: 'acting-as' }, 'Acting as'), people),
  )

  function draw(model: ViewModel): void {
    drawWhenChanged(people, model.people, () => groupsOf(model.people))
    people.value = model.me
    drawClock(model.clock)
  }

  // Between two view models the playground's clock runs on with the real one.
  let base = { moment: 0, since: 0 }
  function drawClock(model: ClockViewModel): void {
    setZone(model.zone)
    base = { moment: Date.parse(model.now), since: performance.now() }
    picker.min = model.local
    if (picker.value < model.local && document.activeElement !== picker) picker.value = model.local
    showTime()
    // Not disabled, so that the focus stays on the one that was pressed. The playground refuses a second move.
    for (const button of [...buttons, go]) button.ariaDisabled = String(model.moving !== null)
    moving.hidden = model.moving === null
    drawWhenChanged(destination, model.moving?.to ?? '', () => [`Moving to ${model.moving?.to}`])
    progress.value = model.moving?.share ?? 0
  }
  function showTime(): void {
    const now = new Date(base.moment + performance.now() - base.since)
    const text = formatDateTime(now)
    if (clock.textContent === text) return
    clock.textContent = text
    clock.dateTime = now.toISOString()
  }
  setInterval(() => base.moment > 0 && showTime(), 1000)

  return { node, draw }
}

/** The people, grouped by programme. */
function groupsOf(people: readonly PersonViewModel[]): HTMLElement[] {
  const inOrder = people.toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role))
  const programmes = [...new Set(people.map(({ programme }) => programme))]
  return programmes.map((label) =>
    h(
      'optgroup',
      { label },
      ...inOrder
        .filter(({ programme }) => programme === label)
        .map(({ id, name, post }) => h('option', { value: id }, `${name}, ${post}`)),
    ),
  )
}
