import type { ClockViewModel, PersonViewModel, ViewModel } from '../view-model.ts'
import type { App } from './app.ts'
import { drawWhenChanged, h } from './dom.ts'
import { formatDateTime, setZone } from './time.ts'

const CLOCK_MOVES = [
  ['next monday', 'Next Monday 09:00'],
  ['tomorrow', 'Tomorrow 09:00'],
  ['an hour on', '+1 hour'],
] as const

/** In the order in which people are offered. */
const ROLES = ['lead', 'programme office', 'sponsor']

/** The top of the page: the clock, how to move it, and who one acts as. */
export function header(app: App) {
  const clock = h('time', { class: 'clock-now' })
  const progress = h('progress', { max: 1, value: 0, 'aria-label': 'The clock is moving' })
  const going = h('span', { class: 'clock-going' })
  const moving = h('div', { class: 'clock-moving', role: 'status' }, going, progress)
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
    h('div', { class: 'acting' }, h('label', { for: 'acting-as' }, 'Acting as'), people),
  )

  function draw(seen: ViewModel): void {
    drawWhenChanged(people, seen.people, () => groupsOf(seen.people))
    people.value = seen.me
    drawClock(seen.clock)
  }

  // Between two messages from the playground its clock runs on with the real one.
  let shown = { moment: 0, since: 0 }
  function drawClock(seen: ClockViewModel): void {
    setZone(seen.zone)
    shown = { moment: Date.parse(seen.now), since: performance.now() }
    picker.min = seen.local
    if (picker.value < seen.local && document.activeElement !== picker) picker.value = seen.local
    tell()
    // Not disabled: whoever pressed one keeps the focus there. The playground refuses a second move.
    for (const button of [...buttons, go]) button.ariaDisabled = String(seen.moving !== null)
    moving.hidden = seen.moving === null
    drawWhenChanged(going, seen.moving?.to ?? '', () => [`Moving to ${seen.moving?.to}`])
    progress.value = seen.moving?.share ?? 0
  }
  function tell(): void {
    const now = new Date(shown.moment + performance.now() - shown.since)
    const words = formatDateTime(now)
    if (clock.textContent === words) return
    clock.textContent = words
    clock.dateTime = now.toISOString()
  }
  setInterval(() => shown.moment > 0 && tell(), 1000)

  return { node, draw }
}

/** Those of each programme together. */
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
