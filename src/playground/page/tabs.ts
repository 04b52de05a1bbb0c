import { h } from './dom.ts'

export type Side = 'slack' | 'teams'

/** On a narrow screen these choose the window that is shown; the style sheet hides them on a wide one. */
export function tabs(onShown: () => void) {
  const buttons = (['slack', 'teams'] as const).map((side) =>
    h(
      'button',
      { type: 'button', 'aria-controls': side, onclick: () => show(side) },
      side === 'slack' ? 'Slack' : 'Teams',
    ),
  )
  const node = h('nav', { class: 'tabs', 'aria-label': 'Windows' }, ...buttons)

  function show(side: Side): void {
    document.body.dataset.side = side
    for (const button of buttons) {
      button.setAttribute('aria-pressed', String(button.getAttribute('aria-controls') === side))
    }
    onShown()
  }

  return { node, show }
}
